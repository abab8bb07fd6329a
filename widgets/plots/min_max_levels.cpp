// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/plots/min_max_levels.h"

#include <algorithm>

namespace lens {

void MinMaxLevels::append(double value)
{
    std::size_t index = m_size++;
    for (std::size_t level = 0;; ++level) {
        index /= kBlock;
        if (level == m_levels.size()) {
            m_levels.emplace_back();
            // A new level begins with everything below it.
            if (level > 0) {
                ValueRange& all = m_levels[level].emplace_back();
                for (const ValueRange& block : m_levels[level - 1]) {
                    all.include(block);
                }
            }
        }
        std::vector<ValueRange>& blocks = m_levels[level];
        if (index == blocks.size()) {
            blocks.emplace_back();
        }
        blocks[index].include(value);
        if (blocks.size() <= 1) {
            return;
        }
    }
}

ValueRange MinMaxLevels::range(std::span<const double> values, std::size_t begin, std::size_t end) const
{
    ValueRange found;
    end = std::min(end, m_size);
    while (begin < end && begin % kBlock != 0) {
        found.include(values[begin++]);
    }
    while (begin < end && end % kBlock != 0) {
        found.include(values[--end]);
    }
    if (begin < end) {
        found.include(levelRange(0, begin / kBlock, end / kBlock));
    }
    return found;
}

ValueRange MinMaxLevels::levelRange(std::size_t level, std::size_t begin, std::size_t end) const
{
    ValueRange found;
    const std::vector<ValueRange>& blocks = m_levels[level];
    const bool last = level + 1 == m_levels.size();
    while (begin < end && (last || begin % kBlock != 0)) {
        found.include(blocks[begin++]);
    }
    while (begin < end && end % kBlock != 0) {
        found.include(blocks[--end]);
    }
    if (begin < end) {
        found.include(levelRange(level + 1, begin / kBlock, end / kBlock));
    }
    return found;
}

} // namespace lens
