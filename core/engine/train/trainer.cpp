// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/trainer.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/engine/train/device_memory.h"
#include "core/engine/train/last_words.h"
#include "core/engine/train/timed_scope.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace lens {
Trainer::Trainer(TrainerParts parts)
    : m_parts(parts)
    , m_source(parts.data.train, parts.data.fixedBatchRows, parts.config.training, parts.config.data.shuffle)
    , m_progress(planSteps(parts.config.training, parts.data.train.size(), m_source.rowsPerBatch()))
    , m_step(parts.model, parts.config.training)
    , m_evaluator(parts.data.evaluation, parts.config.evaluation.batchSize, parts.config.training.packing)
{
    m_progress.state().rows = parts.data.train.size();
    m_parts.model.seedGenerator(parts.config.training.seed);
}

void Trainer::restore(const std::filesystem::path& checkpointFolder)
{
    CheckpointState state = readCheckpointState(checkpointFolder);
    if (state.rows != m_parts.data.train.size())
        throw Error("the training data has " + std::to_string(m_parts.data.train.size()) +
                        " rows, the run was trained on " + std::to_string(state.rows),
                    "data.train_file", "resume with the data the run was started with, or start a new run");
    readOptimizer(checkpointFolder, m_parts.model.parameters(), m_step.optimizer());
    if (state.hasGradient)
        readGradient(checkpointFolder, m_parts.model.parameters(), m_step.gradient());
    m_parts.model.setGeneratorState(state.generator);
    m_source.seek({state.epoch, state.row});
    m_parts.recorder.restore(state.watch);
    m_parts.checkpoints.setLastSavedStep(state.step);
    m_parts.journal.setStep(state.step);
    m_progress.restore(std::move(state), readLogHistory(checkpointFolder));
    m_restored = true;
}

TrainOutcome Trainer::run()
{
    m_parts.model.setTraining(true);
    m_parts.journal.phase(Phase::Training, {{"total_steps", m_progress.totalSteps()}});
    m_parts.progress.phase(Phase::Training);
    LastWords::setStep(m_progress.step());
    if (!m_restored)
        recordStart();
    while (!m_outcome) {
        if (const auto request = m_parts.control.check(*this))
            stop(*request);
        else if (m_progress.step() >= m_progress.totalSteps())
            finish({});
        else
            trainStep();
    }
    m_parts.control.refuseRest();
    m_parts.recorder.finish();
    return *m_outcome;
}

void Trainer::recordStart()
{
    MetricsRow row;
    row.set(Series::Epoch, 0);
    evaluate(row);
    addMemory(row);
    record(row, {});
}

void Trainer::trainStep()
{
    const double begin = m_progress.seconds();
    const StepStart start{m_source.position(), m_parts.model.generatorState()};
    const Window window = m_source.next();
    const WindowResult result =
        accumulate(m_parts.model, m_parts.data.train, window,
                   {m_parts.recompute, [this] { return m_parts.control.goOn(*this); }});
    if (!result.whole)
        return undo(start); // check() finds why
    MetricsRow row;
    row.step = m_progress.step() + 1;
    GradientNumbers gradient;
    {
        const TimedScope timed(m_monitorSeconds);
        gradient = m_step.measure();
        fillRow(row, window, result, gradient);
    }
    std::string badTensor;
    if (window.trainedTokens == 0) {
        m_step.gradient().forget(); // nothing to learn from, nothing wrong
    } else if (std::isfinite(result.loss) && gradient.nonFinite == 0) {
        update(row, gradient);
    } else {
        badTensor = firstNonFiniteTensor(m_parts.model.parameters());
        if (m_parts.config.training.onNonFinite == OnNonFinite::Stop)
            return stopAtBadStep(start, row, badTensor);
        m_step.gradient().forget();
        ++m_progress.state().skippedSteps;
    }
    CheckpointState& state = m_progress.state();
    state.step = row.step;
    state.tokens += static_cast<std::uint64_t>(window.tokens);
    state.trainedTokens += static_cast<std::uint64_t>(window.trainedTokens);
    m_parts.journal.setStep(state.step);
    LastWords::setStep(state.step);
    m_progress.logStep(m_source.epochs(), result.loss, *row.get(Series::LearningRate), gradient.norm);
    finishStep(row, window, begin, badTensor);
}

void Trainer::fillRow(MetricsRow& row, const Window& window, const WindowResult& result,
                      const GradientNumbers& gradient) const
{
    const LearningRateSchedule schedule = makeSchedule(m_parts.config.training, plan());
    if (window.trainedTokens > 0)
        row.set(Series::TrainLoss, result.loss);
    row.set(Series::LearningRate, schedule.rate(static_cast<std::int64_t>(row.step)));
    if (const double ratio = m_parts.config.training.loraplusLrRatio; ratio != 1)
        row.set(Series::LearningRateB, *row.get(Series::LearningRate) * ratio);
    row.set(Series::GradNorm, gradient.norm);
    if (gradient.cosine)
        row.set(Series::GradCosine, *gradient.cosine);
    row.set(Series::NonFiniteGradients, static_cast<double>(gradient.nonFinite));
    row.set(Series::DataSeconds, result.dataSeconds);
    row.set(Series::ForwardSeconds, result.forwardSeconds);
    row.set(Series::BackwardSeconds, result.backwardSeconds);
    row.set(Series::Epoch, m_source.epochs());
    const CheckpointState& state = m_progress.state();
    row.set(Series::Tokens, static_cast<double>(state.tokens) + static_cast<double>(window.tokens));
    row.set(Series::TrainedTokens,
            static_cast<double>(state.trainedTokens) + static_cast<double>(window.trainedTokens));
}

