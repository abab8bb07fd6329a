// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Order statistics that outliers cannot move. Only finite values count everywhere; a result that is undefined
// (no values) is NaN.
#pragma once

#include <span>
#include <vector>

namespace lens {

// 1.4826 ≈ 1 / Φ⁻¹(3/4): makes the MAD of a normal distribution its standard deviation.
inline constexpr double kMadToSigma = 1.482602218505602;

// The mean of the two middle values where their number is even.
double median(std::span<const double> values);
// Linear between order statistics (Hyndman and Fan type 7, as numpy's default); 0 ≤ q ≤ 1.
double quantile(std::span<const double> values, double q);
// Median of |value − median|, not scaled.
double medianAbsoluteDeviation(std::span<const double> values);

struct RobustScale {
    double center = 0; // median
    double sigma = 0;  // kMadToSigma · MAD
};
RobustScale robustScale(std::span<const double> values);

// (value − median) / (kMadToSigma · MAD) among `values`; ±infinity where the MAD is 0 and the value is not
// the median, 0 where it is.
double robustZ(double value, std::span<const double> values);

// Median of the slopes between all pairs with different x (Theil 1950, Sen 1968): O(n²), for up to some
// hundred points. NaN with fewer than two.
double theilSenSlope(std::span<const double> x, std::span<const double> y);

} // namespace lens
