// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/train_arguments.h"

#include "core/base/user_paths.h"
#include "core/config/config_check.h"
#include "core/config/config_parser.h"
#include "core/run/launch_check.h"
#include "core/run/run_paths.h"
#include "core/run/run_record.h"
#include "core/run/run_settings.h"

#include <limits>

namespace lens {
namespace {

std::filesystem::path folderOf(const std::string& text)
{
    return std::filesystem::absolute(expandUser(text)).lexically_normal();
}

void refuseTogether(const Arguments& arguments, const char* one, const char* other)
{
    if (arguments.has(one) && arguments.has(other))
        throw UsageError(std::string("cannot be used together with ") + other, one);
}

// --set, and the checks across settings that a change may break.
void applySettings(const Arguments& arguments, RunConfig& config)
{
    std::vector<Problem> problems;
    for (const std::string& setting : arguments.values("--set"))
        for (Problem& problem : applySetting(config, setting, std::filesystem::current_path())) {
            problem.where = "--set " + problem.where;
            problems.push_back(std::move(problem));
        }
    if (problems.empty())
        problems = checkConfig(config);
    if (!problems.empty())
        throw ConfigurationError(std::move(problems));
}

RunConfig configFrom(const std::string& file)
{
    try {
        return readConfigFile(expandUser(file));
    } catch (const Error& error) {
        throw ConfigurationError(error.problems());
    }
}

TrainOptions resumeOptions(const Arguments& arguments)
{
    if (arguments.positional())
        throw UsageError("a run that goes on has its configuration already", *arguments.positional(),
                         "change settings with --set");
    for (const char* other : {"--run", "--library", "--dry-run"})
        refuseTogether(arguments, "--resume", other);
    TrainOptions options;
    options.resume = true;
    options.runFolder = folderOf(arguments.value("--resume").value());
    const auto record = readRunRecord(RunPaths{options.runFolder}.runJson());
    if (!record)
        throw Error("there is no run to go on with", options.runFolder.string(),
                    "run.json is missing: the run never got as far as training");
    options.config = currentConfig(RunPaths{options.runFolder}, record->config);
    applySettings(arguments, options.config);
    options.changes = differences(record->config, options.config);
    if (arguments.has("--from"))
        options.fromStep = static_cast<std::uint64_t>(
            arguments.integer("--from", 0, 0, std::numeric_limits<std::int64_t>::max()));
    return options;
}

} // namespace

TrainOptions trainOptionsOf(const Arguments& arguments)
{
    if (arguments.has("--resume"))
        return resumeOptions(arguments);
    if (!arguments.positional())
        throw UsageError("a configuration is needed", "CONFIG", "make one with training-lens-engine init");
    if (arguments.has("--from"))
        throw UsageError("is only for --resume", "--from");
    refuseTogether(arguments, "--run", "--library");
    refuseTogether(arguments, "--run", "--dry-run");
    TrainOptions options;
    options.config = configFrom(*arguments.positional());
    applySettings(arguments, options.config);
    options.dryRun = arguments.has("--dry-run");
    if (arguments.has("--run"))
        options.runFolder = folderOf(arguments.value("--run").value());
    return options;
}

GenerateCommand generateCommandOf(const Arguments& arguments)
{
    for (const char* other : {"--adapter", "--model"})
        refuseTogether(arguments, "--run", other);
    refuseTogether(arguments, "--compare", "--base-only");
    if (!arguments.has("--run") && !arguments.has("--adapter") && !arguments.has("--model"))
        throw UsageError("one of --run, --adapter, --model is needed");
    if (arguments.has("--checkpoint") && !arguments.has("--run"))
        throw UsageError("is only for --run", "--checkpoint");
    const auto folder = [&](const char* option) {
        const auto value = arguments.value(option);
        return value ? folderOf(*value) : std::filesystem::path();
    };
    GenerateCommand command;
    command.runFolder = folder("--run");
    command.adapterFolder = folder("--adapter");
    command.modelFolder = folder("--model");
    if (arguments.has("--checkpoint"))
        command.checkpoint = static_cast<std::uint64_t>(
            arguments.integer("--checkpoint", 0, 0, std::numeric_limits<std::int64_t>::max()));
    command.prompt = arguments.value("--prompt");
    command.maxNewTokens = static_cast<int>(arguments.integer("--max-new-tokens", 64, 1, 32768));
    command.temperature = arguments.number("--temperature", 0, 0, 10);
    command.seed = static_cast<std::uint64_t>(
        arguments.integer("--seed", 0, 0, std::numeric_limits<std::int64_t>::max()));
    command.baseOnly = arguments.has("--base-only");
    command.compare = arguments.has("--compare");
    refuseTogether(arguments, "--run", "--chat");
    command.chat = arguments.has("--chat");
    command.json = arguments.has("--json");
    command.threads = static_cast<int>(arguments.integer("--threads", 0, 0, 1024));
    return command;
}

void refuseMissingFiles(const TrainOptions& options)
{
    if (options.resume)
        return;
    auto problems = checkFiles(options.config);
    if (!problems.empty())
        throw ConfigurationError(std::move(problems));
}

std::filesystem::path namedRunFolder(const Arguments& arguments)
{
    if (arguments.command() != "train")
        return {};
    const auto folder = arguments.has("--resume") ? arguments.value("--resume") : arguments.value("--run");
    return folder ? folderOf(*folder) : std::filesystem::path();
}

} // namespace lens
