// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/config/config_template.h"

#include <array>

namespace lens {
namespace {

constexpr std::array<std::string_view, 3> kLevelNames = {"basic", "advanced", "research"};
constexpr std::size_t kWidth = 110;

// "// text" lines of at most kWidth characters.
std::string commentLines(const std::string& text, const std::string& indent)
{
    std::string lines;
    std::string line;
    const auto flush = [&] { lines += indent + "//" + line + "\n"; };
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = text.find(' ', begin);
        if (end == std::string::npos)
            end = text.size();
        const std::string word = text.substr(begin, end - begin);
        if (indent.size() + 3 + line.size() + word.size() > kWidth) {
            flush();
            line.clear();
        }
        line += " " + word;
        begin = end + 1;
    }
    flush();
    return lines;
}

std::string comment(const ConfigField& field)
{
    std::string text = field.description;
    if (field.kind() == FieldKind::Choice || field.kind() == FieldKind::Integer ||
        field.kind() == FieldKind::Number || field.patternText)
        text += " Allowed: " + allowedText(field) + ".";
    return text;
}

struct Section {
    std::string name;
    std::vector<const ConfigField*> fields;
};

std::vector<Section> sectionsUpTo(FieldLevel level)
{
    std::vector<Section> sections;
    for (const ConfigField& field : configFields()) {
        if (field.level > level)
            continue;
        if (sections.empty() || sections.back().name != field.section)
            sections.push_back({field.section, {}});
        sections.back().fields.push_back(&field);
    }
    return sections;
}

// Members of one object; `more`: something follows them.
std::string members(const Section& section, const RunConfig& config, const std::string& indent, bool more)
{
    std::string text;
    for (const ConfigField* field : section.fields) {
        const bool last = field == section.fields.back() && !more;
        text += commentLines(comment(*field), indent);
        text += indent + "\"" + field->key + "\": " + toJsonLine(fieldValue(*field, config)) +
                (last ? "\n" : ",\n");
    }
    return text;
}

} // namespace

std::string_view levelName(FieldLevel level)
{
    return kLevelNames[static_cast<std::size_t>(level)];
}

std::optional<FieldLevel> levelByName(std::string_view name)
{
    for (std::size_t i = 0; i < kLevelNames.size(); ++i)
        if (kLevelNames[i] == name)
            return static_cast<FieldLevel>(i);
    return std::nullopt;
}

RunConfig templateConfig(FieldLevel level)
{
    RunConfig config;
    config.model.path = "path/to/model";
    config.data.trainFile = "path/to/train.jsonl";
    if (level == FieldLevel::Research) {
        // Everything that can be seen is worth its disk space here.
        config.evaluation.evalSteps = 25;
        config.checkpoints.saveSteps = 50;
        config.checkpoints.saveTotalLimit = 0;
        config.monitor.modulesEverySteps = 1;
    }
    return config;
}

std::string commentedConfig(const RunConfig& config, FieldLevel level, const std::string& schemaFile)
{
    std::string text =
        "// A run of Training Lens. Relative paths are relative to the folder of this file.\n{\n";
    if (!schemaFile.empty())
        text += "  \"$schema\": " + toJsonLine(schemaFile) + ",\n";
    const auto sections = sectionsUpTo(level);
    for (const Section& section : sections) {
        const bool last = &section == &sections.back();
        if (section.name.empty()) {
            text += members(section, config, "  ", !last);
            continue;
        }
        text += "\n  \"" + section.name + "\": {\n" + members(section, config, "    ", false) + "  }" +
                (last ? "\n" : ",\n");
    }
    return text + "}\n";
}

} // namespace lens
