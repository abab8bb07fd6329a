// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/text_screen.h"

#include "core/tokenizer/utf8.h"

#include <cstdint>
#include <cstring>
#include <string>

namespace lens {
namespace {

char32_t codePointAt(const char* bytes, unsigned length)
{
    const auto bitsOf = [&](unsigned i) { return static_cast<char32_t>(bytes[i] & 63); };
    if (length == 2)
        return static_cast<char32_t>(bytes[0] & 31) << 6 | bitsOf(1);
    if (length == 3)
        return static_cast<char32_t>(bytes[0] & 15) << 12 | bitsOf(1) << 6 | bitsOf(2);
    return static_cast<char32_t>(bytes[0] & 7) << 18 | bitsOf(1) << 12 | bitsOf(2) << 6 | bitsOf(3);
}

} // namespace

TextScreen::TextScreen(CodePointSet set) : m_set(std::move(set))
{
    std::string lead;
    for (const auto& [first, last] : m_set.ranges()) {
        for (char32_t block = first >> 6; block <= last >> 6; ++block)
            m_blocks.set(block);
        for (char32_t c = first; c <= last; c = (c | 63) + 1) { // the first byte tells 64 or more
            lead.clear();
            appendUtf8(lead, c);
            m_leads.set(static_cast<unsigned char>(lead[0]));
        }
    }
}

bool TextScreen::findsIn(std::string_view text) const
{
    if (m_set.empty())
        return false;
    for (std::size_t at = 0; at < text.size();) {
        std::uint64_t eight = 0;
        if (at + 8 <= text.size()) {
            std::memcpy(&eight, text.data() + at, 8);
            if ((eight & 0x8080808080808080u) == 0) {
                at += 8;
                continue;
            }
        }
        const unsigned char lead = static_cast<unsigned char>(text[at]);
        const unsigned length = utf8Length(text[at]);
        if (m_leads[lead] && hit(codePointAt(text.data() + at, length)))
            return true;
        at += length;
    }
    return false;
}

} // namespace lens
