// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/error_report.h"

#include "core/engine/command/arguments.h"
#include "core/engine/command/train_arguments.h"
#include "core/protocol/exit_code.h"

#include <cstdio>

namespace lens {

std::string reasonText(const std::exception& error)
{
    const auto* known = dynamic_cast<const Error*>(&error);
    if (!known)
        return error.what();
    std::string text;
    for (const Problem& problem : known->problems())
        text += (text.empty() ? "" : "\n") + problem.text();
    return text;
}

int reportError(const std::exception& error, const std::string& command)
{
    const std::string program = command.empty() ? "training-lens-engine" : "training-lens-engine " + command;
    const bool usage = dynamic_cast<const UsageError*>(&error) != nullptr;
    std::string text = reasonText(error);
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        std::fprintf(stderr, "%s: %s\n", usage ? program.c_str() : "error",
                     text.substr(begin, end - begin).c_str());
        begin = end + 1;
    }
    if (usage)
        std::fprintf(stderr, "Try: %s --help\n", program.c_str());
    const bool wrong = usage || dynamic_cast<const ConfigurationError*>(&error) != nullptr;
    return static_cast<int>(wrong ? ExitCode::WrongUsage : ExitCode::Failed);
}

} // namespace lens
