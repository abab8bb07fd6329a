// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/dry_run.h"

#include "core/base/clock.h"
#include "core/engine/train/accumulation.h"
#include "core/engine/train/device_memory.h"
#include "core/engine/train/process_memory.h"
#include "core/engine/train/run_parts.h"
#include "core/engine/train/schedule.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

namespace lens {
namespace {

std::string text(const char* format, double value)
{
    char line[64];
    std::snprintf(line, sizeof line, format, value);
    return line;
}

// The longest rows together, as one micro-batch of a window.
Window worstWindow(const Dataset& data, std::size_t rowsPerBatch)
{
    std::vector<std::uint32_t> order(data.train.size());
    std::iota(order.begin(), order.end(), 0u);
    const auto count = static_cast<std::ptrdiff_t>(std::min(rowsPerBatch, order.size()));
    std::partial_sort(order.begin(), order.begin() + count, order.end(),
                      [&](std::uint32_t a, std::uint32_t b) {
                          return data.train[a].ids.size() > data.train[b].ids.size();
                      });
    order.resize(static_cast<std::size_t>(count));
    Window window;
    for (const std::uint32_t row : order) {
        window.tokens += static_cast<std::int64_t>(data.train[row].ids.size());
        window.trainedTokens += static_cast<std::int64_t>(data.train[row].trainedTokens());
    }
    window.microBatches.push_back(std::move(order));
    return window;
}

void printMemory(const Model& model, ProgressSink& progress)
{
    constexpr double kMebi = 1024.0 * 1024.0;
    // The optimizer's two averages, its scratch, and the previous gradient are yet to come.
    const double later = static_cast<double>(model.parameters().elements()) * 4 * sizeof(float);
    if (const auto peak = ProcessMemoryReader().read().residentPeakBytes)
        progress.note("peak resident memory: " + text("%.0f MiB", *peak / kMebi) + ", optimizer state adds " +
                      text("%.1f MiB", later / kMebi));
    if (const auto device = deviceMemory(model.device()))
        progress.note("peak device memory: " + text("%.0f MiB", device->peakBytes / kMebi));
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
    model.setTraining(true);
    const Window window = worstWindow(data, source.rowsPerBatch());
    const double begin = monotonicSeconds();
    const WindowResult result = accumulate(model, data.train, window);
    const double seconds = monotonicSeconds() - begin;

    progress.note("model: " + model.familyName() + ", " + std::to_string(model.parameterCount()) +
                  " parameters in " + model.storageName() + ", " +
                  std::to_string(model.parameters().elements()) + " trained, on " + model.device().str());
    progress.note("data: " + std::to_string(data.train.size()) + " rows to train on (" +
                  std::to_string(data.trainTokens) + " tokens, " + std::to_string(data.trainTrainedTokens) +
                  " of them trained), " + std::to_string(data.evaluation.size()) + " to evaluate on");
    progress.note("plan: " + std::to_string(plan.totalSteps) + " steps, " + std::to_string(plan.warmupSteps) +
                  " of them warm-up, " + std::to_string(plan.stepsPerEpoch) + " an epoch");
    progress.note("largest micro-batch: " + std::to_string(window.tokens) + " tokens, loss " +
                  text("%.4f", result.loss) + ", forward " + text("%.3f s", result.forwardSeconds) +
                  ", backward " + text("%.3f s", result.backwardSeconds));
    printMemory(model, progress);
    const double mean =
        static_cast<double>(data.trainTokens) / static_cast<double>(plan.microBatchesPerEpoch);
    const double steps =
        static_cast<double>(plan.totalSteps) * std::max(1, config.training.gradientAccumulationSteps);
    progress.note("expected training time: about " +
                  text("%.0f s", seconds * steps * mean /
                                     static_cast<double>(std::max<std::int64_t>(1, window.tokens))) +
                  " without evaluations");
}

} // namespace lens
