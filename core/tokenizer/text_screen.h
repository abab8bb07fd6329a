// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Tells fast whether a text has a character of a set of rare ones.
#pragma once

#include "core/tokenizer/code_point_set.h"

#include <bitset>
#include <string_view>

namespace lens {

class TextScreen {
public:
    explicit TextScreen(CodePointSet set);

    // The text is valid UTF-8.
    bool findsIn(std::string_view text) const;

private:
    bool hit(char32_t codePoint) const { return m_blocks[codePoint >> 6] && m_set.contains(codePoint); }

    CodePointSet m_set;                              // without ASCII
    std::bitset<256> m_leads;                        // first bytes in UTF-8 of its characters
    std::bitset<(kLastCodePoint + 1) / 64> m_blocks; // 64 code points each: the set has some of them
};

} // namespace lens
