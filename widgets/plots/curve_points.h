// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What of a curve is drawn: every point where there are few, smallest and largest value per pixel column
// where there are many. Spikes are never lost, and the count of points depends on the width alone.
#pragma once

#include "widgets/plots/metric_columns.h"

#include <vector>

namespace lens {

struct CurvePoints {
    std::vector<double> x;
    std::vector<double> y; // NaN = gap

    void clear()
    {
        x.clear();
        y.clear();
    }
    void add(double px, double py)
    {
        x.push_back(px);
        y.push_back(py);
    }
    // The other's points, not connected with these.
    void addBehindGap(const CurvePoints& other);
};

enum class CurveKind { Raw, Smoothed };

// Adds the points of x in [low, high], and one more on either side, for `pixels` columns.
void addCurvePoints(CurvePoints& points, const ColumnBranch& branch, Series series, CurveKind kind,
                    XAxis axis, double low, double high, int pixels);

// Smallest and largest finite value drawn between low and high.
ValueRange visibleRange(const ColumnBranch& branch, Series series, CurveKind kind, XAxis axis, double low,
                        double high);

// x of the values that are not finite, at most one a pixel column.
void addNotFinite(std::vector<double>& marks, const ColumnBranch& branch, Series series, XAxis axis,
                  double low, double high, int pixels);

} // namespace lens
