// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/schedule.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lens {
namespace {

std::int64_t ceilingOf(std::int64_t amount, std::int64_t part)
{
    return (amount + part - 1) / part;
}

} // namespace

double LearningRateSchedule::factor(std::int64_t stepsDone) const
{
    if (stepsDone < warmupSteps)
        return static_cast<double>(stepsDone) / static_cast<double>(std::max<std::int64_t>(1, warmupSteps));
    const auto rest = static_cast<double>(std::max<std::int64_t>(1, totalSteps - warmupSteps));
    switch (kind) {
    case Schedule::Constant:
        return 1;
    case Schedule::Linear:
        return std::max(0.0, static_cast<double>(totalSteps - stepsDone) / rest);
    case Schedule::Cosine:
        break;
    }
    const double progress = static_cast<double>(stepsDone - warmupSteps) / rest;
    return progress >= 1 ? 0.0 : std::max(0.0, 0.5 * (1.0 + std::cos(std::numbers::pi * progress)));
}

double LearningRateSchedule::rate(std::int64_t step) const
{
    return base * factor(step - 1);
}

StepPlan planSteps(const TrainingSettings& settings, std::size_t rows, std::size_t rowsPerBatch)
{
    if (rows == 0 || rowsPerBatch == 0)
        throw Error("there are no rows to train on", "data.train_file");
    StepPlan plan;
    plan.microBatchesPerEpoch =
        ceilingOf(static_cast<std::int64_t>(rows), static_cast<std::int64_t>(rowsPerBatch));
    plan.stepsPerEpoch =
        ceilingOf(plan.microBatchesPerEpoch, std::max(1, settings.gradientAccumulationSteps));
    plan.totalSteps =
        settings.maxSteps > 0
            ? settings.maxSteps
            : static_cast<std::int64_t>(std::ceil(settings.epochs * static_cast<double>(plan.stepsPerEpoch)));
    plan.warmupSteps = settings.warmupSteps > 0
                           ? settings.warmupSteps
                           : static_cast<std::int64_t>(
                                 std::ceil(static_cast<double>(plan.totalSteps) * settings.warmupRatio));
    return plan;
}

LearningRateSchedule makeSchedule(const TrainingSettings& settings, const StepPlan& plan)
{
    return {settings.schedule, settings.learningRate, plan.warmupSteps, plan.totalSteps};
}

} // namespace lens
