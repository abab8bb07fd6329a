// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/model_files/weight_index.h"

#include "core/base/error.h"
#include "core/base/json.h"

#include <set>

namespace lens {
namespace {

constexpr std::size_t kMaxIndexBytes = 64u << 20;

bool isPlainName(const std::string& name)
{
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos;
}

bool isThere(const std::filesystem::path& path)
{
    std::error_code code;
    return std::filesystem::exists(path, code);
}

} // namespace

std::map<std::string, std::string> readWeightMap(const std::filesystem::path& index)
{
    const Json json = readJsonFile(index, false, kMaxIndexBytes);
    if (!json.is_object() || !json.contains("weight_map") || !json["weight_map"].is_object())
        throw Error("has no weight_map", index.string());
    std::map<std::string, std::string> map;
    std::vector<Problem> problems;
    for (const auto& [name, shard] : json["weight_map"].items()) {
        if (shard.is_string() && isPlainName(shard.get<std::string>()))
            map[name] = shard.get<std::string>();
        else
            problems.push_back({"the shard of " + name + " is not a file name", index.string(), {}});
    }
    throwIfAny(std::move(problems));
    return map;
}

std::vector<std::filesystem::path> weightFilesOf(const std::filesystem::path& modelFolder)
{
    if (isThere(modelFolder / kWeightsFile))
        return {modelFolder / kWeightsFile};
    const auto index = modelFolder / kWeightsIndexFile;
    if (!isThere(index))
        throw Error("has neither model.safetensors nor model.safetensors.index.json", modelFolder.string(),
                    "weights in pickle files (.bin, .pt) are not read: save them as safetensors");
    std::set<std::string> shards;
    for (const auto& [name, shard] : readWeightMap(index))
        shards.insert(shard);
    std::vector<Problem> problems;
    std::vector<std::filesystem::path> files;
    for (const std::string& shard : shards) {
        files.push_back(modelFolder / shard);
        if (!isThere(files.back()))
            problems.push_back({"the shard " + shard + " is missing", index.string(), {}});
    }
    throwIfAny(std::move(problems));
    return files;
}

} // namespace lens
