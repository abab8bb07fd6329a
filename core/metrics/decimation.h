// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A curve of any number of points as a plot can draw it: the smallest and the largest value of every pixel
// column. NaN and infinite values are never dropped silently: a bucket says how many it holds, and the plot
// marks them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lens {

// The points of one pixel column; columns without points give no bucket.
struct PlotBucket {
    double xFirst = 0; // of its first and last point
    double xLast = 0;
    double low = 0; // of its finite values; NaN if there are none
    double high = 0;
    std::uint32_t count = 0;     // points
    std::uint32_t nonFinite = 0; // of them NaN or infinite
    bool operator==(const PlotBucket&) const = default;
};

// Points with xMin ≤ x ≤ xMax in `columns` equal columns, and the nearest point on either side in buckets of
// their own, so that lines run to the edges. x does not decrease. O(points).
std::vector<PlotBucket> decimated(std::span<const double> x, std::span<const double> y, double xMin,
                                  double xMax, std::size_t columns);

// The same for a curve that grows, in O(columns · log points): minima and maxima of 16, 256, 4096 … points
// are kept. About 18 bytes a point. Not thread-safe.
class MinMaxPyramid {
public:
    // x must not be smaller than the last one (nor NaN); such points are refused (false).
    bool append(double x, double y);
    // Drops the points from this index on (steps that a later engine start made anew).
    void truncate(std::size_t size);
    void clear() { truncate(0); }

    std::size_t size() const { return m_x.size(); }
    double x(std::size_t index) const { return m_x[index]; }
    double y(std::size_t index) const { return m_y[index]; }
    std::span<const double> xs() const { return m_x; }
    std::span<const double> ys() const { return m_y; }
    // Index of the first point with that x or more; size() if there is none.
    std::size_t lowerBound(double x) const;
    // Index of the point whose x is nearest; size() if there are no points.
    std::size_t nearest(double x) const;

    std::vector<PlotBucket> query(double xMin, double xMax, std::size_t columns) const;
    // Low, high and counts of points [begin, end); xFirst and xLast too.
    PlotBucket range(std::size_t begin, std::size_t end) const;

private:
    struct Node {
        double low;
        double high;
        std::uint32_t nonFinite;
    };

    Node nodeOf(std::size_t level, std::size_t index) const;
    Node summary(std::size_t level, std::size_t begin, std::size_t end) const;
    static Node merged(const Node& a, const Node& b);

    std::vector<double> m_x;
    std::vector<double> m_y;
    // [0]: of 16 points each, [1]: of 256 …; a level exists while the one below it has more than 16 entries.
    std::vector<std::vector<Node>> m_levels;
};

} // namespace lens
