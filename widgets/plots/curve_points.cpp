// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/plots/curve_points.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lens {

namespace {

// Places of the curve from the last one before `low` to the first one behind `high`.
std::pair<std::size_t, std::size_t> visiblePlaces(const std::vector<double>& x, const ValueCurve& curve,
                                                  double low, double high)
{
    const auto firstRow = static_cast<std::size_t>(std::lower_bound(x.begin(), x.end(), low) - x.begin());
    const auto endRow = static_cast<std::size_t>(std::upper_bound(x.begin(), x.end(), high) - x.begin());
    const std::size_t first = curve.lowerPlace(firstRow);
    const std::size_t end = curve.lowerPlace(endRow);
    return {first == 0 ? 0 : first - 1, std::min(end + 1, curve.size())};
}

// The first row from `row` on with x > edge, looked for in growing strides: it is near.
std::size_t rowBehind(const std::vector<double>& x, std::size_t row, double edge)
{
    std::size_t stride = 1;
    std::size_t low = row;
    while (low + stride < x.size() && x[low + stride] <= edge) {
        low += stride;
        stride *= 2;
    }
    const auto end = x.begin() + static_cast<std::ptrdiff_t>(std::min(low + stride, x.size()));
    return static_cast<std::size_t>(
        std::upper_bound(x.begin() + static_cast<std::ptrdiff_t>(low), end, edge) - x.begin());
}

// Smallest and largest of one pixel column, in the order that makes the shorter line from the one before.
// Half a column apart, so that a slope stays a slope and does not become stairs.
void addColumn(CurvePoints& points, double x, double width, const ValueRange& range, double& before)
{
    if (range.empty()) {
        points.add(x, std::numeric_limits<double>::quiet_NaN());
        return;
    }
    const bool highFirst = std::abs(range.high - before) < std::abs(range.low - before);
    const double first = highFirst ? range.high : range.low;
    const double second = highFirst ? range.low : range.high;
    points.add(x - width / 4, first);
    if (second != first) {
        points.add(x + width / 4, second);
    }
    before = second;
}

} // namespace

void CurvePoints::addBehindGap(const CurvePoints& other)
{
    if (!x.empty() && !other.x.empty()) {
        add(other.x.front(), std::numeric_limits<double>::quiet_NaN());
    }
    x.insert(x.end(), other.x.begin(), other.x.end());
    y.insert(y.end(), other.y.begin(), other.y.end());
}

void addCurvePoints(CurvePoints& points, const ColumnBranch& branch, Series series, CurveKind kind,
                    XAxis axis, double low, double high, int pixels)
{
    const ValueCurve& curve = branch.curve(series);
    const std::vector<double>& x = branch.x(axis);
    if (curve.size() == 0 || pixels < 1 || !(high > low)) {
        return;
    }
    const bool raw = kind == CurveKind::Raw;
    const std::vector<double>& values = raw ? curve.values() : curve.smoothed();
    const MinMaxLevels& levels = raw ? curve.levels() : curve.smoothedLevels();
    const auto [first, end] = visiblePlaces(x, curve, low, high);
    if (end - first <= static_cast<std::size_t>(pixels) * 2) {
        for (std::size_t i = first; i < end; ++i) {
            points.add(x[curve.row(i)],
                       std::isfinite(values[i]) ? values[i] : std::numeric_limits<double>::quiet_NaN());
        }
        return;
    }
    const double columnWidth = (high - low) / pixels;
    double before = 0;
    std::size_t place = first;
    for (int column = 0; column < pixels && place < end; ++column) {
        const double edge = column + 1 == pixels ? high : low + columnWidth * (column + 1);
        std::size_t next = std::min(end, curve.lowerPlace(rowBehind(x, curve.row(place), edge)));
        // Whole blocks of the levels, where that moves the border of a column by less than a quarter of it.
        if (next < end && next - place >= 4 * MinMaxLevels::kBlock) {
            next -= next % MinMaxLevels::kBlock;
        }
        if (next > place) {
            addColumn(points, low + columnWidth * (column + 0.5), columnWidth,
                      levels.range(values, place, next), before);
            place = next;
        }
    }
}

ValueRange visibleRange(const ColumnBranch& branch, Series series, CurveKind kind, XAxis axis, double low,
                        double high)
{
    const ValueCurve& curve = branch.curve(series);
    if (curve.size() == 0) {
        return {};
    }
    const bool raw = kind == CurveKind::Raw;
    const auto [first, end] = visiblePlaces(branch.x(axis), curve, low, high);
    return raw ? curve.levels().range(curve.values(), first, end)
               : curve.smoothedLevels().range(curve.smoothed(), first, end);
}

void addNotFinite(std::vector<double>& marks, const ColumnBranch& branch, Series series, XAxis axis,
                  double low, double high, int pixels)
{
    const ValueCurve& curve = branch.curve(series);
    const std::vector<double>& x = branch.x(axis);
    const std::vector<std::uint32_t>& places = curve.notFinite();
    const double columnWidth = (high - low) / std::max(pixels, 1);
    const auto xOf = [&](std::uint32_t place) { return x[curve.row(place)]; };
    auto next = std::lower_bound(places.begin(), places.end(), low,
                                 [&](std::uint32_t p, double v) { return xOf(p) < v; });
    while (next != places.end() && xOf(*next) <= high) {
        marks.push_back(xOf(*next));
        const double beyond = xOf(*next) + columnWidth;
        next = std::upper_bound(next, places.end(), beyond,
                                [&](double v, std::uint32_t p) { return v < xOf(p); });
    }
}

} // namespace lens
