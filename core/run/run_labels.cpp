// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/run/run_labels.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json_fields.h"

namespace lens {

RunLabels readRunLabels(const RunPaths& paths)
{
    constexpr std::size_t kMaxBytes = 1u << 20;
    RunLabels labels;
    std::error_code code;
    if (!std::filesystem::exists(paths.labels(), code))
        return labels;
    try {
        const Json json = readJsonFile(paths.labels(), false, kMaxBytes);
        std::vector<Problem> problems;
        const JsonFields fields(json, "labels.json", problems);
        if (fields.has("name") && fields.at("name").is_string())
            labels.name = fields.text("name", {});
        if (fields.has("tags") && fields.at("tags").is_array())
            labels.tags = fields.textList("tags");
    } catch (const Error&) {
        // A damaged file costs the labels only: the run itself is named in run.json.
    }
    return labels;
}

void writeRunLabels(const RunPaths& paths, const RunLabels& labels)
{
    Json json = Json::object();
    if (labels.name)
        json["name"] = *labels.name;
    if (labels.tags)
        json["tags"] = *labels.tags;
    writeFileAtomically(paths.labels(), toJsonText(json));
}

} // namespace lens
