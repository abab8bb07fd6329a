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

template <typename T>
constexpr bool kIsPattern = std::is_same_v<T, RankPattern> || std::is_same_v<T, NumberPattern>;

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

// Names, or one expression; nothing selects nothing.
bool isModuleNames(const Json& value)
{
    return value.is_string() || (value.is_array() && value.empty()) || isTargetModules(value);
}

bool isNumberIn(const FieldRange& range, const Json& value, bool whole)
{
    if (whole) {
        const auto number = wholeNumber(value);
        return number && range.holds(static_cast<double>(*number));
    }
    return value.is_number() && range.holds(value.get<double>());
}

// A list or the values of an object.
bool areNumbersIn(const FieldRange& range, const Json& values, bool whole)
{
    return std::all_of(values.begin(), values.end(),
                       [&](const Json& item) { return isNumberIn(range, item, whole); });
}

bool isWholePattern(const ConfigField& field)
{
    return std::holds_alternative<FieldAccess<RankPattern>>(field.member);
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
    case FieldKind::Integer:
    case FieldKind::Number:
        return isNumberIn(field.range, value, field.kind() == FieldKind::Integer);
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
    case FieldKind::ModuleNames:
        return isModuleNames(value);
    case FieldKind::WholeNumberList:
        return value.is_array() && areNumbersIn(field.range, value, true);
    case FieldKind::Pattern:
        return value.is_object() && areNumbersIn(field.range, value, isWholePattern(field));
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

ModuleSelection moduleSelection(const Json& value)
{
    ModuleSelection selection;
    if (value.is_array())
        selection.names = value.get<std::vector<std::string>>();
    else
        selection.expression = value.get<std::string>();
    return selection;
}

template <typename T>
std::vector<std::pair<std::string, T>> patternOf(const Json& value)
{
    std::vector<std::pair<std::string, T>> pattern;
    for (const auto& [expression, number] : value.items())
        pattern.emplace_back(expression, number.template get<T>());
    return pattern;
}

template <typename T>
Json patternJson(const std::vector<std::pair<std::string, T>>& pattern)
{
    Json json = Json::object();
    for (const auto& [expression, number] : pattern)
        json[expression] = number;
    return json;
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
            else if constexpr (std::is_same_v<T, ModuleSelection>)
                return FieldKind::ModuleNames;
            else if constexpr (std::is_same_v<T, std::vector<int>>)
                return FieldKind::WholeNumberList;
            else if constexpr (kIsPattern<T>)
                return FieldKind::Pattern;
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
            else if constexpr (std::is_same_v<T, ModuleSelection>)
                return value.expression.empty() ? Json(value.names) : Json(value.expression);
            else if constexpr (kIsPattern<T>)
                return patternJson(value);
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
    case FieldKind::ModuleNames:
        return translated(translator, LENS_TR("a list of module names or a regular expression"));
    case FieldKind::WholeNumberList:
        return fillText(translated(translator, LENS_TR("a list, each of it {allowed}")),
                        {{"allowed", rangeText(field.range, FieldKind::Integer, translator)}});
    case FieldKind::Pattern:
        return fillText(
            translated(translator, LENS_TR("an object of regular expressions, each with {allowed}")),
            {{"allowed",
              rangeText(field.range, isWholePattern(field) ? FieldKind::Integer : FieldKind::Number,
                        translator)}});
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
            else if constexpr (std::is_same_v<T, ModuleSelection>)
                target = moduleSelection(value);
            else if constexpr (kIsPattern<T>)
                target = patternOf<typename T::value_type::second_type>(value);
            else if constexpr (kIsWhole<T>)
                target = static_cast<T>(wholeNumber(value).value());
            else
                target = value.get<T>();
        },
        field.member);
}

} // namespace lens
