// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// UTF-8, one character at a time: checking, repairing, taking apart.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lens {

// What stands at a byte position. If it is not valid UTF-8, `length` is the maximal part that Unicode
// replaces by one U+FFFD, and codePoint is U+FFFD.
struct Utf8Step {
    char32_t codePoint = 0;
    unsigned length = 0;
    bool valid = false;
};
Utf8Step stepUtf8(std::string_view text, std::size_t at);

// Byte position of the first invalid sequence; text.size() if there is none.
std::size_t firstInvalidUtf8(std::string_view text);

// Each maximal invalid part becomes U+FFFD.
std::string repairedUtf8(std::string_view text);

void appendUtf8(std::string& text, char32_t codePoint);

// Bytes of the character whose first byte this is; for text known to be valid.
constexpr unsigned utf8Length(char lead)
{
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

} // namespace lens
