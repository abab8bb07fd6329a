// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/dry_run.h"

#include "core/base/clock.h"
#include "core/engine/train/accumulation.h"
#include "core/engine/train/batch_survey.h"
#include "core/engine/train/device_memory.h"
#include "core/engine/train/memory_plan.h"
#include "core/engine/train/process_memory.h"
#include "core/engine/train/run_parts.h"
#include "core/engine/train/schedule.h"
#include "core/engine/train/training_step.h"

#include <algorithm>
#include <cstdio>

namespace lens {
namespace {

constexpr std::int64_t kSurveyedWindows = 100000;
constexpr double kShortStep = 20; // seconds

std::string text(const char* format, double value)
{
    char line[64];
    std::snprintf(line, sizeof line, format, value);
    return line;
}

// The largest micro-batch of the run, alone.
Window worstWindow(const BatchSurvey& survey)
{
    Window window;
    window.microBatches.push_back(survey.largest);
    window.tokens = static_cast<std::int64_t>(survey.tokens);
    window.trainedTokens = static_cast<std::int64_t>(survey.trainedTokens);
    return window;
}

struct Trial {
    WindowResult result;
    double seconds = 0;
};

// A whole step, its update included, so that the peak is that of training; nothing of it is kept.
Trial tryStep(Model& model, TrainingStep& step, const Dataset& data, const Window& window, bool recompute)
{
    const double begin = monotonicSeconds();
    Trial trial{accumulate(model, data.train, window, {recompute, {}}), 0};
    const GradientNumbers gradient = step.measure();
    if (window.trainedTokens > 0 && gradient.nonFinite == 0)
        step.update(gradient, {.learningRate = 0, .modules = step.hasModules()});
    waitForDevice(model.device());
    trial.seconds = monotonicSeconds() - begin;
    return trial;
}

void printMemory(const Model& model, const MemoryPlan& plan, ProgressSink& progress)
{
    constexpr double kMebi = 1024.0 * 1024.0;
    progress.note("memory, estimated: " + memoryText(plan.estimate) + "; gradient checkpointing " +
                  (plan.recompute ? "on" : "off"));
    if (const auto device = deviceMemory(model.device()))
        progress.note("memory, measured: " + text("%.0f MiB", device->peakBytes / kMebi) +
                      " of the device at the most");
    else if (const auto peak = ProcessMemoryReader().read().residentPeakBytes)
        progress.note("memory, measured: " + text("%.0f MiB", *peak / kMebi) + " at the most");
}

} // namespace

void runDry(const RunConfig& config, ProgressSink& progress)
{
    chooseThreads(config.model.threads);
    Model model = loadTrainedModel(config, std::nullopt, progress);
    const std::optional<Tokenizer> tokenizer = loadTokenizer(config.model.path);
    const Dataset data = loadRows(config, tokenizer ? &*tokenizer : nullptr, progress, {});
    for (const Problem& warning : data.warnings)
        progress.warning(warning.text());
    requireFittingRows(data, model);
    const BatchSource source(data.train, data.fixedBatchRows, config.training, config.data.shuffle);
    const StepPlan plan = planSteps(config.training, data.train.size(), source.rowsPerBatch());
    const BatchSurvey survey = surveyBatches(
        source, data.train,
        static_cast<std::uint64_t>(std::clamp<std::int64_t>(plan.totalSteps, 1, kSurveyedWindows)));
    const MemoryPlan memory = planMemory(config, model, survey);
    model.setTraining(true);
    const Window window = worstWindow(survey);
    TrainingStep step(model, config.training);
    Trial trial = tryStep(model, step, data, window, memory.recompute);
    if (trial.seconds < kShortStep) // the first one also asked for its memory
        trial = tryStep(model, step, data, window, memory.recompute);

    progress.note("model: " + model.familyName() + ", " + std::to_string(model.parameterCount()) +
                  " parameters in " + model.storageName() + ", " +
                  std::to_string(model.parameters().elements()) + " trained, on " + model.device().str());
    progress.note("data: " + std::to_string(data.train.size()) + " rows to train on (" +
                  std::to_string(data.trainTokens) + " tokens, " + std::to_string(data.trainTrainedTokens) +
                  " of them trained), " + std::to_string(data.evaluation.size()) + " to evaluate on");
    progress.note("plan: " + std::to_string(plan.totalSteps) + " steps, " + std::to_string(plan.warmupSteps) +
                  " of them warm-up, " + std::to_string(plan.stepsPerEpoch) + " an epoch");
    progress.note("largest micro-batch: " + std::to_string(survey.largest.size()) + " rows, " +
                  std::to_string(window.tokens) + " tokens, loss " + text("%.4f", trial.result.loss) +
                  ", step " + text("%.3f s", trial.seconds));
    printMemory(model, memory, progress);
    const double seconds = trial.seconds / static_cast<double>(std::max<std::int64_t>(1, window.tokens)) *
                           survey.tokensPerWindow * static_cast<double>(plan.totalSteps);
    progress.note("expected training time: about " + text("%.0f s", seconds) + " without evaluations");
}

} // namespace lens
