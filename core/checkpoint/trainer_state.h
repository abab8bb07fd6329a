// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// trainer_state.json as transformers' Trainer writes it, so that tools for its checkpoints read ours:
// log_history with rows of training and of evaluation, best metric, steps and epochs.
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace lens {

struct TrainerState {
    double epoch = 0; // with the fraction of the running one
    std::uint64_t globalStep = 0;
    std::uint64_t maxSteps = 0;
    std::uint64_t epochsPlanned = 0;
    std::uint64_t loggingSteps = 1;
    std::uint64_t evalSteps = 0;
    std::uint64_t saveSteps = 0;
    std::uint64_t tokensSeen = 0;
    int batchSize = 0;
    std::optional<double> bestLoss;
    std::uint64_t bestStep = 0;
    int earlyStoppingPatience = 0; // 0 = off
    double earlyStoppingThreshold = 0;
    int evaluationsWithoutGain = 0;
    bool ending = false; // the run stops with this checkpoint
    Json logHistory = Json::array();
};

// Sorted keys, as transformers has them. The best checkpoint is named relative to the run.
Json toJson(const TrainerState& state);
void writeTrainerState(const std::filesystem::path& checkpointFolder, const TrainerState& state);
// The log_history of a checkpoint; empty if there is none that can be read.
Json readLogHistory(const std::filesystem::path& checkpointFolder);

} // namespace lens
