// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The command line as a table: what parsing accepts and what --help prints is the same.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lens {

struct OptionSpec {
    const char* name;      // "--set"
    const char* valueName; // "KEY=VALUE"; null: a switch without value
    const char* help;
    bool repeatable = false;
};

struct CommandSpec {
    const char* name;
    const char* summary;            // one line of the overview
    std::vector<const char*> usage; // after "training-lens-engine <name> "
    const char* text;               // some lines on what it does
    const char* positional;         // name of the one positional argument, null: none
    std::vector<OptionSpec> options;
};

const std::vector<CommandSpec>& commandSpecs();
const CommandSpec* commandSpec(std::string_view name);

// Of --help without and with a command.
std::string overviewText();
std::string helpText(const CommandSpec& spec);

} // namespace lens
