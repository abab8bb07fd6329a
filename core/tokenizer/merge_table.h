// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The merges of a BPE model: (left id, right id) → rank and the id of both joined, in one flat table.
#pragma once

#include "core/tokenizer/tokenizer.h"

#include <cstdint>
#include <vector>

namespace lens {

struct Merge {
    std::uint32_t rank = kNone; // lower is merged first
    TokenId joined = -1;

    static constexpr std::uint32_t kNone = 0xFFFFFFFF;
    bool exists() const { return rank != kNone; }
};

class MergeTable {
public:
    explicit MergeTable(std::size_t expected = 0);

    // A pair given twice keeps the later rank.
    void add(TokenId left, TokenId right, Merge merge);

    Merge find(TokenId left, TokenId right) const
    {
        const std::uint64_t key = keyOf(left, right);
        for (std::size_t slot = slotOf(key);; slot = (slot + 1) & m_mask) {
            if (m_slots[slot].key == key)
                return m_slots[slot].merge;
            if (m_slots[slot].key == kEmpty)
                return {};
        }
    }

private:
    static constexpr std::uint64_t kEmpty = ~std::uint64_t{0};
    struct Slot {
        std::uint64_t key = kEmpty;
        Merge merge;
    };
    static std::uint64_t keyOf(TokenId left, TokenId right)
    {
        return std::uint64_t{static_cast<std::uint32_t>(left)} << 32 | static_cast<std::uint32_t>(right);
    }
    std::size_t slotOf(std::uint64_t key) const { return (key * 0x9E3779B97F4A7C15u) >> m_shift; }

    std::vector<Slot> m_slots; // at most 5/8 full
    std::size_t m_mask = 0;
    unsigned m_shift = 0;
};

} // namespace lens
