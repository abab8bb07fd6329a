// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// training-lens-engine: the command line. Parses its arguments, settles OpenMP and BLAS, and only then loads
// LibTorch.
#include "core/engine/command/arguments.h"
#include "core/engine/command/bench_processes.h"
#include "core/engine/command/engine_library.h"
#include "core/engine/command/error_report.h"
#include "core/engine/command/evaluate_arguments.h"
#include "core/engine/command/init_command.h"
#include "core/engine/command/start_watch.h"
#include "core/engine/command/tokenize_command.h"
#include "core/engine/command/train_arguments.h"
#include "core/protocol/exit_code.h"

#include <cstdio>
#include <functional>
#include <map>

namespace {

using namespace lens;
using Words = std::vector<std::string>;

int runLoaded(const Arguments& arguments, const Words& words, int threads)
{
    prepareOpenMp(threads);
    loadBlas();
    return runInEngine(arguments.command(), words);
}

// As of train: what is wrong with the files is told at once.
int startEvaluate(const Arguments& arguments, const Words& words)
{
    const EvaluateCommand command = evaluateCommandOf(arguments);
    checkedBatch(command);
    return runLoaded(arguments, words, command.threads);
}

// What has several variants needs no LibTorch itself: each is measured in a process of its own.
int startBench(const Arguments& arguments, const Words& words)
{
    const BenchCommand command = benchCommandOf(arguments);
    requireModel(command);
    return command.variants.size() > 1 ? runBenchProcesses(command)
                                       : runLoaded(arguments, words, command.threads);
}

// The configuration is read here already: its problems are told without waiting for LibTorch.
int startTrain(const Arguments& arguments, const Words& words)
{
    const StartWatch watch(namedRunFolder(arguments));
    int threads = 0;
    try {
        const TrainOptions options = trainOptionsOf(arguments);
        refuseMissingFiles(options);
        threads = options.config.model.threads;
    } catch (const std::exception& error) {
        watch.failed(reasonText(error));
        throw;
    }
    return runLoaded(arguments, words, threads);
}

int runCommand(const Arguments& arguments, const Words& words)
{
    const std::map<std::string, std::function<int()>> commands = {
        {"init", [&] { return runInit(arguments); }},
        {"train", [&] { return startTrain(arguments, words); }},
        {"generate", [&] { return runLoaded(arguments, words, generateCommandOf(arguments).threads); }},
        {"evaluate", [&] { return startEvaluate(arguments, words); }},
        {"tokenize", [&] { return runTokenize(arguments); }},
        {"export", [&] { return runLoaded(arguments, words, 0); }},
        {"bench", [&] { return startBench(arguments, words); }},
        {"doctor", [&] { return runLoaded(arguments, words, 0); }},
    };
    return commands.at(arguments.command())();
}

int run(Words words, std::string& command)
{
    if (words.empty()) {
        std::fputs(overviewText().c_str(), stderr);
        return static_cast<int>(ExitCode::WrongUsage);
    }
    if (words.size() == 2 && words[0] == "help")
        words = {words[1], "--help"};
    if (words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
        std::fputs(overviewText().c_str(), stdout);
        return 0;
    }
    if (words[0] == "--version") {
        std::printf("training-lens-engine %s\n", LENS_VERSION);
        return 0;
    }
    const CommandSpec& spec = knownCommand(words[0]);
    command = spec.name;
    words.erase(words.begin());
    const Arguments arguments(spec, words);
    if (arguments.helpAsked()) {
        std::fputs(helpText(spec).c_str(), stdout);
        return 0;
    }
    return runCommand(arguments, words);
}

} // namespace

int main(int argc, char** argv)
{
    std::string command;
    try {
        return run(Words(argv + 1, argv + argc), command);
    } catch (const std::exception& error) {
        return reportError(error, command);
    }
}
