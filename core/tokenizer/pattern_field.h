// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The field "pattern" of Split and Replace: {"Regex": …} in Oniguruma's syntax or {"String": …}.
#pragma once

#include "core/tokenizer/json_part.h"
#include "core/tokenizer/regex.h"

namespace lens {

// Throws Error if the pattern is empty, does not compile, or uses what is not known.
Regex patternOf(const JsonPart& part);

} // namespace lens
