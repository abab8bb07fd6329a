// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What monitoring costs: trains the demo for some steps in this process and prints the mean time of a step
// and the share of it that the monitor took (norm, cosine, rows of modules, memory, handing over, detectors).
#include "core/base/error.h"
#include "core/config/config_parser.h"
#include "core/engine/model/model.h"
#include "core/engine/train/train_command.h"
#include "core/store/run_reader.h"
#include "tests/support/test_paths.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
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

} // namespace

int main()
{
    try {
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