bool Trainer::modulesDue(std::uint64_t step) const
{
    const int every = m_parts.config.monitor.modulesEverySteps;
    return every > 0 && m_step.hasModules() && (step == 1 || step % static_cast<std::uint64_t>(every) == 0);
}

void Trainer::update(MetricsRow& row, const GradientNumbers& gradient)
{
    const UpdateRequest request{*row.get(Series::LearningRate), modulesDue(row.step)};
    UpdateResult result = m_step.update(gradient, request);
    m_monitorSeconds += result.monitorSeconds;
    if (result.clipFactor)
        row.set(Series::ClipFactor, *result.clipFactor);
    row.set(Series::OptimizerSeconds, result.optimizerSeconds);
    m_progress.state().optimizerSteps = static_cast<std::uint64_t>(m_step.optimizer().steps());
    if (result.modules) {
        const TimedScope timed(m_monitorSeconds);
        m_parts.journal.setStep(row.step); // the update is done: findings belong to this step
        m_parts.recorder.record(ModulesRow{row.step, m_progress.seconds(), std::move(*result.modules)});
    }
}

void Trainer::undo(const StepStart& start)
{
    m_source.seek(start.position);
    m_parts.model.setGeneratorState(start.generator);
}

void Trainer::stopAtBadStep(const StepStart& start, MetricsRow& row, const std::string& tensor)
{
    const Json watch = m_parts.recorder.watchState();
    addMemory(row);
    record(row, tensor);
    // The weights are still those of the step before: back to its boundary, and keep that.
    m_parts.recorder.restore(watch);
    undo(start);
    const bool badLoss = !std::isfinite(*row.get(Series::TrainLoss));
    const std::string reason = std::string("the ") + (badLoss ? "loss" : "gradient") + " of step " +
                               std::to_string(row.step) + " is not finite" +
                               (tensor.empty() ? "" : " (first in " + tensor + ")");
    const bool saved = saveIfNew("stop");
    m_outcome = TrainOutcome{
        RunEnd::Failed,
        reason + (saved ? "; the state before it is checkpoint " + std::to_string(m_progress.step())
                        : "; the state before it could not be saved: " + m_saveTrouble)};
}

void Trainer::finishStep(MetricsRow& row, const Window& window, double stepBegin,
                         const std::string& badTensor)
{
    {
        const TimedScope timed(m_monitorSeconds);
        addMemory(row);
    }
    row.set(Series::SkippedSteps, static_cast<double>(m_progress.state().skippedSteps));
    const double seconds = m_progress.seconds() - stepBegin;
    row.set(Series::StepSeconds, seconds);
    row.set(Series::TokensPerSecond, static_cast<double>(window.tokens) / seconds);
    row.set(Series::TrainedTokensPerSecond, static_cast<double>(window.trainedTokens) / seconds);
    if (evaluationDue())
        evaluate(row);
    record(row, badTensor);
    report(row);
    const CheckpointState& state = m_progress.state();
    if (row.has(Series::EvalLoss) && row.step < m_progress.totalSteps() &&
        m_progress.patienceExhausted(m_parts.config.evaluation.earlyStoppingPatience)) {
        finish("early stopping: " + std::to_string(state.evaluationsWithoutGain) +
               " evaluations without gain; the best was at step " + std::to_string(state.bestStep));
        return;
    }
    const int every = m_parts.config.checkpoints.saveSteps;
    if (every > 0 && row.step % static_cast<std::uint64_t>(every) == 0 && row.step < m_progress.totalSteps())
        save("interval", false);
}

void Trainer::record(MetricsRow& row, const std::string& nonFiniteTensor)
{
    const auto every = static_cast<std::uint64_t>(std::max(1, m_parts.config.monitor.everySteps));
    const bool wanted = row.step % every == 0 || row.step == m_progress.totalSteps() ||
                        row.has(Series::EvalLoss) || row.get(Series::NonFiniteGradients).value_or(0) > 0;
    if (wanted && row.step > 0) {
        row.set(Series::MonitorSeconds, std::exchange(m_monitorSeconds, 0));
        if (m_saveSeconds > 0)
            row.set(Series::SaveSeconds, std::exchange(m_saveSeconds, 0));
    }
    row.seconds = m_progress.seconds();
    const TimedScope timed(m_monitorSeconds);
    m_parts.recorder.record(row, wanted, nonFiniteTensor);
}

void Trainer::addMemory(MetricsRow& row) const
{
    const ProcessMemory memory = m_memory.read();
    if (memory.residentBytes)
        row.set(Series::ResidentBytes, *memory.residentBytes);
    if (memory.residentPeakBytes)
        row.set(Series::ResidentPeakBytes, *memory.residentPeakBytes);
    if (const auto device = deviceMemory(m_parts.model.device())) {
        row.set(Series::DeviceLiveBytes, device->liveBytes);
        row.set(Series::DeviceReservedBytes, device->reservedBytes);
        row.set(Series::DevicePeakBytes, device->peakBytes);
    }
}

void Trainer::report(const MetricsRow& row) const
{
    constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
    m_parts.progress.step({row.step, m_progress.totalSteps(), row.get(Series::TrainLoss).value_or(kUnknown),
                           row.get(Series::LearningRate).value_or(kUnknown),
                           row.get(Series::TokensPerSecond).value_or(kUnknown), m_progress.secondsLeft()});
}

} // namespace lens
