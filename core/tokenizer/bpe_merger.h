// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The merging loop of BPE: of all neighbours the pair of the lowest rank is joined first, the leftmost among
// equals, until none is left. Holds its working memory; one per thread.
#pragma once

#include "core/tokenizer/merge_table.h"

#include <vector>

namespace lens {

// A token inside a word: its id and bytes [begin, end) of the word.
struct Symbol {
    TokenId id = -1;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

class BpeMerger {
public:
    // Merges in place. O(n²) with a tiny constant for short words, O(n log n) for long ones.
    void merge(std::vector<Symbol>& symbols, const MergeTable& merges);

private:
    void mergeShort(std::vector<Symbol>& symbols, const MergeTable& merges);
    void mergeLong(std::vector<Symbol>& symbols, const MergeTable& merges);

    struct Link {
        std::uint32_t previous = 0;
        std::uint32_t next = 0; // past the end: none
    };
    struct Candidate {
        std::uint32_t rank = 0;
        std::uint32_t left = 0;
        TokenId joined = -1;
        // For a heap whose top is the lowest rank, then the leftmost.
        bool operator<(const Candidate& other) const
        {
            return rank != other.rank ? rank > other.rank : left > other.left;
        }
    };
    void propose(const std::vector<Symbol>& symbols, std::uint32_t left, const MergeTable& merges);

    std::vector<Merge> m_found; // of symbol i with i + 1
    std::vector<Link> m_links;
    std::vector<Candidate> m_heap;
};

} // namespace lens
