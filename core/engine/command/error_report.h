// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// How the command line tells what went wrong: on stderr, one line a problem, and the exit code that fits.
#pragma once

#include <exception>
#include <string>

namespace lens {

// Prints and returns the exit code (1 or 2). `command` may be empty.
int reportError(const std::exception& error, const std::string& command);
// All problems of an error in one text, a line each.
std::string reasonText(const std::exception& error);

} // namespace lens
