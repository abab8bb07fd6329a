// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/merge_table.h"

#include <bit>

namespace lens {

MergeTable::MergeTable(std::size_t expected)
    : m_slots(std::bit_ceil(expected * 8 / 5 + 2))
    , m_mask(m_slots.size() - 1)
    , m_shift(64u - static_cast<unsigned>(std::countr_zero(m_slots.size())))
{
}

void MergeTable::add(TokenId left, TokenId right, Merge merge)
{
    const std::uint64_t key = keyOf(left, right);
    std::size_t slot = slotOf(key);
    while (m_slots[slot].key != kEmpty && m_slots[slot].key != key)
        slot = (slot + 1) & m_mask;
    m_slots[slot] = {key, merge};
}

} // namespace lens
