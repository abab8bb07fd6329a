// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/arguments.h"

#include "core/base/nearest_name.h"

#include <algorithm>
#include <charconv>

namespace lens {
namespace {

const OptionSpec* findOption(const CommandSpec& spec, const std::string& name)
{
    const auto found = std::find_if(spec.options.begin(), spec.options.end(),
                                    [&](const OptionSpec& option) { return name == option.name; });
    return found == spec.options.end() ? nullptr : &*found;
}

UsageError unknownOption(const CommandSpec& spec, const std::string& name)
{
    std::vector<std::string> names;
    for (const OptionSpec& option : spec.options)
        names.emplace_back(option.name);
    const auto nearest = nearestName(name, names);
    return UsageError("unknown option", name, nearest ? "did you mean " + *nearest + "?" : "");
}

template <typename Number>
Number parsed(const std::string& option, const std::string& text, Number low, Number high)
{
    Number value{};
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = result.ec == std::errc() && result.ptr == text.data() + text.size();
    if (!whole || !(value >= low && value <= high)) {
        const auto shown = [](Number number) {
            char buffer[32];
            return std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
        };
        throw UsageError("found \"" + text + "\", allowed a number from " + shown(low) + " to " + shown(high),
                         option);
    }
    return value;
}

} // namespace

const CommandSpec& knownCommand(const std::string& name)
{
    if (const CommandSpec* spec = commandSpec(name))
        return *spec;
    std::vector<std::string> names;
    for (const CommandSpec& spec : commandSpecs())
        names.emplace_back(spec.name);
    const auto nearest = nearestName(name, names);
    throw UsageError(name.starts_with("-") ? "unknown option" : "unknown command", name,
                     nearest ? "did you mean " + *nearest + "?" : "");
}

Arguments::Arguments(const CommandSpec& spec, const std::vector<std::string>& words) : m_command(spec.name)
{
    bool optionsEnded = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (!optionsEnded && word == "--") {
            optionsEnded = true;
        } else if (!optionsEnded && (word == "--help" || word == "-h")) {
            m_help = true;
        } else if (!optionsEnded && word.size() > 1 && word.front() == '-') {
            takeOption(spec, words, i);
        } else if (spec.positional && !m_positional) {
            m_positional = word;
        } else {
            throw UsageError("one argument too many", word);
        }
    }
}

void Arguments::takeOption(const CommandSpec& spec, const std::vector<std::string>& words, std::size_t& index)
{
    const std::string& word = words[index];
    const auto equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const OptionSpec* option = findOption(spec, name);
    if (!option)
        throw unknownOption(spec, name);
    if (!option->valueName && equals != std::string::npos)
        throw UsageError("takes no value", name);
    if (!option->repeatable && has(name))
        throw UsageError("is given twice", name);
    std::string value;
    if (option->valueName && equals != std::string::npos)
        value = word.substr(equals + 1);
    else if (option->valueName && index + 1 < words.size())
        value = words[++index];
    else if (option->valueName)
        throw UsageError("needs a value", name, std::string(name) + " " + option->valueName);
    m_values[name].push_back(std::move(value));
}

std::optional<std::string> Arguments::value(const std::string& option) const
{
    const auto found = m_values.find(option);
    return found == m_values.end() ? std::nullopt : std::optional(found->second.front());
}

std::vector<std::string> Arguments::values(const std::string& option) const
{
    const auto found = m_values.find(option);
    return found == m_values.end() ? std::vector<std::string>() : found->second;
}

std::int64_t Arguments::integer(const std::string& option, std::int64_t fallback, std::int64_t low,
                                std::int64_t high) const
{
    const auto text = value(option);
    return text ? parsed<std::int64_t>(option, *text, low, high) : fallback;
}

double Arguments::number(const std::string& option, double fallback, double low, double high) const
{
    const auto text = value(option);
    return text ? parsed<double>(option, *text, low, high) : fallback;
}

} // namespace lens
