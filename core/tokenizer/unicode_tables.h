// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The Unicode Character Database as packed text, made by packaging/unicode/make_tables.mjs. Numbers are
// written five bits a character ('0' + bits, 32 more where the number goes on), lowest first; line ends are
// not part of it. Read through unicode_sets.h.
#pragma once

#include <string_view>
#include <vector>

namespace lens::unicode_tables {

// Names of one value are separated by blanks, values by '|'; without case, '_', '-' and blanks.
extern const std::string_view kCategoryNames;
extern const std::string_view kScriptNames;
// For all code points: (how many, which value of the names above).
extern const std::string_view kCategories;
extern const std::string_view kScripts;

// A set: how many code points are out, in, out, in …
struct NamedSet {
    std::string_view names;
    std::string_view packed;
};
extern const std::vector<NamedSet> kProperties;

extern const std::string_view kPunctuation8; // general category P of Unicode 8
extern const std::string_view kOthers8;      // Cc, Cf and Co of Unicode 8
extern const std::string_view kMarks9;       // M of Unicode 9
extern const std::string_view kAssigned9;    // all of Unicode 9
extern const std::string_view kNumbers17;    // N of Unicode 17
extern const std::string_view kNewcomers;    // changed since Unicode 14 or up to 17: category, letter or case

// (code points since the last one, signed difference to what it becomes; odd: -(n + 1) / 2)
extern const std::string_view kSimpleFolds;
extern const std::string_view kLowercase; // of Unicode 17
// (code points since the last one, how many it folds to, those)
extern const std::string_view kFullFolds;

} // namespace lens::unicode_tables
