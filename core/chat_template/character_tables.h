// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The data behind characters.h; the .cpp file is written by make_character_tables.py.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace lens::jinja {

// Bits of CharacterRange::flags, in the order of the script.
enum CharacterFlag : std::uint16_t {
    kAlpha = 1 << 0,
    kDecimal = 1 << 1,
    kDigit = 1 << 2,
    kNumeric = 1 << 3,
    kPrintable = 1 << 4,
    kLower = 1 << 5,
    kUpper = 1 << 6,
    kTitle = 1 << 7,
    kCaseIgnorable = 1 << 8,
    kIdentifierStart = 1 << 9,
    kIdentifierPart = 1 << 10,
};

struct CharacterRange {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::uint16_t flags = 0;
};

// Characters all of whose forms are one character.
struct CaseForms {
    std::uint32_t character = 0;
    std::uint32_t upper = 0;
    std::uint32_t lower = 0;
    std::uint32_t title = 0;
    std::uint32_t fold = 0;
};

// Characters with a form of several characters (ß, ŉ, ligatures); 0 fills up.
struct LongCaseForms {
    std::uint32_t character = 0;
    std::array<std::uint32_t, 3> upper{};
    std::array<std::uint32_t, 3> lower{};
    std::array<std::uint32_t, 3> title{};
    std::array<std::uint32_t, 3> fold{};
};

// Each sorted by character.
std::span<const CharacterRange> characterRanges();
std::span<const CaseForms> caseForms();
std::span<const LongCaseForms> longCaseForms();

} // namespace lens::jinja
