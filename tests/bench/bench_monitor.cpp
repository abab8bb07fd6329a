// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What monitoring costs. First by parts, of a step of SmolLM-135M (r 16 on all linears; random weights,
// nothing but the monitor and the optimizer runs): the least and the median time of each part, two threads.
// Then trains the demo for some steps in this process and prints the mean time of a step and the share of it
// that the monitor took (norm, cosine, rows of modules, memory, handing over, detectors).
#include "core/analysis/run_watch.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/config/config_parser.h"
#include "core/engine/command/bench_presets.h"
#include "core/engine/model/model.h"
#include "core/engine/train/process_memory.h"
#include "core/engine/train/train_command.h"
#include "core/engine/train/training_step.h"
#include "core/store/run_reader.h"
#include "core/store/run_writer.h"
#include "tests/support/test_paths.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <vector>

using namespace lens;

namespace {

class SilentSink : public ProgressSink {
public:
    void phase(Phase) override {}
    void preparing(std::string_view, double) override {}
    void step(const StepProgress&) override {}
    void note(std::string_view) override {}
    void warning(std::string_view line) override
    {
        std::printf("%.*s\n", static_cast<int>(line.size()), line.data());
    }
    void text(std::string_view) override {}
};

void measure(const RunConfig& config, const char* name)
{
    const test::TemporaryFolder folder;
    TrainOptions options;
    options.config = config;
    options.runFolder = folder.path();
    SilentSink sink;
    runTrain(options, sink);

    double step = 0;
    double monitor = 0;
    std::vector<double> shares;
    RunReader reader(folder.path());
    for (MetricsBatch batch = reader.readNew(); !batch.empty(); batch = reader.readNew()) {
        for (const MetricsBatch::Part& part : batch.parts) {
            for (const MetricsRow& row : part.rows) {
                if (row.step <= 5 || !row.has(Series::StepSeconds)) // warm-up
                    continue;
                step += *row.get(Series::StepSeconds);
                monitor += *row.get(Series::MonitorSeconds);
                shares.push_back(*row.get(Series::MonitorSeconds) / *row.get(Series::StepSeconds));
            }
        }
    }
    if (shares.empty())
        throw Error("no steps were measured", name);
    std::sort(shares.begin(), shares.end());
    const auto count = static_cast<double>(shares.size());
    std::printf("%-34s step %8.3f ms, monitor %7.3f ms = %5.2f %% (median %.2f %%)\n", name,
                step / count * 1e3, monitor / count * 1e3, 100 * monitor / step,
                100 * shares[shares.size() / 2]);
}

// Seconds of every repetition of each part, in the order of their first appearance.
class Parts {
public:
    void add(const std::string& name, double seconds)
    {
        if (!m_seconds.count(name))
            m_order.push_back(name);
        m_seconds[name].push_back(seconds);
    }
    void time(const std::string& name, const std::function<void()>& work)
    {
        const double begin = monotonicSeconds();
        work();
        add(name, monotonicSeconds() - begin);
    }
    void print(double stepSeconds)
    {
        double least = 0;
        for (const std::string& name : m_order) {
            std::vector<double>& all = m_seconds[name];
            std::sort(all.begin(), all.end());
            std::printf("  %-46s %9.1f us (median %9.1f)\n", name.c_str(), all.front() * 1e6,
                        all[all.size() / 2] * 1e6);
            if (name.front() != '(')
                least += all.front();
        }
        std::printf("  %-46s %9.1f us = %.2f %% of a step of %.1f s\n", "all that is not in brackets",
                    least * 1e6, 100 * least / stepSeconds, stepSeconds);
    }

private:
    std::map<std::string, std::vector<double>> m_seconds;
    std::vector<std::string> m_order;
};

MetricsRow exampleRow(std::uint64_t step)
{
    MetricsRow row;
    row.step = step;
    for (const Series series :
         {Series::TrainLoss, Series::LearningRate, Series::GradNorm, Series::GradCosine})
        row.set(series, 1.0 + 0.01 * static_cast<double>(step % 7));
    return row;
}

void measureParts()
{
    const test::TemporaryFolder folder;
    writeFileAtomically(folder.path() / "config.json", benchPreset("smollm-135m")->config);
    Model model = Model::initialise(folder.path() / "config.json", 1, at::kCPU);
    AdapterSettings adapter;
    adapter.r = 16;
    model.attachLora(adapter, 1);
    ParameterBuffer& parameters = model.parameters();
    const TrainingSettings settings;
    TrainingStep observed(model, settings);
    TrainingStep plain(model, settings);
    std::vector<std::string> names;
    for (const AdaptedModule& module : model.modules())
        names.push_back(module.path);
    RunWriter writer(folder.path(), {.runId = "bench", .configJson = "{}", .moduleNames = names});
    RunWatch watch;
    const ProcessMemoryReader memory;
    std::printf("SmolLM-135M, r 16: %zu modules, %lld parameters, %d threads\n", names.size(),
                static_cast<long long>(parameters.elements()), at::get_num_threads());
    Parts parts;
    for (std::uint64_t step = 1; step <= 60; ++step) {
        parameters.gradient().normal_(0, 1e-3);
        GradientNumbers gradient;
        parts.time("gradient: norms, cosines of all slices", [&] { gradient = observed.measure(); });
        UpdateResult result = observed.update(gradient, {1e-4, true, true});
        parts.add(step == 1 ? "(modules, first step: with norms of the base)" : "modules, previous gradient",
                  result.monitorSeconds);
        parts.add("(optimizer beside it)", result.optimizerSeconds);
        parts.time("memory of the process", [&] { memory.read(); });
        const MetricsRow row = exampleRow(step);
        ModulesRow modules{step, 1.0, std::move(*result.modules)};
        parts.time("detectors", [&] {
            watch.add(row);
            watch.addModules(modules, names);
        });
        parts.time("handing over", [&] {
            writer.append(row);
            writer.append(std::move(modules));
        });
        plain.measure();
        parts.add("(optimizer alone)", plain.update(gradient, {1e-4, false, false}).optimizerSeconds);
    }
    writer.close();
    parts.print(0.8);
}

} // namespace

int main()
{
    try {
        measureParts();
        RunConfig config = readConfigFile(test::sourceFolder() / "resources/demo/config.json");
        // Random weights of the demo's shape cost what trained ones cost.
        const test::TemporaryFolder folder;
        Model model =
            Model::initialise(std::filesystem::path(config.model.path) / "config.json", 1, at::kCPU);
        model.trainAllWeights();
        model.saveTrained(folder.path(), "");
        for (const char* name : {"tokenizer.json", "tokenizer_config.json"})
            std::filesystem::copy_file(std::filesystem::path(config.model.path) / name, folder.path() / name);
        config.model.path = folder.path();
        config.training.maxSteps = 30;
        config.evaluation.evalSteps = 0;
        config.evaluation.samplePrompts.clear();
        config.checkpoints.saveSteps = 0;
        config.model.threads = 1; // figures beside other work compare better
        measure(config, "demo, modules as configured");
        config.monitor.modulesEverySteps = 1;
        measure(config, "demo, modules at every step");
        config.monitor.modulesEverySteps = 0;
        measure(config, "demo, no modules");
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
