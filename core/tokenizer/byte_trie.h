// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Texts with a number each, found as beginnings of another text: one step a byte, in flat memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace lens {

class ByteTrie {
public:
    static constexpr std::uint32_t kRoot = 0;
    static constexpr std::uint32_t kNowhere = 0xFFFFFFFF;
    static constexpr std::int32_t kNoValue = -1;

    ByteTrie();

    // A text added twice keeps the later value (not below 0). The text must not be empty.
    void add(std::string_view text, std::int32_t value);
    bool empty() const { return m_values.size() == 1; }

    // Where the byte leads from a node; kNowhere if no text goes on so.
    std::uint32_t step(std::uint32_t node, char byte) const
    {
        const std::uint64_t key = keyOf(node, byte);
        for (std::size_t slot = slotOf(key);; slot = (slot + 1) & m_mask) {
            if (m_slots[slot].key == key)
                return m_slots[slot].child;
            if (m_slots[slot].key == kFree)
                return kNowhere;
        }
    }
    std::int32_t value(std::uint32_t node) const { return m_values[node]; } // kNoValue: no text ends here

    // The longest of the texts that stands at a place of `text`.
    struct Found {
        std::size_t length = 0;
        std::int32_t value = kNoValue;
    };
    std::optional<Found> longestAt(std::string_view text, std::size_t at) const;

private:
    static constexpr std::uint64_t kFree = ~std::uint64_t{0};
    struct Slot {
        std::uint64_t key = kFree;
        std::uint32_t child = 0;
    };
    static std::uint64_t keyOf(std::uint32_t node, char byte)
    {
        return std::uint64_t{node} << 8 | static_cast<unsigned char>(byte);
    }
    std::size_t slotOf(std::uint64_t key) const { return (key * 0x9E3779B97F4A7C15u) >> m_shift; }
    void place(std::uint64_t key, std::uint32_t child);
    void grow();

    std::vector<Slot> m_slots;          // at most half full
    std::vector<std::int32_t> m_values; // by node
    std::size_t m_mask = 0;
    unsigned m_shift = 0;
};

} // namespace lens
