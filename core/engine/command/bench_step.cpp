// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/bench_step.h"

#include "core/base/error.h"
#include "core/engine/train/process_memory.h"
#include "core/engine/train/timed_scope.h"

#include <cmath>
#include <utility>

namespace lens {
namespace {

std::vector<std::string> moduleNames(const Model& model)
{
    std::vector<std::string> names;
    for (const AdaptedModule& module : model.modules())
        names.push_back(module.path);
    return names;
}

SegmentInfo segmentInfo(const Model& model)
{
    SegmentInfo info;
    info.runId = "bench";
    info.configJson = "{}";
    info.moduleNames = moduleNames(model);
    return info;
}

} // namespace

// Random rows give findings that nobody asked for.
class BenchStep::Silence : public ProgressSink {
public:
    void phase(Phase) override {}
    void preparing(std::string_view, double) override {}
    void step(const StepProgress&) override {}
    void note(std::string_view) override {}
    void warning(std::string_view) override {}
    void text(std::string_view) override {}
};

BenchStep::BenchStep(Model& model, const BenchData& data, const TrainingSettings& settings, bool recompute,
                     const std::filesystem::path& folder)
    : m_model(model)
    , m_data(data)
    , m_settings(settings)
    , m_recompute(recompute)
    , m_step(model, settings)
    , m_paths{folder}
    , m_writer(m_paths.segments(), segmentInfo(model))
    , m_journal(m_paths, 1)
    , m_silence(std::make_unique<Silence>())
    , m_recorder(m_writer, m_journal, *m_silence, moduleNames(model), {})
{
}

BenchStep::~BenchStep() = default;

StepTimes BenchStep::run(const BenchWindow& window, bool monitored)
{
    StepTimes times;
    GradientMonitor& previous = m_step.gradient();
    if (monitored && m_steps > 0 && !previous.hasPrevious()) // after a step without monitoring
        previous.restore(previous.previous().clone());
    const double begin = monotonicSeconds();
    const WindowResult result = accumulate(m_model, m_data.rows, window.window, {m_recompute, {}});
    times.data = result.dataSeconds;
    times.forward = result.forwardSeconds;
    times.backward = result.backwardSeconds;
    times.loss = result.loss;
    if (!monitored)
        m_step.gradient().forget(); // without a gradient before there is no cosine
    GradientNumbers gradient;
    {
        const TimedScope timed(monitored ? times.monitor : times.optimizer);
        gradient = m_step.measure();
    }
    if (!std::isfinite(result.loss) || gradient.nonFinite > 0)
        throw Error("a step has no finite loss or gradient", "bench");
    const UpdateRequest request{m_settings.learningRate, monitored && m_step.hasModules(), monitored};
    UpdateResult update = m_step.update(gradient, request);
    times.optimizer += update.optimizerSeconds;
    times.monitor += update.monitorSeconds;
    ++m_steps;
    if (monitored) {
        const TimedScope timed(times.monitor);
        record(window, result, gradient, std::move(update));
    }
    times.total = monotonicSeconds() - begin;
    times.rest = times.total - times.data - times.forward - times.backward - times.optimizer - times.monitor;
    return times;
}

void BenchStep::record(const BenchWindow& window, const WindowResult& result, const GradientNumbers& gradient,
                       UpdateResult update)
{
    MetricsRow row;
    row.step = m_steps;
    row.seconds = monotonicSeconds();
    row.set(Series::TrainLoss, result.loss);
    row.set(Series::LearningRate, m_settings.learningRate);
    row.set(Series::GradNorm, gradient.norm);
    if (gradient.cosine)
        row.set(Series::GradCosine, *gradient.cosine);
    if (update.clipFactor)
        row.set(Series::ClipFactor, *update.clipFactor);
    row.set(Series::DataSeconds, result.dataSeconds);
    row.set(Series::ForwardSeconds, result.forwardSeconds);
    row.set(Series::BackwardSeconds, result.backwardSeconds);
    row.set(Series::OptimizerSeconds, update.optimizerSeconds);
    row.set(Series::Tokens, static_cast<double>(window.tokens));
    const ProcessMemory memory = ProcessMemoryReader().read();
    if (memory.residentBytes)
        row.set(Series::ResidentBytes, *memory.residentBytes);
    if (update.modules)
        m_recorder.record(ModulesRow{row.step, row.seconds, std::move(*update.modules)});
    m_recorder.record(row, true);
}

} // namespace lens
