// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The 256 printable characters that byte-level vocabularies write bytes with (GPT-2's): printable Latin-1
// bytes stand for themselves, the others for U+0100 and up in order.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lens {

// The UTF-8 text of the character for a byte.
const std::string& byteLetter(unsigned char byte);

// The bytes that a text in the alphabet stands for; nothing if one character is not of it.
std::optional<std::string> bytesOfLetters(std::string_view text);

} // namespace lens
