// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The words of `evaluate`, and everything about its files that can be checked before LibTorch is loaded.
#pragma once

#include "core/config/run_config.h"
#include "core/dataset/evaluation_batch.h"
#include "core/engine/command/arguments.h"

#include <filesystem>
#include <string>

namespace lens {

struct EvaluateCommand {
    std::filesystem::path model;
    std::filesystem::path adapter; // empty: none
    std::filesystem::path batch;
    std::filesystem::path out;
    StorageType dtype = StorageType::Float32;
    std::string device = "auto";
    int threads = 0; // 0: physical cores
};

// Throws UsageError.
EvaluateCommand evaluateCommandOf(const Arguments& arguments);

// The batch, if model, adapter, batch and the place of the result are as they must be. Throws Error with all
// that is wrong with them.
EvaluationBatch checkedBatch(const EvaluateCommand& command);

} // namespace lens
