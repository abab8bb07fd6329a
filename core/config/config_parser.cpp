// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/config/config_parser.h"

#include "core/base/json_fields.h"
#include "core/base/nearest_name.h"
#include "core/base/user_paths.h"
#include "core/config/config_check.h"
#include "core/config/config_field.h"

#include <algorithm>

namespace lens {
namespace {

constexpr const char* kSchemaKey = "$schema";
constexpr std::size_t kMaxConfigBytes = 16u << 20;

std::vector<std::string> namesIn(const std::string& section)
{
    std::vector<std::string> names;
    for (const ConfigField& field : configFields())
        if (section == field.section)
            names.emplace_back(field.key);
    if (section.empty())
        names.insert(names.end(), configSections().begin(), configSections().end());
    return names;
}

// The same key in another section, else the nearest name of this section, else of any.
std::string unknownHint(const std::string& section, const std::string& key)
{
    std::vector<std::string> paths;
    for (const ConfigField& field : configFields()) {
        if (key == field.key)
            return "it belongs to " + field.path();
        paths.push_back(field.path());
    }
    if (const auto nearest = nearestName(key, namesIn(section)))
        return "did you mean " + *nearest + "?";
    std::vector<std::string> keys;
    for (const ConfigField& field : configFields())
        keys.emplace_back(field.key);
    if (const auto nearest = nearestName(key, keys))
        return "did you mean " +
               paths[static_cast<std::size_t>(std::find(keys.begin(), keys.end(), *nearest) - keys.begin())] +
               "?";
    return {};
}

void readFields(const Json& object, const std::string& section, RunConfig& config,
                std::vector<Problem>& problems)
{
    for (const auto& item : object.items()) {
        const std::string& key = item.key();
        const std::string path = section.empty() ? key : section + "." + key;
        const auto& sections = configSections();
        if (section.empty() &&
            (key == kSchemaKey || std::find(sections.begin(), sections.end(), key) != sections.end()))
            continue;
        const ConfigField* field = configField(path);
        if (!field)
            problems.push_back({"unknown setting", path, unknownHint(section, key)});
        else if (const auto trouble = fieldTrouble(*field, item.value()))
            problems.push_back({*trouble, path, ""});
        else
            setField(*field, config, item.value());
    }
}

void addCheckProblems(const RunConfig& config, std::vector<Problem>& problems)
{
    // A setting that could not be read stands at its default here: what is said about it already is enough.
    const std::vector<Problem> reading = problems;
    for (const Problem& problem : checkConfig(config)) {
        const bool named = std::any_of(reading.begin(), reading.end(),
                                       [&](const Problem& other) { return other.where == problem.where; });
        if (!named)
            problems.push_back(problem);
    }
}

std::string absolutePath(const std::string& text, const std::filesystem::path& baseFolder)
{
    if (text.empty())
        return text;
    const std::filesystem::path path = expandUser(text);
    return (path.is_absolute() ? path : std::filesystem::absolute(baseFolder) / path)
        .lexically_normal()
        .string();
}

std::vector<std::string> splitAtCommas(const std::string& text)
{
    std::vector<std::string> parts;
    std::size_t begin = 0;
    for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
        end = text.find(',', begin);
        parts.push_back(text.substr(begin, end == std::string::npos ? end : end - begin));
    }
    return parts;
}

bool isNameList(const std::string& text)
{
    return text.find(',') != std::string::npos && std::all_of(text.begin(), text.end(), [](char c) {
               return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == ',';
           });
}

// The text after '=' as the value of a field: JSON where that fits, else plain text.
Json settingValue(const ConfigField& field, const std::string& text, const std::filesystem::path& baseFolder)
{
    const Json json = Json::parse(text, nullptr, false);
    switch (field.kind()) {
    case FieldKind::Path:
        return absolutePath(json.is_string() ? json.get<std::string>() : text, baseFolder);
    case FieldKind::Text:
    case FieldKind::Choice:
        return json.is_string() ? json : Json(text);
    case FieldKind::TextList:
        if (json.is_array())
            return json;
        return text.empty() ? Json::array() : Json(splitAtCommas(text));
    case FieldKind::WholeNumberList:
    case FieldKind::Pattern:
        if (json.is_structured())
            return json;
        return field.kind() == FieldKind::Pattern ? json : Json::parse("[" + text + "]", nullptr, false);
    case FieldKind::ModuleNames:
        if (text.empty())
            return Json::array();
        [[fallthrough]];
    case FieldKind::TargetModules:
        if (json.is_array() || json.is_string())
            return json;
        return isNameList(text) ? Json(splitAtCommas(text)) : Json(text);
    default:
        return json.is_discarded() ? Json(text) : json;
    }
}

// The field that a full path or a key that only one section has stands for.
const ConfigField* settingField(const std::string& name, std::vector<Problem>& problems)
{
    if (const ConfigField* field = configField(name))
        return field;
    std::vector<const ConfigField*> found;
    for (const ConfigField& field : configFields())
        if (name == field.key)
            found.push_back(&field);
    if (found.size() == 1)
        return found.front();
    if (found.empty()) {
        const auto dot = name.find('.');
        const std::string section = dot == std::string::npos ? "" : name.substr(0, dot);
        const std::string key = dot == std::string::npos ? name : name.substr(dot + 1);
        problems.push_back({"unknown setting", name, unknownHint(section, key)});
        return nullptr;
    }
    problems.push_back({"more than one section has this setting", name,
                        "write " + found[0]->path() + " or " + found[1]->path()});
    return nullptr;
}

} // namespace

