// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/training_progress.h"

#include "core/base/clock.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lens {
namespace {

constexpr std::int64_t kLogRows = 2000;

} // namespace

TrainingProgress::TrainingProgress(const StepPlan& plan)
    : m_plan(plan)
    , m_loggingSteps(static_cast<std::uint64_t>((plan.totalSteps + kLogRows - 1) / kLogRows))
    , m_clockStart(monotonicSeconds())
{
    m_loggingSteps = std::max<std::uint64_t>(1, m_loggingSteps);
}

void TrainingProgress::restore(CheckpointState state, Json logHistory)
{
    m_state = std::move(state);
    m_logHistory = std::move(logHistory);
    m_clockStart = monotonicSeconds();
    m_firstStep = m_state.step;
    m_firstSeconds = m_state.seconds;
}

double TrainingProgress::seconds() const
{
    return m_state.seconds + (m_clockRuns ? monotonicSeconds() - m_clockStart : 0);
}

void TrainingProgress::stopClock()
{
    m_state.seconds = seconds();
    m_clockRuns = false;
}

void TrainingProgress::startClock()
{
    m_state.seconds = seconds();
    m_clockStart = monotonicSeconds();
    m_clockRuns = true;
}

double TrainingProgress::secondsLeft() const
{
    if (m_state.step <= m_firstStep)
        return std::numeric_limits<double>::quiet_NaN();
    const double pace = (seconds() - m_firstSeconds) / static_cast<double>(m_state.step - m_firstStep);
    return pace * static_cast<double>(totalSteps() - m_state.step);
}

void TrainingProgress::logStep(double epoch, double loss, double learningRate, double gradNorm)
{
    m_state.loggedLossSum += loss;
    ++m_state.loggedSteps;
    if (m_state.step % m_loggingSteps != 0 && m_state.step != totalSteps())
        return;
    m_logHistory.push_back({{"epoch", epoch},
                            {"grad_norm", gradNorm},
                            {"learning_rate", learningRate},
                            {"loss", m_state.loggedLossSum / static_cast<double>(m_state.loggedSteps)},
                            {"step", m_state.step}});
    m_state.loggedLossSum = 0;
    m_state.loggedSteps = 0;
}

void TrainingProgress::logEvaluation(double epoch, const EvaluationResult& result)
{
    m_logHistory.push_back({{"epoch", epoch},
                            {"eval_loss", result.loss},
                            {"eval_runtime", result.seconds},
                            {"eval_samples_per_second", static_cast<double>(result.rows) / result.seconds},
                            {"eval_steps_per_second", static_cast<double>(result.batches) / result.seconds},
                            {"step", m_state.step}});
}

bool TrainingProgress::noteEvaluation(double loss, double threshold)
{
    m_state.lastEvaluatedStep = m_state.step;
    const bool gained =
        std::isfinite(loss) && (!m_state.patienceLoss || *m_state.patienceLoss - loss > threshold);
    if (gained)
        m_state.patienceLoss = loss;
    m_state.evaluationsWithoutGain = gained ? 0 : m_state.evaluationsWithoutGain + 1;
    const bool best = std::isfinite(loss) && (!m_state.bestLoss || loss < *m_state.bestLoss);
    if (best) {
        m_state.bestLoss = loss;
        m_state.bestStep = m_state.step;
    }
    return best;
}

bool TrainingProgress::patienceExhausted(int patience) const
{
    return patience > 0 && m_state.evaluationsWithoutGain >= patience;
}

TrainerState TrainingProgress::trainerState(const RunConfig& config, double epoch, bool ending) const
{
    TrainerState state;
    state.epoch = epoch;
    state.globalStep = m_state.step;
    state.maxSteps = totalSteps();
    state.epochsPlanned = static_cast<std::uint64_t>((m_plan.totalSteps + m_plan.stepsPerEpoch - 1) /
                                                     std::max<std::int64_t>(1, m_plan.stepsPerEpoch));
    state.loggingSteps = m_loggingSteps;
    state.evalSteps = static_cast<std::uint64_t>(config.evaluation.evalSteps);
    state.saveSteps = static_cast<std::uint64_t>(config.checkpoints.saveSteps);
    state.tokensSeen = m_state.tokens;
    state.batchSize = config.training.batchSize;
    state.bestLoss = m_state.bestLoss;
    state.bestStep = m_state.bestStep;
    state.earlyStoppingPatience = config.evaluation.earlyStoppingPatience;
    state.earlyStoppingThreshold = config.evaluation.earlyStoppingThreshold;
    state.evaluationsWithoutGain = m_state.evaluationsWithoutGain;
    state.ending = ending;
    state.logHistory = m_logHistory;
    return state;
}

} // namespace lens
