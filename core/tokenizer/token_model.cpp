// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/token_model.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace lens {

ByteTokens::ByteTokens(const TokenTable& vocabulary)
{
    for (unsigned byte = 0; byte < 256; ++byte) {
        char name[8];
        std::snprintf(name, sizeof name, "<0x%02X>", byte);
        m_ids[byte] = vocabulary.find(name);
    }
}

bool ByteTokens::complete() const
{
    return std::find(m_ids.begin(), m_ids.end(), kNoToken) == m_ids.end();
}

bool ByteTokens::append(std::string_view bytes, std::size_t at, std::vector<Symbol>& out) const
{
    const auto idOf = [&](char byte) { return m_ids[static_cast<unsigned char>(byte)]; };
    if (std::any_of(bytes.begin(), bytes.end(), [&](char byte) { return idOf(byte) == kNoToken; }))
        return false;
    auto begin = static_cast<std::uint32_t>(at);
    for (const char byte : bytes) {
        out.push_back({idOf(byte), begin, begin + 1});
        ++begin;
    }
    return true;
}

std::optional<char> byteOfToken(std::string_view token)
{
    if (token.size() != 6 || !token.starts_with("<0x") || token[5] != '>')
        return std::nullopt;
    unsigned value = 0;
    const char* digits = token.data() + 3;
    const auto [end, error] = std::from_chars(digits, digits + 2, value, 16);
    if (error != std::errc() || end != digits + 2)
        return std::nullopt;
    return static_cast<char>(value);
}

} // namespace lens