RunConfig parseConfig(const Json& json, std::vector<Problem>& problems)
{
    RunConfig config;
    if (!json.is_object()) {
        problems.push_back({"found " + shownJson(json) + ", a configuration is an object", "", ""});
        return config;
    }
    readFields(json, "", config, problems);
    for (const std::string& section : configSections()) {
        const auto found = json.find(section);
        if (found == json.end())
            continue;
        if (found->is_object())
            readFields(*found, section, config, problems);
        else
            problems.push_back(
                {"found " + shownJson(*found) + ", allowed an object with settings", section, ""});
    }
    addCheckProblems(config, problems);
    return config;
}

RunConfig parseConfig(const Json& json, const std::string& where)
{
    std::vector<Problem> problems;
    RunConfig config = parseConfig(json, problems);
    if (!where.empty())
        for (Problem& problem : problems)
            problem.where = problem.where.empty() ? where : where + ": " + problem.where;
    throwIfAny(problems);
    return config;
}

RunConfig readConfigFile(const std::filesystem::path& path)
{
    RunConfig config = parseConfig(readJsonFile(path, true, kMaxConfigBytes), path.string());
    resolvePaths(config, std::filesystem::absolute(path).parent_path());
    return config;
}

void resolvePaths(RunConfig& config, const std::filesystem::path& baseFolder)
{
    for (const ConfigField& field : configFields()) {
        if (field.kind() != FieldKind::Path)
            continue;
        const auto text = fieldValue(field, config).get<std::string>();
        setField(field, config, absolutePath(text, baseFolder));
    }
}

std::vector<Problem> applySetting(RunConfig& config, std::string_view setting,
                                  const std::filesystem::path& baseFolder)
{
    const auto equals = setting.find('=');
    if (equals == std::string_view::npos)
        return {{"a setting is written KEY=VALUE", std::string(setting), ""}};
    std::vector<Problem> problems;
    const ConfigField* field = settingField(std::string(setting.substr(0, equals)), problems);
    if (!field)
        return problems;
    const Json value = settingValue(*field, std::string(setting.substr(equals + 1)), baseFolder);
    if (const auto trouble = fieldTrouble(*field, value))
        return {{*trouble, field->path(), ""}};
    setField(*field, config, value);
    return {};
}

Json toJson(const RunConfig& config)
{
    Json json = Json::object();
    for (const ConfigField& field : configFields()) {
        Json& object = *field.section ? json[field.section] : json;
        object[field.key] = fieldValue(field, config);
    }
    return json;
}

} // namespace lens
