// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A byte-level tokenizer small enough to work out by hand: the id of a byte is its value.
#pragma once

#include "core/base/json.h"
#include "core/tokenizer/tokenizer.h"

#include <string>

namespace lens::test {

inline constexpr TokenId kHe = 256; // merged from "h" and "e"
inline constexpr TokenId kLl = 257; // from "l" and "l"
inline constexpr TokenId kHell = 258;
inline constexpr TokenId kBos = 259; // <s>
inline constexpr TokenId kEos = 260; // </s>
inline constexpr TokenId kTurnBegin = 261;
inline constexpr TokenId kTurnEnd = 262;

// ByteLevel without a regex or a blank in front, the added tokens above, <s> before each text.
Json byteTokenizerJson();
// bos_token and eos_token, and what is in `more`.
std::string byteTokenizerConfig(const Json& more = Json::object());
Tokenizer byteTokenizer(const Json& moreConfig = Json::object());

} // namespace lens::test
