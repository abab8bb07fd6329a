// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/memory_plan.h"

#include "core/base/machine.h"
#include "core/engine/train/device_memory.h"
#include "core/engine/train/process_memory.h"

#include <algorithm>
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

std::uint64_t weightBytesOf(const RunConfig& config, const Model& model, const ModelConfig& shapes,
                            const TrainingLoad& load)
{
    const auto all = static_cast<std::uint64_t>(model.parameterCount());
    if (!load.dequantised)
        return all * load.elementBytes;
    const std::uint64_t matrices = std::min(all, layerMatrixElements(shapes));
    const double each = config.model.doubleQuantisation ? kNestedNf4Bytes : kNf4Bytes;
    return (all - matrices) * load.elementBytes +
           static_cast<std::uint64_t>(each * static_cast<double>(matrices));
}

TrainingLoad loadOf(const RunConfig& config, const Model& model, const ModelConfig& shapes,
                    const BatchSurvey& survey)
{
    TrainingLoad load;
    const std::string storage = model.storageName(); // "bfloat16", "nf4 and bfloat16"
    load.elementBytes = storage.ends_with("bfloat16") ? 2 : 4;
    load.dequantised = storage.starts_with("nf4");
    if (config.adapter.method != Method::Full)
        load.weightBytes = weightBytesOf(config, model, shapes, load);
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
    const TrainingLoad load = loadOf(config, model, shapes, survey);
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
