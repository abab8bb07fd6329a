// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The words of a command line, taken apart by its table.
#pragma once

#include "core/base/error.h"
#include "core/engine/command/command_spec.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lens {

// Wrong usage: exit code 2, and a hint to --help.
class UsageError : public Error {
public:
    using Error::Error;
};

// The command of this name; throws UsageError with the nearest known one.
const CommandSpec& knownCommand(const std::string& name);

class Arguments {
public:
    // `words`: those after the command. Throws UsageError for an unknown option (with the nearest known one),
    // a missing or superfluous value, an option given twice, too many positional arguments.
    Arguments(const CommandSpec& spec, const std::vector<std::string>& words);

    const std::string& command() const { return m_command; }
    std::optional<std::string> positional() const { return m_positional; }
    bool has(const std::string& option) const { return m_values.count(option) != 0; }
    std::optional<std::string> value(const std::string& option) const;
    std::vector<std::string> values(const std::string& option) const;
    // Throws UsageError if it is no number or outside [low, high].
    std::int64_t integer(const std::string& option, std::int64_t fallback, std::int64_t low,
                         std::int64_t high) const;
    double number(const std::string& option, double fallback, double low, double high) const;
    bool helpAsked() const { return m_help; }

private:
    void takeOption(const CommandSpec& spec, const std::vector<std::string>& words, std::size_t& index);

    std::string m_command;
    std::optional<std::string> m_positional;
    std::map<std::string, std::vector<std::string>> m_values;
    bool m_help = false;
};

} // namespace lens
