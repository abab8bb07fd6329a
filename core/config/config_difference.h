// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What two configurations do not have in common: for the journal (settings changed on resume), the
// Configuration tab and reports.
#pragma once

#include "core/base/json.h"
#include "core/config/run_config.h"

#include <string>
#include <vector>

namespace lens {

struct ConfigDifference {
    std::string path; // "training.learning_rate"
    Json before;
    Json after;
};

// In the order of the field table.
std::vector<ConfigDifference> differences(const RunConfig& before, const RunConfig& after);
// Against RunConfig{}: what somebody chose.
std::vector<ConfigDifference> differencesFromDefaults(const RunConfig& config);
// {"path": …, "before": …, "after": …} each.
Json toJson(const std::vector<ConfigDifference>& list);

} // namespace lens
