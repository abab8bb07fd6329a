// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/run/run_settings.h"

#include "core/base/journal.h"
#include "core/config/config_field.h"
#include "core/protocol/event.h"

namespace lens {
namespace {

// Ignores what is no setting (a start also tells of other versions and machines) or no good value.
void apply(RunConfig& config, const Json& change, const char* pathKey, const char* valueKey)
{
    if (!change.is_object() || !change.contains(pathKey) || !change[pathKey].is_string() ||
        !change.contains(valueKey))
        return;
    if (const ConfigField* field = configField(change[pathKey].get<std::string>()))
        setField(*field, config, change[valueKey]);
}

} // namespace

RunConfig currentConfig(const RunPaths& paths, const RunConfig& recorded)
{
    RunConfig config = recorded;
    for (const Json& record : readJournal(paths.events())) {
        const auto event = eventFromJson(record);
        if (event && event->type == EventType::Start) {
            config = recorded; // a start tells all that differs
            for (const Json& change : event->fields.value("changes", Json::array()))
                apply(config, change, "path", "after");
        } else if (event && event->type == EventType::Setting) {
            apply(config, event->fields, "key", "new");
        }
    }
    return config;
}

} // namespace lens
