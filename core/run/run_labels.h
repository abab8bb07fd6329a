// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// labels.json: the name and tags that the user gave a run later. run.json itself stays as it was frozen.
#pragma once

#include "core/run/run_paths.h"

#include <optional>
#include <string>
#include <vector>

namespace lens {

struct RunLabels {
    std::optional<std::string> name; // absent: as in run.json
    std::optional<std::vector<std::string>> tags;
};

// Missing or unreadable: no labels.
RunLabels readRunLabels(const RunPaths& paths);
// Atomic. Throws Error.
void writeRunLabels(const RunPaths& paths, const RunLabels& labels);

} // namespace lens
