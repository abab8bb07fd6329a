// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Where a run stands, apart from tensors: the numbers that go into state.json and trainer_state.json, the
// clock without pauses, the best evaluation and the patience of early stopping.
#pragma once

#include "core/checkpoint/checkpoint_state.h"
#include "core/checkpoint/trainer_state.h"
#include "core/config/run_config.h"
#include "core/engine/train/evaluator.h"
#include "core/engine/train/schedule.h"

#include <cstdint>

namespace lens {

class TrainingProgress {
public:
    explicit TrainingProgress(const StepPlan& plan);

    // Goes on from a checkpoint.
    void restore(CheckpointState state, Json logHistory);

    CheckpointState& state() { return m_state; }
    const CheckpointState& state() const { return m_state; }
    std::uint64_t step() const { return m_state.step; }
    std::uint64_t totalSteps() const { return static_cast<std::uint64_t>(m_plan.totalSteps); }
    const StepPlan& plan() const { return m_plan; }

    // Seconds since the run's first start, pauses left out.
    double seconds() const;
    void stopClock();
    void startClock();
    // Expected seconds to the end from the pace of this start; NaN before its first step.
    double secondsLeft() const;

    // A row of log_history: of every step, or of long runs the mean over so many steps that about 2000 stay.
    void logStep(double epoch, double loss, double learningRate, double gradNorm);
    void logEvaluation(double epoch, const EvaluationResult& result);

    // Whether this is the best evaluation so far. Counts evaluations that did not gain more than `threshold`.
    bool noteEvaluation(double loss, double threshold);
    bool patienceExhausted(int patience) const;

    TrainerState trainerState(const RunConfig& config, double epoch, bool ending) const;

private:
    StepPlan m_plan;
    CheckpointState m_state;
    Json m_logHistory = Json::array();
    std::uint64_t m_loggingSteps = 1;
    double m_clockStart = 0; // monotonic
    bool m_clockRuns = true;
    std::uint64_t m_firstStep = 0; // of this start
    double m_firstSeconds = 0;
};

} // namespace lens
