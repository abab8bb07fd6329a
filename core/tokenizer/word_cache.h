// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The tokens of recently seen short words: a direct-mapped cache, one per thread.
#pragma once

#include "core/tokenizer/bpe_merger.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace lens {

class WordCache {
public:
    // Appends the word's symbols to `out` and returns true if the word is here.
    bool find(std::string_view word, std::uint64_t hash, std::vector<Symbol>& out) const;
    // Words or results that are too long are not kept.
    void keep(std::string_view word, std::uint64_t hash, const Symbol* symbols, std::size_t count);

private:
    static constexpr std::size_t kFewEntries = 1 << 8; // for the first words; 3 MB are not free
    static constexpr std::size_t kEntries = 1 << 15;
    static constexpr std::size_t kMaxWord = 31;
    static constexpr std::size_t kMaxSymbols = 12;

    struct Entry {
        std::uint8_t wordLength = 0; // 0: free
        std::array<char, kMaxWord> word;
        std::uint8_t count = 0;
        std::array<std::uint8_t, kMaxSymbols> begins;
        std::array<std::uint8_t, kMaxSymbols> ends;
        std::array<TokenId, kMaxSymbols> ids;
    };
    void makeRoom();

    std::vector<Entry> m_entries; // a power of two; none before the first word kept
    std::size_t m_kept = 0;       // since the table was made
};

} // namespace lens
