// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Sets of characters by name, Unicode 16 whatever the libraries of the system know; and the sets and mappings
// of other Unicode versions that parts of Hugging Face's tokenizers are defined by (measured on its library,
// over all code points).
#pragma once

#include "core/tokenizer/code_point_set.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lens {

// Names are compared without case, blanks, '_' and '-': "Lu", "letter", "Cased_Letter", "L".
std::optional<CodePointSet> categorySet(std::string_view name);
std::optional<CodePointSet> scriptSet(std::string_view name);
std::optional<CodePointSet> unicodePropertySet(std::string_view name);

// Of names that are known to exist: "L", "White_Space".
CodePointSet knownSet(std::string_view name);

// The 29 categories of two letters, each with its name, surrogates left out.
std::vector<std::pair<std::string, CodePointSet>> allCategories();

CodePointSet punctuationOfUnicode8();
CodePointSet othersOfUnicode8(); // Cc, Cf, Co
CodePointSet marksOfUnicode9();
CodePointSet assignedInUnicode9();
CodePointSet numbersOfUnicode17();
// Whose category, case or being a letter is not the same in all of Unicode 14 to 17.
CodePointSet unicodeNewcomers();

// One code point to one: simple case folding (Unicode 16), lower case (Unicode 17, but for U+0130).
std::map<char32_t, char32_t> simpleFolds();
std::map<char32_t, char32_t> lowercaseLetters();
// Letters that fold to several: ß to ss.
std::map<char32_t, std::u32string> fullFolds();

// A name as it is compared: lower case, without blanks, '_' and '-'.
std::string plainName(std::string_view name);

} // namespace lens
