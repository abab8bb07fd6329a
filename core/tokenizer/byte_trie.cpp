// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/byte_trie.h"

#include <bit>

namespace lens {

ByteTrie::ByteTrie() : m_values(1, kNoValue)
{
    grow();
}

void ByteTrie::add(std::string_view text, std::int32_t value)
{
    std::uint32_t node = kRoot;
    for (const char byte : text) {
        std::uint32_t child = step(node, byte);
        if (child == kNowhere) {
            child = static_cast<std::uint32_t>(m_values.size());
            m_values.push_back(kNoValue);
            if (m_values.size() * 2 > m_slots.size())
                grow();
            place(keyOf(node, byte), child);
        }
        node = child;
    }
    m_values[node] = value;
}

void ByteTrie::place(std::uint64_t key, std::uint32_t child)
{
    std::size_t slot = slotOf(key);
    while (m_slots[slot].key != kFree)
        slot = (slot + 1) & m_mask;
    m_slots[slot] = {key, child};
}

void ByteTrie::grow()
{
    const std::vector<Slot> old = std::move(m_slots);
    m_slots.assign(old.empty() ? 64 : old.size() * 4, Slot{});
    m_mask = m_slots.size() - 1;
    m_shift = 64u - static_cast<unsigned>(std::countr_zero(m_slots.size()));
    for (const Slot& slot : old) {
        if (slot.key != kFree)
            place(slot.key, slot.child);
    }
}

std::optional<ByteTrie::Found> ByteTrie::longestAt(std::string_view text, std::size_t at) const
{
    std::optional<Found> found;
    std::uint32_t node = kRoot;
    for (std::size_t end = at; end < text.size();) {
        node = step(node, text[end++]);
        if (node == kNowhere)
            break;
        if (m_values[node] != kNoValue)
            found = Found{end - at, m_values[node]};
    }
    return found;
}

} // namespace lens
