// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/bench_command.h"

#include "core/config/choice_names.h"
#include "core/engine/command/bench_machine.h"
#include "core/engine/command/bench_model.h"
#include "core/engine/command/bench_products.h"
#include "core/engine/command/bench_report.h"
#include "core/engine/command/bench_step.h"
#include "core/engine/command/bench_table.h"
#include "core/engine/train/device_memory.h"
#include "core/engine/train/memory_plan.h"
#include "core/engine/train/process_memory.h"
#include "core/engine/train/run_parts.h"
#include "core/engine/train/timed_scope.h"
#include "core/protocol/exit_code.h"

#include <c10/core/GradMode.h>

#include <algorithm>

namespace lens {
namespace {

constexpr int kWarmupSteps = 2;
constexpr std::uint64_t kSeed = 1;

TrainingSettings settingsOf(const BenchVariant& variant)
{
    TrainingSettings settings;
    settings.packing = variant.packing;
    settings.gradientCheckpointing = variant.recompute;
    return settings;
}

class Measurement {
public:
    explicit Measurement(const BenchCommand& command)
        : m_command(command)
        , m_variant(command.variants.front())
        , m_load(loadAverage())
        , m_librarySeconds(secondsSinceStart())
        , m_device(chooseDevice(command.device))
        , m_modelFolder(benchModelFolder(command, m_folder.path()))
        , m_config(readModelConfig(m_modelFolder))
        , m_settings(settingsOf(m_variant))
        , m_model(loadedModel())
        , m_data(makeBenchData(command, m_variant, m_model.vocabularySize(), longestRow()))
        , m_plan(plan())
        , m_step(m_model, m_data, m_settings, m_plan.recompute, m_folder.path())
    {
        m_model.setTraining(true);
        m_model.seedGenerator(kSeed);
    }

    Json measured()
    {
        Json variant = description();
        variant["start"] = {{"seconds", secondsSinceStart()},
                            {"libraries_seconds", m_librarySeconds},
                            {"model_seconds", m_modelSeconds},
                            {"from_disk", m_modelFolder != m_folder.path()}};
        variant["recomputes"] = m_plan.recompute;
        const double firstLoss = firstStep();
        const Json loading = memoryNow("peak_loading_bytes");
        const bool fresh = resetPeakMemory();
        runSteps();
        Json memory = memoryNow("peak_bytes");
        memory.update(loading);
        memory["peak_of_steps_alone"] = fresh;
        memory["estimated_bytes"] = m_plan.estimate.total();
        addTimes(variant);
        variant["first_loss"] = firstLoss;
        variant["memory"] = memory;
        addProducts(variant);
        const Json machine = benchMachine(m_device, m_load);
        return {{"machine", machine},
                {"model",
                 {{"name", m_command.preset.empty() ? m_command.model.string() : m_command.preset},
                  {"family", m_model.familyName()},
                  {"parameters", m_model.parameterCount()},
                  {"trained", m_model.parameters().elements()},
                  {"rank", m_command.rank}}},
                {"variants", Json::array({variant})},
                {"warnings", benchWarnings(machine)}};
    }

private:
    Model loadedModel()
    {
        const TimedScope timed(m_modelSeconds);
        return benchModel(m_command, m_modelFolder, m_variant.dtype, m_device);
    }

    std::int64_t longestRow() const
    {
        constexpr std::int64_t kMostReal = 1024; // what max_length is where a configuration says nothing
        const std::int64_t limit = m_model.positionLimit().value_or(std::int64_t{1} << 20);
        return m_command.realLengths ? std::min(limit, kMostReal) : limit;
    }

    const BenchWindow& window(std::size_t index) const
    {
        return m_data.windows[index % m_data.windows.size()];
    }

    // The loss of the first window's own targets before anything is learned.
    double lossOfData()
    {
        const c10::NoGradGuard noGrad;
        double sum = 0;
        for (const auto& rows : window(0).window.microBatches)
            sum += m_model.lossSum(makeBatch(m_data.targets, rows, m_device)).item<double>();
        return sum / static_cast<double>(window(0).trainedTokens);
    }

