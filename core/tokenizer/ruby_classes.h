// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Contents of PCRE2 classes, without the brackets, that stand for Oniguruma's character classes and
// properties in Ruby syntax. Used by the rewriter of regular expressions only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lens {

inline constexpr const char* kRubySpace = "\\p{White_Space}";
inline constexpr const char* kRubyHex = "0-9A-Fa-f";
inline constexpr const char* kRubyWord =
    "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\x{b2}\\x{b3}\\x{b9}\\x{bc}-\\x{be}";

// Of [:name:], in lower case; nullptr for an unknown name.
const char* posixClass(std::string_view name);

// Of \p{name}: a POSIX name, a general category (short or long) or a script. Whether the script exists shows
// when the pattern is compiled. Nothing for what cannot be a name.
std::optional<std::string> propertyClass(std::string_view name);

} // namespace lens
