// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Characters of UTF-8 text and what Python's str methods know of them. Text of a template is valid UTF-8
// (it comes from the template, checked when parsed, or from JSON).
#pragma once

#include "core/chat_template/character_tables.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace lens::jinja {

constexpr std::size_t characterLength(char lead)
{
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}
// The character at a byte position, which is moved behind it. Text that is not UTF-8 gives U+FFFD.
char32_t nextCharacter(std::string_view text, std::size_t& at);
void appendCharacter(std::string& text, char32_t character);
bool isValidUtf8(std::string_view text);
std::size_t countCharacters(std::string_view text);
bool isAscii(std::string_view text);

bool hasFlag(char32_t character, CharacterFlag flag);
bool isSpace(char32_t character);
bool isLineEnd(char32_t character);  // where splitlines cuts
bool isWordPart(char32_t character); // \w
inline bool isCased(char32_t c)
{
    return hasFlag(c, kLower) || hasFlag(c, kUpper) || hasFlag(c, kTitle);
}

enum class CaseForm { Upper, Lower, Title, Fold };
// Up to three characters; 0 fills up. Not aware of what stands around (final sigma).
std::array<std::uint32_t, 3> caseFormOf(char32_t character, CaseForm form);

} // namespace lens::jinja
