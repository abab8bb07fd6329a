// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/export_command.h"

#include "core/base/user_paths.h"
#include "core/checkpoint/checkpoint_layout.h"
#include "core/checkpoint/checkpoint_list.h"
#include "core/config/choice_names.h"
#include "core/engine/model/model.h"
#include "core/model_files/adapter_base.h"
#include "core/protocol/exit_code.h"
#include "core/run/run_paths.h"

namespace lens {
namespace {

std::filesystem::path folderOf(const std::string& text)
{
    return std::filesystem::absolute(expandUser(text)).lexically_normal();
}

// The folder of an adapter: itself, or the newest whole checkpoint of a run.
std::filesystem::path adapterAt(const std::filesystem::path& path)
{
    std::error_code code;
    if (std::filesystem::exists(path / kAdapterConfig, code))
        return path;
    if (const auto latest = latestValidCheckpoint(RunPaths{path}.checkpoints());
        latest && std::filesystem::exists(latest->folder / kAdapterConfig, code))
        return latest->folder;
    throw Error("holds no adapter (adapter_config.json) and no run with a checkpoint of one", path.string());
}

std::string neededValue(const Arguments& arguments, const char* option)
{
    const auto value = arguments.value(option);
    if (!value || value->empty())
        throw UsageError("is needed", option);
    return *value;
}

MergeOptions optionsOf(const Arguments& arguments)
{
    constexpr std::int64_t kLargest = std::int64_t{1} << 50;
    MergeOptions options;
    options.shardBytes = static_cast<std::uint64_t>(
        arguments.integer("--shard-bytes", static_cast<std::int64_t>(options.shardBytes), 1, kLargest));
    if (const auto name = arguments.value("--dtype")) {
        const auto type = choiceByName<StorageType>(*name);
        if (!type)
            throw UsageError("found \"" + *name + "\", allowed auto, float32, bfloat16", "--dtype");
        options.dtype = *type;
    }
    return options;
}

} // namespace

int runExport(const Arguments& arguments, ProgressSink& progress)
{
    if (!arguments.positional())
        throw UsageError("which adapter or run is meant is missing", "PATH");
    if (const std::string what = neededValue(arguments, "--what"); what != "merged")
        throw UsageError("found \"" + what + "\", allowed merged", "--what");
    const auto output = folderOf(neededValue(arguments, "--output"));
    const MergeOptions options = optionsOf(arguments);
    const auto adapter = adapterAt(folderOf(*arguments.positional()));
    const auto named = arguments.value("--model");
    const auto model = named ? folderOf(*named) : baseModelOf(adapter);
    progress.note("adapter: " + adapter.string());
    progress.note("base model: " + model.string());
    mergeAdapter(model, adapter, output, options);
    progress.note("written: " + output.string());
    return static_cast<int>(ExitCode::Ok);
}

} // namespace lens
