// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Which safetensors files of a model folder hold its weights: one, or shards with an index.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace lens {

inline constexpr const char* kWeightsFile = "model.safetensors";
inline constexpr const char* kWeightsIndexFile = "model.safetensors.index.json";

// Tensor name → shard, from an index. Shards are plain file names: an index cannot lead out of its folder.
// Throws Error with every problem.
std::map<std::string, std::string> readWeightMap(const std::filesystem::path& index);

// The files that hold the weights, all of which exist. Throws Error if there are none (pickle files are not
// read) or some are missing.
std::vector<std::filesystem::path> weightFilesOf(const std::filesystem::path& modelFolder);

} // namespace lens
