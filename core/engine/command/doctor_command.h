// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// `doctor`: what this machine is, how fast it is, and what slows it down.
#pragma once

#include "core/base/json.h"
#include "core/engine/command/arguments.h"

#include <string>

namespace lens {

// Measures for about a second.
Json examineMachine();
// The same for reading.
std::string doctorText(const Json& findings);

int runDoctor(const Arguments& arguments);

} // namespace lens
