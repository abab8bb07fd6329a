// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What a trainer does at step boundaries: evaluations, samples, checkpoints, live settings, the end.
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/engine/train/live_settings.h"
#include "core/engine/train/trainer.h"

namespace lens {

bool Trainer::evaluationDue() const
{
    const auto every = static_cast<std::uint64_t>(std::max(0, m_parts.config.evaluation.evalSteps));
    const std::uint64_t step = m_progress.step();
    if (m_progress.state().lastEvaluatedStep == step)
        return false;
    return step == m_progress.totalSteps() || (every > 0 && step % every == 0);
}

void Trainer::evaluate(MetricsRow& row)
{
    const bool samples = m_parts.sampler.canSample() && !m_parts.config.evaluation.samplePrompts.empty();
    if (m_parts.control.stopAsked() || (!m_evaluator.hasRows() && !samples))
        return;
    m_parts.journal.phase(Phase::Evaluating);
    m_parts.progress.phase(Phase::Evaluating);
    if (m_evaluator.hasRows()) {
        const auto result =
            m_evaluator.run(m_parts.model, true, [this] { return !m_parts.control.stopAsked(); });
        if (result) {
            row.set(Series::EvalLoss, result->loss);
            row.set(Series::EvalSeconds, result->seconds);
            judge(*result);
        }
    }
    sample();
    m_parts.control.announcePhase();
}

void Trainer::judge(const EvaluationResult& result)
{
    const EvaluationSettings& settings = m_parts.config.evaluation;
    const bool best = m_progress.noteEvaluation(result.loss, settings.earlyStoppingThreshold);
    m_progress.logEvaluation(m_source.epochs(), result);
    m_parts.journal.write(EventType::Evaluation, {{"loss", result.loss},
                                                  {"best", best},
                                                  {"tokens", result.trainedTokens},
                                                  {"seconds", result.seconds}});
    m_parts.progress.note("step " + std::to_string(m_progress.step()) + ": evaluation loss " +
                          shortNumber(result.loss) + (best ? " (best)" : ""));
}

void Trainer::sample()
{
    const EvaluationSettings& settings = m_parts.config.evaluation;
    for (const std::string& prompt : settings.samplePrompts) {
        if (m_parts.control.stopAsked() || !m_parts.sampler.canSample())
            return;
        GenerateOptions options;
        options.maxNewTokens = settings.maxNewTokens;
        options.temperature = settings.temperature;
        options.seed = m_parts.config.training.seed;
        const Sample sample = m_parts.sampler.continueText(m_parts.model, prompt, options);
        m_parts.journal.sample({{"t", utcNow()},
                                {"step", m_progress.step()},
                                {"prompt", prompt},
                                {"text", sample.text},
                                {"tokens", sample.tokens},
                                {"seconds", sample.seconds}});
    }
}

bool Trainer::save(std::string_view reason, bool ending)
{
    CheckpointState& state = m_progress.state();
    m_parts.journal.phase(Phase::Saving);
    m_parts.progress.phase(Phase::Saving);
    for (;;) {
        state.epoch = m_source.position().epoch;
        state.row = m_source.position().row;
        state.hasGradient = m_step.gradient().hasPrevious();
        state.generator = m_parts.model.generatorState();
        state.watch = m_parts.recorder.watchState();
        CheckpointState written = state;
        written.seconds = m_progress.seconds();
        const TrainerState trainerState = m_progress.trainerState(m_parts.config, m_source.epochs(), ending);
        try {
            m_saveSeconds += m_parts.checkpoints.save({m_parts.model, m_step.optimizer(), m_step.gradient(),
                                                       written, trainerState, m_parts.config.adapter.method,
                                                       m_parts.config.model.path},
                                                      m_parts.config.checkpoints, reason);
            m_parts.control.retrySucceeded(*this);
            m_parts.progress.note("step " + std::to_string(state.step) + ": checkpoint saved");
            if (!ending)
                m_parts.control.announcePhase();
            return true;
        } catch (const Error& error) {
            m_saveTrouble = error.first().text();
        }
        if (!m_parts.control.waitToRetry(m_saveTrouble, *this))
            return false;
    }
}

bool Trainer::saveOnCommand()
{
    return save("command", false);
}

void Trainer::changeSettings(const Json& arguments)
{
    for (const SettingChange& change : changeLiveSettings(m_parts.config, arguments)) {
        m_progress.state().settings[change.key] = change.after;
        m_parts.journal.write(EventType::Setting,
                              {{"key", change.key}, {"old", change.before}, {"new", change.after}});
        m_parts.progress.note("step " + std::to_string(m_progress.step()) + ": " + change.key + " is now " +
                              toJsonLine(change.after));
    }
}

bool Trainer::saveIfNew(std::string_view reason)
{
    return m_parts.checkpoints.lastSavedStep() == m_progress.step() || save(reason, true);
}

void Trainer::finish(const std::string& reason)
{
    if (saveIfNew("end"))
        m_outcome = TrainOutcome{RunEnd::Finished, reason};
    else
        m_outcome =
            TrainOutcome{RunEnd::Failed, "the last checkpoint could not be written: " + m_saveTrouble};
}

void Trainer::stop(const StopRequest& request)
{
    m_parts.journal.phase(Phase::Stopping);
    m_parts.progress.phase(Phase::Stopping);
    if (saveIfNew(request.reason)) {
        m_parts.control.stopDone(request);
        m_outcome = TrainOutcome{RunEnd::Stopped, request.text};
        return;
    }
    m_parts.control.stopRefused(request, m_saveTrouble);
    m_outcome = TrainOutcome{
        RunEnd::Failed, request.text + ", but the last checkpoint could not be written: " + m_saveTrouble};
}

} // namespace lens
