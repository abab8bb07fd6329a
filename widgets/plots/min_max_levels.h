// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Smallest and largest finite value of any range of a growing column, from levels of blocks that are computed
// once. A range costs the logarithm of its length. The values themselves stay with the caller: unlike
// core/metrics/decimation.h, which keeps x and y of its own, one set of levels serves all three x axes of a
// stack.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace lens {

struct ValueRange {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    bool empty() const { return low > high; }
    // Ignores what is not finite.
    void include(double value)
    {
        if (value - value == 0) {
            low = value < low ? value : low;
            high = value > high ? value : high;
        }
    }
    void include(const ValueRange& other)
    {
        low = other.low < low ? other.low : low;
        high = other.high > high ? other.high : high;
    }
};

class MinMaxLevels {
public:
    static constexpr std::size_t kBlock = 16;

    void append(double value);
    // Of values[begin, end); `values` are those appended, in that order.
    ValueRange range(std::span<const double> values, std::size_t begin, std::size_t end) const;

private:
    ValueRange levelRange(std::size_t level, std::size_t begin, std::size_t end) const;

    std::size_t m_size = 0;
    std::vector<std::vector<ValueRange>>
        m_levels; // level k: blocks of kBlock^(k+1) values, the last may grow
};

} // namespace lens
