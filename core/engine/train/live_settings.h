// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The settings that may change while a run trains, and the change itself. All others are refused by name.
#pragma once

#include "core/base/json.h"
#include "core/config/run_config.h"

#include <string>
#include <vector>

namespace lens {

// "training.learning_rate" …
const std::vector<std::string>& liveSettings();

struct SettingChange {
    std::string key; // "training.learning_rate"
    Json before;
    Json after;
};

// Arguments of a `set` command: {"key": …, "value": …} or {key: value, …}; a key may stand without its
// section. Changes nothing unless all of it is allowed; throws Error saying what is wrong.
std::vector<SettingChange> changeLiveSettings(RunConfig& config, const Json& arguments);

} // namespace lens
