// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// `init`: a commented configuration and its schema. Needs no LibTorch.
#pragma once

#include "core/engine/command/arguments.h"

namespace lens {

// Returns an exit code; throws UsageError and Error.
int runInit(const Arguments& arguments);

} // namespace lens
