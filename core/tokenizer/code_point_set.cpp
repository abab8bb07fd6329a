// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/code_point_set.h"

#include <algorithm>

namespace lens {

CodePointSet::CodePointSet(std::initializer_list<Range> ranges)
{
    for (const Range& range : ranges)
        add(range);
}

void CodePointSet::add(Range range)
{
    if (m_ranges.empty() || range.first > m_ranges.back().last + 1) {
        m_ranges.push_back(range);
        return;
    }
    // All ranges that touch the new one become one with it.
    const auto first = std::lower_bound(m_ranges.begin(), m_ranges.end(), range.first,
                                        [](const Range& one, char32_t c) { return one.last + 1 < c; });
    auto last = first;
    while (last != m_ranges.end() && last->first <= range.last + 1) {
        range = {std::min(range.first, last->first), std::max(range.last, last->last)};
        ++last;
    }
    m_ranges.insert(m_ranges.erase(first, last), range);
}

bool CodePointSet::contains(char32_t codePoint) const
{
    const auto found = std::lower_bound(m_ranges.begin(), m_ranges.end(), codePoint,
                                        [](const Range& one, char32_t c) { return one.last < c; });
    return found != m_ranges.end() && found->first <= codePoint;
}

std::size_t CodePointSet::size() const
{
    std::size_t count = 0;
    for (const Range& range : m_ranges)
        count += range.last - range.first + 1;
    return count;
}

CodePointSet CodePointSet::operator|(const CodePointSet& other) const
{
    std::vector<Range> both(m_ranges.size() + other.m_ranges.size());
    std::merge(m_ranges.begin(), m_ranges.end(), other.m_ranges.begin(), other.m_ranges.end(), both.begin(),
               [](const Range& a, const Range& b) { return a.first < b.first; });
    CodePointSet united;
    for (const Range& range : both) {
        if (!united.empty() && range.first <= united.m_ranges.back().last + 1)
            united.m_ranges.back().last = std::max(united.m_ranges.back().last, range.last);
        else
            united.m_ranges.push_back(range);
    }
    return united;
}

CodePointSet CodePointSet::operator&(const CodePointSet& other) const
{
    CodePointSet common;
    auto mine = m_ranges.begin();
    auto theirs = other.m_ranges.begin();
    while (mine != m_ranges.end() && theirs != other.m_ranges.end()) {
        const Range both{std::max(mine->first, theirs->first), std::min(mine->last, theirs->last)};
        if (both.first <= both.last)
            common.m_ranges.push_back(both);
        if (mine->last < theirs->last)
            ++mine;
        else
            ++theirs;
    }
    return common;
}

CodePointSet CodePointSet::operator~() const
{
    CodePointSet rest;
    char32_t next = 0;
    for (const Range& range : m_ranges) {
        if (range.first > next)
            rest.m_ranges.push_back({next, range.first - 1});
        next = range.last + 1;
    }
    if (next <= kLastCodePoint)
        rest.m_ranges.push_back({next, kLastCodePoint});
    return rest;
}

} // namespace lens
