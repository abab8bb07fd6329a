// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/config/config_field.h"

#include "core/base/json_fields.h"
#include "core/config/choice_names.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <regex>
#include <type_traits>

namespace lens {
namespace {

constexpr const char* kAllLinear = "all-linear";

template <typename T>
constexpr bool kIsWhole = std::is_integral_v<T> && !std::is_same_v<T, bool>;

// The shortest text that reads back as the same number.
std::string numberText(double value)
{
    char text[32];
    const auto end = std::abs(value) < 1e16 && std::floor(value) == value
                         ? std::to_chars(text, text + sizeof text, static_cast<std::int64_t>(value))
                         : std::to_chars(text, text + sizeof text, value);
    return std::string(text, end.ptr);
}

bool isTextList(const Json& value)
{
    return value.is_array() &&
           std::all_of(value.begin(), value.end(), [](const Json& item) { return item.is_string(); });
}

bool isTargetModules(const Json& value)
{
    if (value.is_string())
        return !value.get_ref<const std::string&>().empty();
    return isTextList(value) && !value.empty() &&
           std::all_of(value.begin(), value.end(), [](const Json& item) { return item != ""; });
}

bool isGoodText(const ConfigField& field, const Json& value)
{
    if (!value.is_string())
        return false;
    const auto& text = value.get_ref<const std::string&>();
    if (text.find('\0') != std::string::npos)
        return false;
    return !field.pattern || std::regex_match(text, std::regex(field.pattern));
}

bool isGood(const ConfigField& field, const Json& value)
{
    switch (field.kind()) {
    case FieldKind::Integer: {
        const auto whole = wholeNumber(value);
        return whole && field.range.holds(static_cast<double>(*whole));
    }
    case FieldKind::Number:
        return value.is_number() && field.range.holds(value.get<double>());
    case FieldKind::Boolean:
        return value.is_boolean();
    case FieldKind::Text:
    case FieldKind::Path:
        return isGoodText(field, value);
    case FieldKind::Choice: {
        const auto names = field.choices();
        return value.is_string() &&
               std::find(names.begin(), names.end(), value.get_ref<const std::string&>()) != names.end();
    }
    case FieldKind::TextList:
        return isTextList(value);
    case FieldKind::TargetModules:
        return isTargetModules(value);
    }
    return false;
}

void setTargetModules(AdapterSettings& settings, const Json& value)
{
    settings.targetModules.clear();
    settings.targetRegex.clear();
    if (value.is_array())
        settings.targetModules = value.get<std::vector<std::string>>();
    else if (value != kAllLinear)
        settings.targetRegex = value.get<std::string>();
}

Json targetModules(const AdapterSettings& settings)
{
    if (!settings.targetRegex.empty())
        return settings.targetRegex;
    if (settings.targetModules.empty())
        return kAllLinear;
    return settings.targetModules;
}

std::string rangeText(const FieldRange& range, FieldKind kind, const Translator& translator)
{
    const char* form = nullptr;
    if (kind == FieldKind::Integer)
        form = LENS_TR("a whole number from {low} to {high}");
    else if (range.lowOpen && range.highOpen)
        form = LENS_TR("a number above {low} and below {high}");
    else if (range.lowOpen)
        form = LENS_TR("a number above {low}, at most {high}");
    else if (range.highOpen)
        form = LENS_TR("a number from {low} to below {high}");
    else
        form = LENS_TR("a number from {low} to {high}");
    return fillText(translated(translator, form),
                    {{"low", numberText(range.low)}, {"high", numberText(range.high)}});
}

std::string choicesText(const ConfigField& field)
{
    std::string text;
    for (const std::string_view name : field.choices())
        text += (text.empty() ? "" : ", ") + std::string(name);
    return text;
}

} // namespace

bool FieldRange::holds(double value) const
{
    return (lowOpen ? value > low : value >= low) && (highOpen ? value < high : value <= high);
}

std::string ConfigField::path() const
{
    return *section ? std::string(section) + "." + key : std::string(key);
}

FieldKind ConfigField::kind() const
{
    return std::visit(
        [this]<typename T>(const FieldAccess<T>&) {
            if constexpr (kIsWhole<T>)
                return FieldKind::Integer;
            else if constexpr (std::is_same_v<T, double>)
                return FieldKind::Number;
            else if constexpr (std::is_same_v<T, bool>)
                return FieldKind::Boolean;
            else if constexpr (std::is_same_v<T, std::string>)
                return isPath ? FieldKind::Path : FieldKind::Text;
            else if constexpr (std::is_same_v<T, std::vector<std::string>>)
                return FieldKind::TextList;
            else if constexpr (std::is_enum_v<T>)
                return FieldKind::Choice;
            else
                return FieldKind::TargetModules;
        },
        member);
}

std::span<const std::string_view> ConfigField::choices() const
{
    return std::visit(
        []<typename T>(const FieldAccess<T>&) -> std::span<const std::string_view> {
            if constexpr (std::is_enum_v<T>)
                return choiceNames<T>();
            else
                return {};
        },
        member);
}

const ConfigField* configField(std::string_view path)
{
    const auto& fields = configFields();
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const ConfigField& field) { return field.path() == path; });
    return found == fields.end() ? nullptr : &*found;
}

