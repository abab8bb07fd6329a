// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/engine_entry.h"

#include "core/base/machine.h"
#include "core/base/user_paths.h"
#include "core/engine/command/bench_command.h"
#include "core/engine/command/doctor_command.h"
#include "core/engine/command/error_report.h"
#include "core/engine/command/evaluate_command.h"
#include "core/engine/command/export_command.h"
#include "core/engine/command/start_watch.h"
#include "core/engine/command/terminal_progress.h"
#include "core/engine/command/train_arguments.h"
#include "core/engine/memory_reuse.h"
#include "core/run/run_folder.h"

#include <ATen/Parallel.h>

#include <cstdlib>

namespace lens {
namespace {

// LibTorch of Debian uses one thread unless told; what the user set for OpenMP stands.
void useThreads(int configured)
{
    if (configured > 0)
        at::set_num_threads(configured);
    else if (const char* given = std::getenv("OMP_NUM_THREADS"); given && std::atoi(given) > 0)
        at::set_num_threads(std::atoi(given));
    else
        at::set_num_threads(physicalCores());
}

// The run folder of a start from a configuration: made here, with the configuration as it will be used.
RunPaths folderFor(const Arguments& arguments, const TrainOptions& options)
{
    if (!options.runFolder.empty())
        return prepareRunFolder(options.runFolder, options.config);
    const auto library = arguments.value("--library");
    return createRunFolder(library ? expandUser(*library) : defaultLibrary(), options.config);
}

int train(const Arguments& arguments)
{
    const StartWatch watch(namedRunFolder(arguments));
    try {
        TrainOptions options = trainOptionsOf(arguments);
        useThreads(options.config.model.threads);
        if (!options.dryRun && !options.resume)
            options.runFolder = folderFor(arguments, options).folder;
        const auto log = options.dryRun ? std::filesystem::path() : RunPaths{options.runFolder}.log();
        TerminalProgress progress(stdout, log);
        if (!options.dryRun)
            progress.note("run folder: " + options.runFolder.string());
        return runTrain(options, progress);
    } catch (const std::exception& error) {
        watch.failed(reasonText(error));
        throw;
    }
}

int generate(const Arguments& arguments)
{
    const GenerateCommand command = generateCommandOf(arguments);
    useThreads(command.threads);
    TerminalProgress progress(stdout);
    return runGenerate(command, progress);
}

int evaluate(const Arguments& arguments)
{
    const EvaluateCommand command = evaluateCommandOf(arguments);
    useThreads(command.threads);
    TerminalProgress progress(stdout);
    return runEvaluate(command, progress);
}

int exportAdapter(const Arguments& arguments)
{
    useThreads(0);
    TerminalProgress progress(stdout);
    return runExport(arguments, progress);
}

int bench(const Arguments& arguments)
{
    const BenchCommand command = benchCommandOf(arguments);
    useThreads(command.threads);
    return runBench(command);
}

int dispatch(const Arguments& arguments)
{
    reuseFreedMemory();
    if (arguments.command() == "train")
        return train(arguments);
    if (arguments.command() == "generate")
        return generate(arguments);
    if (arguments.command() == "evaluate")
        return evaluate(arguments);
    if (arguments.command() == "export")
        return exportAdapter(arguments);
    if (arguments.command() == "bench")
        return bench(arguments);
    useThreads(0);
    return runDoctor(arguments);
}

} // namespace
} // namespace lens

extern "C" int lens_engine_run(const char* command, int count, const char* const* words)
{
    try {
        const lens::Arguments arguments(lens::knownCommand(command),
                                        std::vector<std::string>(words, words + count));
        return lens::dispatch(arguments);
    } catch (const std::exception& error) {
        return lens::reportError(error, command);
    }
}
