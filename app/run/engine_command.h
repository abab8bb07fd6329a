// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Becoming the engine: `training-lens train …` is the engine's command line.
#pragma once

#include <string_view>

namespace lens {

// A word that the engine knows as a command.
bool isEngineCommand(std::string_view word);
// Replaces this process by the engine with the same arguments; returns only if that failed (an exit code).
int becomeEngine(char** arguments);

} // namespace lens
