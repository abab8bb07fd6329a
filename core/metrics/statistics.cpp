// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/metrics/statistics.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>

namespace lens {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

std::vector<double> finiteOf(std::span<const double> values)
{
    std::vector<double> finite;
    finite.reserve(values.size());
    std::copy_if(values.begin(), values.end(), std::back_inserter(finite),
                 [](double value) { return std::isfinite(value); });
    return finite;
}

double medianOf(std::vector<double>& values)
{
    if (values.empty())
        return kUndefined;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1)
        return *middle;
    return std::midpoint(*std::max_element(values.begin(), middle), *middle);
}

} // namespace

double median(std::span<const double> values)
{
    std::vector<double> finite = finiteOf(values);
    return medianOf(finite);
}

double quantile(std::span<const double> values, double q)
{
    std::vector<double> finite = finiteOf(values);
    if (finite.empty() || std::isnan(q))
        return kUndefined;
    std::sort(finite.begin(), finite.end());
    const double place = std::clamp(q, 0.0, 1.0) * static_cast<double>(finite.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, finite.size() - 1);
    return std::lerp(finite[below], finite[above], place - static_cast<double>(below));
}

RobustScale robustScale(std::span<const double> values)
{
    std::vector<double> work = finiteOf(values);
    const double center = medianOf(work);
    for (double& value : work)
        value = std::fabs(value - center);
    return {center, kMadToSigma * medianOf(work)};
}

double medianAbsoluteDeviation(std::span<const double> values)
{
    return robustScale(values).sigma / kMadToSigma;
}

double robustZ(double value, std::span<const double> values)
{
    const RobustScale scale = robustScale(values);
    if (std::isnan(scale.center) || value == scale.center)
        return value == scale.center ? 0 : kUndefined;
    return (value - scale.center) / scale.sigma;
}

double theilSenSlope(std::span<const double> x, std::span<const double> y)
{
    std::vector<double> slopes;
    const std::size_t count = std::min(x.size(), y.size());
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = i + 1; j < count; ++j) {
            const double slope = (y[j] - y[i]) / (x[j] - x[i]);
            if (x[j] != x[i] && std::isfinite(slope))
                slopes.push_back(slope);
        }
    }
    return medianOf(slopes);
}

} // namespace lens
