// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The learning rate of every step, as transformers' get_*_schedule_with_warmup define it, and the number of
// steps of a run. Pure functions of the settings; used by the trainer and by the dry run.
#pragma once

#include "core/config/run_config.h"

#include <cstddef>
#include <cstdint>

namespace lens {

struct LearningRateSchedule {
    Schedule kind = Schedule::Cosine;
    double base = 0; // learning rate after the warm-up
    std::int64_t warmupSteps = 0;
    std::int64_t totalSteps = 0;

    // Learning rate used by step 1, 2, …: base · λ(step − 1), so the first of several warm-up steps uses 0.
    // λ(k) = k / warm-up during the warm-up; after it, with p = (k − warm-up) / (total − warm-up):
    // linear 1 − p, cosine (1 + cos πp) / 2, constant 1.
    double rate(std::int64_t step) const;
    // λ(k), k steps done.
    double factor(std::int64_t stepsDone) const;
};

struct StepPlan {
    std::int64_t microBatchesPerEpoch = 0; // the last one may be smaller
    std::int64_t stepsPerEpoch = 0;        // the last window may be smaller
    std::int64_t totalSteps = 0;
    std::int64_t warmupSteps = 0;
};

// `rowsPerBatch` is the batch size, or the rows of one fixed token batch. Throws Error if there are no rows.
StepPlan planSteps(const TrainingSettings& settings, std::size_t rows, std::size_t rowsPerBatch);

LearningRateSchedule makeSchedule(const TrainingSettings& settings, const StepPlan& plan);

} // namespace lens
