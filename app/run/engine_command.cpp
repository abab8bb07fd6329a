// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/run/engine_command.h"

#include "core/base/install_paths.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <unistd.h>

namespace lens {
namespace {

constexpr std::array<std::string_view, 10> kCommands{"init",     "train",   "queue",  "generate", "evaluate",
                                                     "tokenize", "analyze", "export", "bench",    "doctor"};

} // namespace

bool isEngineCommand(std::string_view word)
{
    return std::find(kCommands.begin(), kCommands.end(), word) != kCommands.end();
}

int becomeEngine(char** arguments)
{
    const std::filesystem::path engine = engineProgram();
    if (!engine.empty())
        ::execv(engine.c_str(), arguments);
    std::fprintf(
        stderr,
        "training-lens: the engine program training-lens-engine was not found or cannot be started\n");
    return 1;
}

} // namespace lens
