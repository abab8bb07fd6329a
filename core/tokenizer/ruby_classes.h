// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Oniguruma's character classes and properties in Ruby syntax, as measured on Hugging Face's library over all
// code points (Unicode 16). Used by the rewriter of regular expressions.
#pragma once

#include "core/tokenizer/code_point_set.h"

#include <optional>
#include <string_view>

namespace lens {

CodePointSet rubyWord(); // \w outside of brackets: letters, marks, digits, connectors and ² ³ ¹ ¼ ½ ¾
CodePointSet rubyHex();  // \h

// Of [:name:] in brackets; nothing for an unknown name.
std::optional<CodePointSet> posixClass(std::string_view name);

// Of \p{name}: a POSIX name, a general category, a script or another property, short or long; nothing for an
// unknown one. \p{punct} has no symbols and \p{word} has ², other than [:punct:] and [:word:].
std::optional<CodePointSet> propertyClass(std::string_view name);

// The set with all that differs from its members in case only. A letter that folds to several (ß) counts with
// those that fold to the same one letter (ẞ).
CodePointSet caseClosure(const CodePointSet& set);

} // namespace lens
