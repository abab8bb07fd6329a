// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Contents of PCRE2 classes that stand for the character classes of Rust's standard library and regex crate,
// which the parts of tokenizer.json are defined by.
#pragma once

namespace lens {

inline constexpr const char* kRustSpace = "\\p{White_Space}";
inline constexpr const char* kRustWord = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\x{200c}\\x{200d}";
inline constexpr const char* kRustNumeric = "\\p{N}";
// ASCII punctuation (symbols included) and \p{P}.
inline constexpr const char* kPunctuationMark = "\\p{P}$+<=>\\^`|~";

} // namespace lens
