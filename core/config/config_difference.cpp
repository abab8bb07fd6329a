// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/config/config_difference.h"

#include "core/config/config_field.h"

namespace lens {

std::vector<ConfigDifference> differences(const RunConfig& before, const RunConfig& after)
{
    std::vector<ConfigDifference> list;
    for (const ConfigField& field : configFields()) {
        Json was = fieldValue(field, before);
        Json is = fieldValue(field, after);
        if (was != is)
            list.push_back({field.path(), std::move(was), std::move(is)});
    }
    return list;
}

std::vector<ConfigDifference> differencesFromDefaults(const RunConfig& config)
{
    return differences(RunConfig{}, config);
}

Json toJson(const std::vector<ConfigDifference>& list)
{
    Json json = Json::array();
    for (const ConfigDifference& difference : list)
        json.push_back(
            {{"path", difference.path}, {"before", difference.before}, {"after", difference.after}});
    return json;
}

} // namespace lens
