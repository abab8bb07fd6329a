// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/bpe_merger.h"

#include <algorithm>

namespace lens {
namespace {

constexpr std::size_t kShortWord = 48;

} // namespace

void BpeMerger::merge(std::vector<Symbol>& symbols, const MergeTable& merges)
{
    if (symbols.size() < 2)
        return;
    if (symbols.size() <= kShortWord)
        mergeShort(symbols, merges);
    else
        mergeLong(symbols, merges);
}

void BpeMerger::mergeShort(std::vector<Symbol>& symbols, const MergeTable& merges)
{
    m_found.clear();
    for (std::size_t i = 0; i + 1 < symbols.size(); ++i)
        m_found.push_back(merges.find(symbols[i].id, symbols[i + 1].id));
    while (!m_found.empty()) {
        std::size_t best = 0;
        for (std::size_t i = 1; i < m_found.size(); ++i) {
            if (m_found[i].rank < m_found[best].rank)
                best = i;
        }
        if (!m_found[best].exists())
            return;
        symbols[best].id = m_found[best].joined;
        symbols[best].end = symbols[best + 1].end;
        symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(best) + 1);
        m_found.erase(m_found.begin() + static_cast<std::ptrdiff_t>(best));
        if (best > 0)
            m_found[best - 1] = merges.find(symbols[best - 1].id, symbols[best].id);
        if (best < m_found.size())
            m_found[best] = merges.find(symbols[best].id, symbols[best + 1].id);
    }
}

void BpeMerger::propose(const std::vector<Symbol>& symbols, std::uint32_t left, const MergeTable& merges)
{
    const Merge merge = merges.find(symbols[left].id, symbols[m_links[left].next].id);
    if (!merge.exists())
        return;
    m_heap.push_back({merge.rank, left, merge.joined});
    std::push_heap(m_heap.begin(), m_heap.end());
}

// Symbols that were joined into their left neighbour keep their place with id -1; candidates made stale by a
// merge are told by their result and dropped.
void BpeMerger::mergeLong(std::vector<Symbol>& symbols, const MergeTable& merges)
{
    const auto count = static_cast<std::uint32_t>(symbols.size());
    m_links.resize(count);
    m_heap.clear();
    for (std::uint32_t i = 0; i < count; ++i)
        m_links[i] = {i - 1, i + 1};
    for (std::uint32_t i = 0; i + 1 < count; ++i)
        propose(symbols, i, merges);
    while (!m_heap.empty()) {
        std::pop_heap(m_heap.begin(), m_heap.end());
        const Candidate top = m_heap.back();
        m_heap.pop_back();
        const std::uint32_t right = m_links[top.left].next;
        if (symbols[top.left].id < 0 || right >= count ||
            merges.find(symbols[top.left].id, symbols[right].id).joined != top.joined)
            continue;
        symbols[top.left].id = top.joined;
        symbols[top.left].end = symbols[right].end;
        symbols[right].id = -1;
        m_links[top.left].next = m_links[right].next;
        if (m_links[right].next < count) {
            m_links[m_links[right].next].previous = top.left;
            propose(symbols, top.left, merges);
        }
        if (top.left > 0)
            propose(symbols, m_links[top.left].previous, merges);
    }
    std::erase_if(symbols, [](const Symbol& symbol) { return symbol.id < 0; });
}

} // namespace lens
