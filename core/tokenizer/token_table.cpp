// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/token_table.h"

#include <cstring>

namespace lens {
namespace {

std::uint64_t mix(std::uint64_t a, std::uint64_t b)
{
    a = (a ^ b) * 0x9E3779B97F4A7C15u;
    return a ^ a >> 29;
}

} // namespace

std::uint64_t hashOfBytes(std::string_view bytes)
{
    std::uint64_t hash = bytes.size() * 0xD6E8FEB86659FD93u;
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= 8; at += 8, left -= 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, at, 8);
        hash = mix(hash, eight);
    }
    std::uint64_t rest = 0;
    for (std::size_t i = 0; i < left; ++i)
        rest = rest << 8 | static_cast<unsigned char>(at[i]);
    hash = mix(hash, rest) * 0xFF51AFD7ED558CCDu;
    return hash ^ hash >> 32;
}

void TokenTable::add(std::string_view bytes, TokenId id)
{
    if ((m_count + 1) * 2 > m_slots.size())
        grow();
    const auto index = static_cast<std::size_t>(id);
    if (index >= m_entries.size())
        m_entries.resize(index + 1);
    m_entries[index] = {static_cast<std::uint32_t>(m_bytes.size()), static_cast<std::uint32_t>(bytes.size()),
                        true};
    m_bytes.append(bytes);
    place(hashOfBytes(bytes), id);
    ++m_count;
}

void TokenTable::place(std::uint64_t hash, TokenId id)
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = hash & mask;
    while (m_slots[slot].id != -1)
        slot = (slot + 1) & mask;
    m_slots[slot] = {static_cast<std::uint32_t>(hash >> 32), id};
}

void TokenTable::grow()
{
    m_slots.assign(m_slots.empty() ? 1024 : m_slots.size() * 4, Slot{});
    for (std::size_t id = 0; id < m_entries.size(); ++id) {
        if (m_entries[id].present)
            place(hashOfBytes(bytes(static_cast<TokenId>(id))), static_cast<TokenId>(id));
    }
}

TokenId TokenTable::find(std::string_view wanted, std::uint64_t hash) const
{
    if (m_slots.empty())
        return -1;
    const std::size_t mask = m_slots.size() - 1;
    const auto upper = static_cast<std::uint32_t>(hash >> 32);
    for (std::size_t slot = hash & mask; m_slots[slot].id != -1; slot = (slot + 1) & mask) {
        if (m_slots[slot].hash == upper && bytes(m_slots[slot].id) == wanted)
            return m_slots[slot].id;
    }
    return -1;
}

bool TokenTable::has(TokenId id) const
{
    return id >= 0 && static_cast<std::size_t>(id) < m_entries.size() &&
           m_entries[static_cast<std::size_t>(id)].present;
}

std::string_view TokenTable::bytes(TokenId id) const
{
    if (!has(id))
        return {};
    const Entry& entry = m_entries[static_cast<std::size_t>(id)];
    return {m_bytes.data() + entry.begin, entry.length};
}

} // namespace lens
