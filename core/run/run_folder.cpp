// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/run/run_folder.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/ids.h"
#include "core/base/json.h"
#include "core/config/config_parser.h"
#include "core/run/run_labels.h"
#include "core/run/run_record.h"

#include <algorithm>
#include <chrono>

namespace lens {
namespace {

constexpr std::size_t kMaxConfigBytes = 16u << 20;

bool isThere(const std::filesystem::path& path)
{
    std::error_code code;
    return std::filesystem::exists(path, code);
}

// The last part of a path, also of one that ends in '/'.
std::string lastPart(const std::string& path)
{
    const std::filesystem::path parts(path);
    return parts.has_filename() ? parts.filename().string() : parts.parent_path().filename().string();
}

std::string modelAndData(const RunConfig& config, const char* between)
{
    const std::string model = lastPart(config.model.path);
    const std::string data = std::filesystem::path(config.data.trainFile).stem().string();
    return model + (model.empty() || data.empty() ? "" : between) + data;
}

// Configurations of runs have sections; a model's config.json has model_type.
bool isRunConfigFile(const std::filesystem::path& file)
{
    try {
        const Json json = readJsonFile(file, true, kMaxConfigBytes);
        return json.is_object() && json.contains("model") && json.contains("data") &&
               !json.contains("model_type");
    } catch (const Error&) {
        return false;
    }
}

void fillFromConfig(const RunPaths& paths, RunIdentity& identity)
{
    std::vector<Problem> problems;
    identity.config = parseConfig(readJsonFile(paths.launchConfig(), true, kMaxConfigBytes), problems);
    identity.name = runName(identity.config);
    identity.tags = identity.config.tags;
    std::error_code code;
    const auto written = std::filesystem::last_write_time(paths.launchConfig(), code);
    if (!code) {
        const auto age = std::filesystem::file_time_type::clock::now() - written;
        identity.created = utcText(unixNow() - std::chrono::duration<double>(age).count());
    }
}

void fillFromRecord(const RunRecord& record, RunIdentity& identity)
{
    identity.config = record.config;
    identity.name = record.name.empty() ? runName(record.config) : record.name;
    identity.tags = record.tags;
    identity.created = record.created;
    identity.totalSteps = record.totalSteps;
}

} // namespace

std::string runName(const RunConfig& config)
{
    return config.name.empty() ? modelAndData(config, " · ") : config.name;
}

RunPaths createRunFolder(const std::filesystem::path& library, const RunConfig& config)
{
    makeFolder(library);
    const std::string words = config.name.empty() ? modelAndData(config, "-") : config.name;
    const RunPaths paths{std::filesystem::absolute(library) / newRunId(words)};
    return prepareRunFolder(paths.folder, config);
}

RunPaths prepareRunFolder(const std::filesystem::path& folder, const RunConfig& config)
{
    const RunPaths paths{std::filesystem::absolute(folder).lexically_normal()};
    if (isThere(paths.runJson()))
        throw Error("there is a run in this folder already", paths.folder.string(),
                    "continue it with --resume, or choose another folder");
    makeFolder(paths.folder);
    writeFileAtomically(paths.launchConfig(), toJsonText(toJson(config)));
    return paths;
}

bool isRunFolder(const std::filesystem::path& folder)
{
    const RunPaths paths{folder};
    return isThere(paths.runJson()) ||
           (isThere(paths.launchConfig()) && isRunConfigFile(paths.launchConfig()));
}

std::vector<RunPaths> listRuns(const std::filesystem::path& library)
{
    std::vector<RunPaths> runs;
    std::error_code code;
    for (const auto& entry : std::filesystem::directory_iterator(library, code))
        if (entry.is_directory(code) && isRunFolder(entry.path()))
            runs.push_back({entry.path()});
    std::sort(runs.begin(), runs.end(), [](const RunPaths& a, const RunPaths& b) {
        return a.folder.filename().string() > b.folder.filename().string();
    });
    return runs;
}

RunIdentity readRunIdentity(const RunPaths& paths)
{
    RunIdentity identity;
    try {
        if (const auto record = readRunRecord(paths.runJson()))
            fillFromRecord(*record, identity);
        else
            fillFromConfig(paths, identity);
    } catch (const Error& error) {
        identity.trouble = error.what();
    }
    const RunLabels labels = readRunLabels(paths);
    if (labels.name)
        identity.name = *labels.name;
    if (labels.tags)
        identity.tags = *labels.tags;
    if (identity.name.empty())
        identity.name = paths.folder.filename().string();
    identity.modelName = lastPart(identity.config.model.path);
    return identity;
}

} // namespace lens
