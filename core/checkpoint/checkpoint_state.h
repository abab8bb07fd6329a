// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// state.json of a checkpoint: everything exact resume needs besides tensors.
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lens {

struct CheckpointState {
    std::uint64_t step = 0;
    std::uint64_t epoch = 0;          // whole epochs done
    std::uint64_t row = 0;            // rows of the running epoch's order already used
    std::uint64_t rows = 0;           // rows of the training data, to recognise other data
    std::uint64_t optimizerSteps = 0; // updates done: steps less skipped ones
    std::uint64_t skippedSteps = 0;
    std::uint64_t tokens = 0;
    std::uint64_t trainedTokens = 0;
    double seconds = 0; // since the first start, pauses left out
    std::optional<double> bestLoss;
    std::uint64_t bestStep = 0;
    std::optional<double> patienceLoss;             // early stopping: the loss to beat
    int evaluationsWithoutGain = 0;                 // early stopping: since then
    std::optional<std::uint64_t> lastEvaluatedStep; // not repeated when resumed there
    bool hasGradient = false;                       // gradient.safetensors is the gradient of this step
    std::vector<std::uint8_t> generator;            // of dropout
    double loggedLossSum = 0;                       // of steps since the last row of log_history
    std::uint64_t loggedSteps = 0;
    Json settings = Json::object(); // changed by the user while running: key → value
    Json watch = Json::object();    // of the detectors
};

Json toJson(const CheckpointState& state);
// Throws Error naming every missing or wrong field; `where` is the file.
CheckpointState checkpointStateFromJson(const Json& json, const std::string& where);
CheckpointState readCheckpointState(const std::filesystem::path& checkpointFolder);

} // namespace lens
