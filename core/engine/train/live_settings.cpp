// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/live_settings.h"

#include "core/base/error.h"
#include "core/config/config_field.h"

namespace lens {
namespace {

const ConfigField& liveField(const std::string& key)
{
    std::string names;
    for (const std::string& path : liveSettings()) {
        if (path == key || path.substr(path.find('.') + 1) == key)
            return *configField(path);
        names += (names.empty() ? "" : ", ") + path;
    }
    throw Error("cannot be changed while a run trains", key, "these can: " + names);
}

SettingChange change(RunConfig& config, const std::string& key, const Json& value)
{
    const ConfigField& field = liveField(key);
    if (const auto trouble = fieldTrouble(field, value))
        throw Error(*trouble, field.path());
    SettingChange made{field.path(), fieldValue(field, config), value};
    setField(field, config, value);
    return made;
}

} // namespace

const std::vector<std::string>& liveSettings()
{
    static const std::vector<std::string> list{
        "training.learning_rate",     "training.max_grad_norm",
        "evaluation.eval_steps",      "evaluation.early_stopping_patience",
        "checkpoints.save_steps",     "checkpoints.save_total_limit",
        "monitor.modules_every_steps"};
    return list;
}

std::vector<SettingChange> changeLiveSettings(RunConfig& config, const Json& arguments)
{
    RunConfig changed = config;
    std::vector<SettingChange> changes;
    if (arguments.contains("key") && arguments["key"].is_string() && arguments.contains("value")) {
        changes.push_back(change(changed, arguments["key"].get<std::string>(), arguments["value"]));
    } else {
        for (const auto& item : arguments.items())
            changes.push_back(change(changed, item.key(), item.value()));
    }
    if (changes.empty())
        throw Error("names no setting", "set");
    config = changed;
    return changes;
}

} // namespace lens
