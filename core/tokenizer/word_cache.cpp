// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/word_cache.h"

#include <cstring>

namespace lens {

bool WordCache::find(std::string_view word, std::uint64_t hash, std::vector<Symbol>& out) const
{
    if (m_entries.empty() || word.size() > kMaxWord)
        return false;
    const Entry& entry = m_entries[hash & (m_entries.size() - 1)];
    if (entry.wordLength != word.size() || std::memcmp(entry.word.data(), word.data(), word.size()) != 0)
        return false;
    for (std::size_t i = 0; i < entry.count; ++i)
        out.push_back({entry.ids[i], entry.begins[i], entry.ends[i]});
    return true;
}

// Starts anew with a larger table once as many words were kept as it has places.
void WordCache::makeRoom()
{
    if (m_entries.empty() || (m_kept == m_entries.size() && m_entries.size() < kEntries)) {
        m_entries.assign(m_entries.empty() ? kFewEntries : kEntries, Entry{});
        m_kept = 0;
    }
    ++m_kept;
}

void WordCache::keep(std::string_view word, std::uint64_t hash, const Symbol* symbols, std::size_t count)
{
    if (word.empty() || word.size() > kMaxWord || count > kMaxSymbols)
        return;
    makeRoom();
    Entry& entry = m_entries[hash & (m_entries.size() - 1)];
    entry.wordLength = static_cast<std::uint8_t>(word.size());
    std::memcpy(entry.word.data(), word.data(), word.size());
    entry.count = static_cast<std::uint8_t>(count);
    for (std::size_t i = 0; i < count; ++i) {
        entry.ids[i] = symbols[i].id;
        entry.begins[i] = static_cast<std::uint8_t>(symbols[i].begin);
        entry.ends[i] = static_cast<std::uint8_t>(symbols[i].end);
    }
}

} // namespace lens
