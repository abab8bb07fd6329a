// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Whether a run recomputes activations: from the estimate of its largest micro-batch and the memory there is.
#pragma once

#include "core/config/run_config.h"
#include "core/engine/model/model.h"
#include "core/engine/train/batch_survey.h"
#include "core/model_files/memory_estimate.h"

#include <string>

namespace lens {

struct MemoryPlan {
    MemoryEstimate estimate; // with `recompute` as it was chosen
    bool recompute = false;
    std::uint64_t availableBytes = 0; // to this process on the model's device, what it holds included
};

// The model is loaded, with what is trained chosen.
MemoryPlan planMemory(const RunConfig& config, const Model& model, const BatchSurvey& survey);

// "1234 MiB: weights 257, adapters 140, …"
std::string memoryText(const MemoryEstimate& estimate);

} // namespace lens
