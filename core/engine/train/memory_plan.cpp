// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/memory_plan.h"

#include "core/base/machine.h"
#include "core/engine/train/device_memory.h"
#include "core/engine/train/process_memory.h"

#include <cmath>

namespace lens {
namespace {

std::uint64_t availableTo(const Model& model)
{
    if (const auto device = deviceMemory(model.device()))
        return static_cast<std::uint64_t>(device->freeBytes + device->reservedBytes);
    const auto resident = ProcessMemoryReader().read().residentBytes;
    return readMachine().availableBytes + static_cast<std::uint64_t>(resident.value_or(0));
}

TrainingLoad loadOf(const RunConfig& config, const Model& model, const BatchSurvey& survey)
{
    TrainingLoad load;
    load.elementBytes = model.storageName() == "bfloat16" ? 2 : 4;
    if (config.adapter.method != Method::Full)
        load.weightBytes = static_cast<std::uint64_t>(model.parameterCount()) * load.elementBytes;
    load.trainedElements = static_cast<std::uint64_t>(model.parameters().elements());
    for (const AdaptedModule& module : model.modules())
        load.rank = std::max<std::int64_t>(load.rank, module.rank);
    load.tokens = survey.tokens;
    load.trainedTokens = survey.trainedTokens;
    load.longestRow = survey.longestRow;
    load.programBytes = model.device().is_cpu() ? kProgramBytes : 0; // a GPU's is not in what is free
    return load;
}

} // namespace

MemoryPlan planMemory(const RunConfig& config, const Model& model, const BatchSurvey& survey)
{
    const ModelConfig shapes = readModelConfig(config.model.path);
    const TrainingLoad load = loadOf(config, model, survey);
    const MemoryEstimate off = estimateMemory(shapes, load, false);
    const MemoryEstimate on = estimateMemory(shapes, load, true);
    MemoryPlan plan;
    plan.availableBytes = availableTo(model);
    plan.recompute = chooseRecompute(config.training.gradientCheckpointing, off, on, plan.availableBytes);
    plan.estimate = plan.recompute ? on : off;
    return plan;
}

std::string memoryText(const MemoryEstimate& estimate)
{
    const auto mebi = [](std::uint64_t bytes) {
        return std::to_string(std::llround(static_cast<double>(bytes) / (1024.0 * 1024.0)));
    };
    return mebi(estimate.total()) + " MiB: weights " + mebi(estimate.weights) + ", adapters and optimizer " +
           mebi(estimate.adapters) + ", activations " + mebi(estimate.activations) + ", one layer " +
           mebi(estimate.layer) + " or the loss " + mebi(estimate.loss) + ", program " +
           mebi(estimate.program);
}

} // namespace lens
