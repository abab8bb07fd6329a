// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The names inside a checkpoint folder, and the folder names themselves. Nobody else spells them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lens {

inline constexpr std::string_view kAdapterWeights = "adapter_model.safetensors";
inline constexpr std::string_view kAdapterConfig = "adapter_config.json";
inline constexpr std::string_view kModelWeights = "model.safetensors";
inline constexpr std::string_view kTrainerState = "trainer_state.json"; // as transformers writes it
inline constexpr std::string_view kOptimizerWeights =
    "optimizer.safetensors"; // exp_avg.KEY, exp_avg_sq.KEY, step
inline constexpr std::string_view kGradientWeights = "gradient.safetensors"; // KEY, before clipping
inline constexpr std::string_view kCheckpointState = "state.json";
inline constexpr std::string_view kManifest = "manifest.json"; // written last: sizes and CRC-32 of all others

// "checkpoint-120"
std::string checkpointName(std::uint64_t step);
// 120 of "checkpoint-120"; absent for every other name.
std::optional<std::uint64_t> checkpointStep(std::string_view folderName);

} // namespace lens