    // The first of the steps that nobody counts.
    double firstStep()
    {
        const double ofData = m_variant.paddedBatch ? lossOfData() : 0;
        const double loss = m_step.run(window(0), m_command.monitor != BenchMonitor::Off).loss;
        return m_variant.paddedBatch ? ofData : loss;
    }

    void runSteps()
    {
        for (int i = 1; i < kWarmupSteps; ++i)
            m_step.run(window(static_cast<std::size_t>(i)), m_command.monitor != BenchMonitor::Off);
        for (std::size_t i = 0; i < static_cast<std::size_t>(m_command.steps); ++i) {
            // Two on the same rows, with monitoring and without, each first in turn.
            for (const bool first : {true, false}) {
                const bool monitored = first == (i % 2 == 0);
                if (m_command.monitor == BenchMonitor::Off && monitored)
                    continue;
                if (m_command.monitor == BenchMonitor::On && !monitored)
                    continue;
                const StepTimes times = m_step.run(window(i), monitored);
                (monitored ? m_monitored : m_plain).push_back(times);
            }
        }
    }

    // The largest micro-batch as the trainer would plan for it.
    MemoryPlan plan() const
    {
        RunConfig config;
        config.model.path = m_modelFolder.string();
        config.adapter.r = m_command.rank;
        config.training = m_settings;
        BatchSurvey survey;
        for (const BenchWindow& window : m_data.windows)
            for (const BenchMicroBatch& batch : microBatchesOf(window))
                if (batch.tokens() > survey.tokens)
                    survey = {{},
                              batch.tokens(),
                              static_cast<std::uint64_t>(batch.targets),
                              static_cast<std::uint64_t>(std::ranges::max(batch.lengths)),
                              1,
                              static_cast<double>(window.window.tokens)};
        return planMemory(config, m_model, survey);
    }

    Json memoryNow(const char* peak) const
    {
        Json memory = Json::object();
        const ProcessMemory process = ProcessMemoryReader().read();
        if (process.residentPeakBytes)
            memory[peak] = *process.residentPeakBytes;
        if (process.residentBytes)
            memory["resident_bytes"] = *process.residentBytes;
        if (const auto device = deviceMemory(m_device))
            memory["device_peak_bytes"] = device->peakBytes;
        return memory;
    }

    Json description() const
    {
        Json json = {{"dtype", m_model.storageName()},
                     {"recompute", choiceName(m_variant.recompute)},
                     {"path", m_variant.paddedBatch ? "padded"
                              : m_variant.packing   ? "packed"
                                                    : "unpacked"}};
        if (m_variant.paddedBatch)
            json["padded_batch"] = *m_variant.paddedBatch;
        if (!m_command.realLengths) {
            json["rows"] = m_variant.rows;
            json["length"] = m_variant.length;
        }
        std::int64_t tokens = 0;
        std::int64_t trained = 0;
        std::int64_t computed = 0;
        for (const BenchWindow& window : m_data.windows) {
            tokens += window.tokens;
            trained += window.trainedTokens;
            computed += window.window.tokens;
        }
        const auto count = static_cast<double>(m_data.windows.size());
        json["tokens"] = static_cast<double>(tokens) / count;
        json["trained_tokens"] = static_cast<double>(trained) / count;
        json["computed_tokens"] = static_cast<double>(computed) / count;
        json["micro_batches"] = window(0).window.microBatches.size();
        json["steps"] = {{"measured", m_command.steps}, {"warmup", kWarmupSteps}};
        return json;
    }

    // Those that the figures are of: as a run is, with its monitoring, where both were asked for.
    const std::vector<StepTimes>& main() const
    {
        return m_command.monitor == BenchMonitor::Off ? m_plain : m_monitored;
    }

