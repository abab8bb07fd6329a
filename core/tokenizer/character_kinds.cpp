// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/character_kinds.h"

#include "core/tokenizer/unicode_sets.h"

#include <map>
#include <string>

namespace lens {

CharacterKinds::CharacterKinds() : m_kinds(kLastCodePoint + 1)
{
    for (const auto& [name, set] : allCategories()) {
        if (name[0] == 'N')
            mark(set, kNumber);
        if (name[0] == 'L')
            mark(set, kLetter);
        if (name[0] == 'M' || name == "Lm" || name == "Lo")
            mark(set, kUpper | kLower);
        if (name == "Lu" || name == "Lt")
            mark(set, kUpper);
        if (name == "Ll")
            mark(set, kLower);
    }
    mark(knownSet("White_Space"), kSpace);
    mark({{'\n', '\n'}, {'\r', '\r'}}, kLineEnd);

    std::vector<std::uint8_t> packed(m_kinds.begin(), m_kinds.begin() + 128);
    std::map<std::string, std::uint16_t> known;
    m_blocks[1] = 1;
    for (std::size_t block = 2; block < m_blocks.size(); ++block) {
        const auto begin = m_kinds.begin() + static_cast<std::ptrdiff_t>(block * 64);
        const std::string kinds(begin, begin + 64);
        const auto [place, isNew] = known.emplace(kinds, static_cast<std::uint16_t>(packed.size() / 64));
        if (isNew)
            packed.insert(packed.end(), kinds.begin(), kinds.end());
        m_blocks[block] = place->second;
    }
    m_kinds = std::move(packed);
}

void CharacterKinds::mark(const CodePointSet& set, std::uint8_t bits)
{
    for (const auto& [first, last] : set.ranges()) {
        for (char32_t c = first; c <= last; ++c)
            m_kinds[c] |= bits;
    }
}

// The bytes before the last one tell the block.
CharacterKinds::Step CharacterKinds::beyondAscii(const char* bytes) const
{
    const auto bitsOf = [&](unsigned i) { return static_cast<unsigned>(bytes[i]) & 63u; };
    const auto lead = static_cast<unsigned char>(bytes[0]);
    std::size_t block = lead & 31u;
    std::uint8_t length = 2;
    if (lead >= 0xF0) {
        block = (lead & 7u) << 12 | bitsOf(1) << 6 | bitsOf(2);
        length = 4;
    } else if (lead >= 0xE0) {
        block = (lead & 15u) << 6 | bitsOf(1);
        length = 3;
    }
    return {m_kinds[m_blocks[block] * 64u + bitsOf(length - 1u)], length};
}

} // namespace lens
