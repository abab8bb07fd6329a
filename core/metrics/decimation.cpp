// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/metrics/decimation.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lens {
namespace {

constexpr std::size_t kFan = 16;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// Cuts the visible points into columns and asks for each one's bucket. `find(x, from)` gives the first index
// from `from` on whose x is at least x; `make(begin, end)` the bucket of these points.
template <typename Find, typename Make>
std::vector<PlotBucket> inColumns(std::size_t size, double xMin, double xMax, std::size_t columns, Find find,
                                  Make make)
{
    std::vector<PlotBucket> buckets;
    if (size == 0 || !std::isfinite(xMin) || !std::isfinite(xMax) || xMin > xMax)
        return buckets;
    columns = std::max<std::size_t>(columns, 1);
    buckets.reserve(columns + 2);
    const std::size_t begin = find(xMin, 0);
    const std::size_t end = find(std::nextafter(xMax, std::numeric_limits<double>::infinity()), begin);
    if (begin > 0)
        buckets.push_back(make(begin - 1, begin));
    std::size_t from = begin;
    for (std::size_t column = 0; column < columns && from < end; ++column) {
        const double edge =
            xMin + (xMax - xMin) * static_cast<double>(column + 1) / static_cast<double>(columns);
        const std::size_t to = column + 1 == columns ? end : std::min(find(edge, from), end);
        if (to > from)
            buckets.push_back(make(from, to));
        from = to;
    }
    if (end < size)
        buckets.push_back(make(end, end + 1));
    return buckets;
}

} // namespace

std::vector<PlotBucket> decimated(std::span<const double> x, std::span<const double> y, double xMin,
                                  double xMax, std::size_t columns)
{
    const std::size_t size = std::min(x.size(), y.size());
    const auto find = [&](double edge, std::size_t from) {
        while (from < size && x[from] < edge)
            ++from;
        return from;
    };
    const auto make = [&](std::size_t begin, std::size_t end) {
        PlotBucket bucket{x[begin], x[end - 1], kNone, kNone, static_cast<std::uint32_t>(end - begin), 0};
        for (std::size_t i = begin; i < end; ++i) {
            if (!std::isfinite(y[i])) {
                ++bucket.nonFinite;
                continue;
            }
            bucket.low = std::fmin(bucket.low, y[i]); // the number where one is NaN
            bucket.high = std::fmax(bucket.high, y[i]);
        }
        return bucket;
    };
    return inColumns(size, xMin, xMax, columns, find, make);
}

bool MinMaxPyramid::append(double x, double y)
{
    if (std::isnan(x) || (!m_x.empty() && x < m_x.back()))
        return false;
    m_x.push_back(x);
    m_y.push_back(y);
    const Node point = nodeOf(0, m_y.size() - 1);
    std::size_t below = m_y.size();
    for (std::size_t level = 0; below > kFan; ++level) {
        const std::size_t count = (below + kFan - 1) / kFan;
        if (level == m_levels.size()) {
            m_levels.emplace_back();
            for (std::size_t i = 0; i < count; ++i)
                m_levels[level].push_back(summary(level, i * kFan, std::min((i + 1) * kFan, below)));
        } else if (count > m_levels[level].size()) {
            m_levels[level].push_back(point);
        } else {
            m_levels[level].back() = merged(m_levels[level].back(), point);
        }
        below = count;
    }
    return true;
}

void MinMaxPyramid::truncate(std::size_t size)
{
    if (size >= m_x.size())
        return;
    m_x.resize(size);
    m_y.resize(size);
    std::size_t below = size;
    std::size_t level = 0;
    for (; level < m_levels.size() && below > kFan; ++level) {
        const std::size_t count = (below + kFan - 1) / kFan;
        m_levels[level].resize(count);
        m_levels[level].back() = summary(level, (count - 1) * kFan, below);
        below = count;
    }
    m_levels.resize(level);
}

std::size_t MinMaxPyramid::lowerBound(double x) const
{
    return static_cast<std::size_t>(std::lower_bound(m_x.begin(), m_x.end(), x) - m_x.begin());
}

std::size_t MinMaxPyramid::nearest(double x) const
{
    const std::size_t above = lowerBound(x);
    if (above == 0 || m_x.empty())
        return above;
    if (above == m_x.size())
        return above - 1;
    return x - m_x[above - 1] <= m_x[above] - x ? above - 1 : above;
}

std::vector<PlotBucket> MinMaxPyramid::query(double xMin, double xMax, std::size_t columns) const
{
    const auto find = [this](double edge, std::size_t from) {
        const auto start = m_x.begin() + static_cast<std::ptrdiff_t>(from);
        return static_cast<std::size_t>(std::lower_bound(start, m_x.end(), edge) - m_x.begin());
    };
    return inColumns(m_x.size(), xMin, xMax, columns, find,
                     [this](std::size_t begin, std::size_t end) { return range(begin, end); });
}

PlotBucket MinMaxPyramid::range(std::size_t begin, std::size_t end) const
{
    PlotBucket bucket{m_x[begin], m_x[end - 1], kNone, kNone, static_cast<std::uint32_t>(end - begin), 0};
    Node total{kNone, kNone, 0};
    // Upwards from both ends: what does not fill a node of the next level is taken at this one.
    std::size_t level = 0;
    while (begin < end) {
        const bool hasNext = level < m_levels.size();
        const std::size_t firstFull = (begin + kFan - 1) / kFan * kFan;
        const std::size_t lastFull = end / kFan * kFan;
        if (!hasNext || firstFull >= lastFull) {
            total = merged(total, summary(level, begin, end));
            break;
        }
        total = merged(total, summary(level, begin, firstFull));
        total = merged(total, summary(level, lastFull, end));
        begin = firstFull / kFan;
        end = lastFull / kFan;
        ++level;
    }
    bucket.low = total.low;
    bucket.high = total.high;
    bucket.nonFinite = total.nonFinite;
    return bucket;
}

// Level 0 are the points themselves, level l + 1 the nodes of m_levels[l].
MinMaxPyramid::Node MinMaxPyramid::nodeOf(std::size_t level, std::size_t index) const
{
    if (level > 0)
        return m_levels[level - 1][index];
    const double value = m_y[index];
    return std::isfinite(value) ? Node{value, value, 0} : Node{kNone, kNone, 1};
}

MinMaxPyramid::Node MinMaxPyramid::summary(std::size_t level, std::size_t begin, std::size_t end) const
{
    Node total{kNone, kNone, 0};
    for (std::size_t i = begin; i < end; ++i)
        total = merged(total, nodeOf(level, i));
    return total;
}

MinMaxPyramid::Node MinMaxPyramid::merged(const Node& a, const Node& b)
{
    return {std::fmin(a.low, b.low), std::fmax(a.high, b.high), a.nonFinite + b.nonFinite};
}

} // namespace lens
