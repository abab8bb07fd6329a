// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// `tokenize`: lines of text in, lines of token ids out. Needs no LibTorch.
#pragma once

#include "core/engine/command/arguments.h"

namespace lens {

// Reads standard input, writes standard output. Returns an exit code; throws UsageError and Error (naming
// "stdin:LINE").
int runTokenize(const Arguments& arguments);

} // namespace lens
