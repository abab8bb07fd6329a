// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Regular expressions of tokenizer.json are written for Oniguruma (Ruby syntax, Unicode 16). This rewrites
// them for PCRE2 (UTF | UCP | MULTILINE) so that both find the same matches; the differences were measured on
// Hugging Face's library. What cannot be rewritten is refused, never guessed.
#pragma once

#include "core/tokenizer/class_speller.h"

#include <string>
#include <string_view>

namespace lens {

// Throws Error naming the construct that is not known. `where` names the pattern in errors.
PcreText pcrePatternOf(std::string_view onigurumaPattern, const std::string& where);

// A pattern that matches `text` itself.
std::string literalPattern(std::string_view text);

} // namespace lens