const std::vector<std::string>& configSections()
{
    static const std::vector<std::string> sections = [] {
        std::vector<std::string> names;
        for (const ConfigField& field : configFields())
            if (*field.section && (names.empty() || names.back() != field.section))
                names.emplace_back(field.section);
        return names;
    }();
    return sections;
}

Json fieldValue(const ConfigField& field, const RunConfig& config)
{
    return std::visit(
        [&]<typename T>(const FieldAccess<T>& access) -> Json {
            const T& value = access.look(config);
            if constexpr (std::is_same_v<T, AdapterSettings>)
                return targetModules(value);
            else if constexpr (std::is_enum_v<T>)
                return choiceName(value);
            else
                return value;
        },
        field.member);
}

std::string allowedText(const ConfigField& field, const Translator& translator)
{
    switch (field.kind()) {
    case FieldKind::Integer:
    case FieldKind::Number:
        return rangeText(field.range, field.kind(), translator);
    case FieldKind::Boolean:
        return translated(translator, LENS_TR("true or false"));
    case FieldKind::Text:
        return translated(translator, field.patternText ? field.patternText : LENS_TR("a text"));
    case FieldKind::Path:
        return translated(translator, LENS_TR("a path"));
    case FieldKind::Choice:
        return fillText(translated(translator, LENS_TR("one of {names}")), {{"names", choicesText(field)}});
    case FieldKind::TextList:
        return translated(translator, LENS_TR("a list of texts"));
    case FieldKind::TargetModules:
        break;
    }
    return translated(translator, LENS_TR("a list of module names, a regular expression or \"all-linear\""));
}

std::optional<std::string> fieldTrouble(const ConfigField& field, const Json& value,
                                        const Translator& translator)
{
    if (isGood(field, value))
        return std::nullopt;
    return fillText(translated(translator, LENS_TR("found {value}, allowed {allowed}")),
                    {{"value", shownJson(value)}, {"allowed", allowedText(field, translator)}});
}

void setField(const ConfigField& field, RunConfig& config, const Json& value)
{
    if (!isGood(field, value))
        return;
    std::visit(
        [&]<typename T>(const FieldAccess<T>& access) {
            T& target = access.edit(config);
            if constexpr (std::is_same_v<T, AdapterSettings>)
                setTargetModules(target, value);
            else if constexpr (std::is_enum_v<T>)
                target = choiceByName<T>(value.get_ref<const std::string&>()).value();
            else if constexpr (kIsWhole<T>)
                target = static_cast<T>(wholeNumber(value).value());
            else
                target = value.get<T>();
        },
        field.member);
}

} // namespace lens
