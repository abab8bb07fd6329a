// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Tokens by their bytes and by their id, in flat memory: looked up once for every word of a text.
#pragma once

#include "core/tokenizer/tokenizer.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lens {

// Ids of a file beyond this are refused: tables are as long as the largest id.
inline constexpr std::int64_t kMaxTokenId = (1 << 22) - 1;

// A good, fast hash of a few bytes; not for keys an attacker may choose to collide at any price.
std::uint64_t hashOfBytes(std::string_view bytes);

class TokenTable {
public:
    // The bytes must be new, and so must the id (see find, has).
    void add(std::string_view bytes, TokenId id);

    TokenId find(std::string_view bytes) const { return find(bytes, hashOfBytes(bytes)); } // kNoToken: none
    TokenId find(std::string_view bytes, std::uint64_t hash) const;
    bool has(TokenId id) const;
    std::string_view bytes(TokenId id) const; // empty if there is no such id
    std::size_t size() const { return m_count; }
    std::size_t idLimit() const { return m_entries.size(); } // largest id + 1

private:
    struct Entry {
        std::uint32_t begin = 0;
        std::uint32_t length = 0;
        bool present = false;
    };
    struct Slot {
        std::uint32_t hash = 0;
        TokenId id = -1;
    };
    void grow();
    void place(std::uint64_t hash, TokenId id);

    std::string m_bytes;
    std::vector<Entry> m_entries; // by id
    std::vector<Slot> m_slots;    // power of two, linear probing
    std::size_t m_count = 0;
};

} // namespace lens
