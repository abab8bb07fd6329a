// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Run folders of a library: making one, finding them, telling what they are called.
#pragma once

#include "core/config/run_config.h"
#include "core/run/run_paths.h"

#include <filesystem>
#include <string>
#include <vector>

namespace lens {

// config.name, or what the run would be called without one: "<model> · <data>".
std::string runName(const RunConfig& config);

// Makes <library>/<new run id>/ with config.json (paths must be absolute already). Throws Error.
RunPaths createRunFolder(const std::filesystem::path& library, const RunConfig& config);
// Makes `folder` a run folder with this config.json. Throws Error if there is a run.json: what has begun to
// train is never written over. (A start that failed before that leaves none, and may be tried again.)
RunPaths prepareRunFolder(const std::filesystem::path& folder, const RunConfig& config);

// Holds config.json or run.json beside nothing that says otherwise (a model folder has a config.json too).
bool isRunFolder(const std::filesystem::path& folder);
// The run folders right below `library`, newest first by name; empty if it does not exist. Looks at names and
// the beginning of files only.
std::vector<RunPaths> listRuns(const std::filesystem::path& library);

// What a library shows without opening metrics: labels over run.json over config.json. Never throws; what
// cannot be read stays empty and is told in `trouble`.
struct RunIdentity {
    std::string name;
    std::vector<std::string> tags;
    std::string created;   // UTC
    std::string modelName; // last part of the model's path
    std::uint64_t totalSteps = 0;
    RunConfig config;
    std::string trouble;
};
RunIdentity readRunIdentity(const RunPaths& paths);

} // namespace lens