    void addTimes(Json& variant) const
    {
        variant["seconds"] = timesJson(main());
        std::vector<double> tokens;
        std::vector<double> trained;
        for (std::size_t i = 0; i < main().size(); ++i) {
            tokens.push_back(static_cast<double>(window(i).tokens) / main()[i].total);
            trained.push_back(static_cast<double>(window(i).trainedTokens) / main()[i].total);
        }
        variant["tokens_per_second"] = spread(tokens);
        variant["trained_tokens_per_second"] = spread(trained);
        if (m_command.monitor == BenchMonitor::Both)
            variant["monitor"] = monitorJson(m_monitored, m_plain);
    }

    // What products are computed in, whatever the weights are stored as.
    at::ScalarType weightType() const
    {
        return m_model.storageName().ends_with("bfloat16") ? at::kBFloat16 : at::kFloat;
    }

    std::vector<BenchMicroBatch> microBatchesOf(const BenchWindow& window) const
    {
        std::vector<BenchMicroBatch> batches;
        for (const auto& rows : window.window.microBatches) {
            BenchMicroBatch& batch = batches.emplace_back();
            for (const std::uint32_t row : rows) {
                batch.lengths.push_back(static_cast<std::int64_t>(m_data.rows[row].ids.size()));
                batch.targets += static_cast<std::int64_t>(m_data.rows[row].trainedTokens());
            }
        }
        return batches;
    }

    std::vector<Product> productsIn(const BenchWindow& window) const
    {
        return productsOf(m_config, m_model.modules(), microBatchesOf(window));
    }

    // A step and its products in turn, so that both see the same machine.
    void addProducts(Json& variant)
    {
        const ProductPass pass(productsIn(window(0)), weightType(), m_device);
        const std::size_t kinds = pass.products().size();
        std::vector<std::vector<double>> each(kinds);
        std::vector<double> sums;
        std::vector<double> shares;
        pass.run();
        for (int i = 0; i < m_command.steps; ++i) {
            const double step = m_step.run(window(0), m_command.monitor != BenchMonitor::Off).total;
            const std::vector<double> seconds = pass.run();
            double sum = 0;
            for (std::size_t j = 0; j < kinds; ++j) {
                each[j].push_back(seconds[j]);
                sum += seconds[j];
            }
            sums.push_back(sum);
            shares.push_back(sum / step);
        }
        variant["flops"] = flopsJson(pass.products());
        variant["gflops_per_second"] = rates(variant["flops"]["total"].get<double>());
        variant["gemm_bound"] = {
            {"seconds", spread(sums)},
            {"share", spread(shares)},
            {"products",
             productsJson(pass.products(), each, weightType() == at::kBFloat16 ? "bfloat16" : "float32")}};
    }

    // FLOPs of each measured step over its time.
    Json rates(double flopsOfFirst) const
    {
        std::vector<double> values;
        for (std::size_t i = 0; i < main().size(); ++i) {
            const double flops = m_command.realLengths
                                     ? flopsJson(productsIn(window(i)))["total"].get<double>()
                                     : flopsOfFirst;
            values.push_back(1e-9 * flops / main()[i].total);
        }
        return spread(values);
    }

    const BenchCommand& m_command;
    const BenchVariant& m_variant;
    double m_load;
    double m_librarySeconds;
    double m_modelSeconds = 0;
    TemporaryBenchFolder m_folder;
    at::Device m_device;
    std::filesystem::path m_modelFolder;
    ModelConfig m_config;
    TrainingSettings m_settings;
    Model m_model;
    BenchData m_data;
    MemoryPlan m_plan;
    BenchStep m_step;
    std::vector<StepTimes> m_monitored;
    std::vector<StepTimes> m_plain;
};

} // namespace

Json measureBench(const BenchCommand& command)
{
    return Measurement(command).measured();
}

int runBench(const BenchCommand& command)
{
    chooseThreads(command.threads);
    if (!command.writeModel.empty()) {
        writeBenchModel(command);
        return static_cast<int>(ExitCode::Ok);
    }
    printBench(measureBench(command), command.json);
    return static_cast<int>(ExitCode::Ok);
}

} // namespace lens
