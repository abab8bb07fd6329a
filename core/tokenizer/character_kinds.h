// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What scanners ask of a character, by one look-up: Unicode 16.
#pragma once

#include "core/tokenizer/code_point_set.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace lens {

class CharacterKinds {
public:
    // Bits of a kind.
    static constexpr std::uint8_t kLetter = 1;
    static constexpr std::uint8_t kNumber = 2;
    static constexpr std::uint8_t kSpace = 4;
    static constexpr std::uint8_t kLineEnd = 8; // \r and \n
    static constexpr std::uint8_t kUpper = 16;  // Lu, Lt, Lm, Lo or M
    static constexpr std::uint8_t kLower = 32;  // Ll, Lm, Lo or M

    CharacterKinds();

    struct Step {
        std::uint8_t kind = 0;
        std::uint8_t length = 0; // bytes; 0 at the end of the text
    };
    // The text is valid UTF-8.
    Step at(std::string_view text, std::size_t place) const
    {
        if (place >= text.size())
            return {};
        const auto byte = static_cast<unsigned char>(text[place]);
        return byte < 0x80 ? Step{m_kinds[byte], 1} : beyondAscii(text.data() + place);
    }

private:
    Step beyondAscii(const char* bytes) const;
    void mark(const CodePointSet& set, std::uint8_t bits);

    // Blocks of 64 code points; equal blocks are one. The first two are ASCII.
    std::array<std::uint16_t, (kLastCodePoint + 1) / 64> m_blocks{};
    std::vector<std::uint8_t> m_kinds;
};

} // namespace lens
