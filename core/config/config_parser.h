// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Configurations from JSON and back, and single settings from a command line. All problems of a text are
// reported together.
#pragma once

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/config/run_config.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lens {

// Throws Error with every problem: wrong kinds, unknown keys (with the nearest known name), and all that
// checkConfig() finds. A problem's `where` is "training.learning_rate", after `where` and ": " if that is not
// empty. "$schema" at the top level is for editors and ignored.
RunConfig parseConfig(const Json& json, const std::string& where = {});
// As above, but hands back what could be read together with the problems (drafts, forms).
RunConfig parseConfig(const Json& json, std::vector<Problem>& problems);

// Reads a file (comments allowed); relative paths in it are relative to its folder, "~" is expanded.
RunConfig readConfigFile(const std::filesystem::path& path);
// Makes the paths of a configuration absolute; empty ones stay empty.
void resolvePaths(RunConfig& config, const std::filesystem::path& baseFolder);

// Applies "training.learning_rate=1e-4" or, where only one section has the key, "learning_rate=1e-4". A
// relative path is relative to `baseFolder`. Lists are JSON or separated by commas. Returns the problem if
// there is one (the configuration is then unchanged). Ranges across settings are checkConfig()'s.
std::vector<Problem> applySetting(RunConfig& config, std::string_view setting,
                                  const std::filesystem::path& baseFolder);

// Every setting, in the order of the table.
Json toJson(const RunConfig& config);

} // namespace lens
