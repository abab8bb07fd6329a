// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/metrics/smoothing.h"

#include <algorithm>
#include <cmath>

namespace lens {
namespace {

constexpr double kLargestWeight = 1 - 1e-6;

} // namespace

DebiasedSmoothing::DebiasedSmoothing(double weight)
    : m_weight(std::isnan(weight) ? 0 : std::clamp(weight, 0.0, kLargestWeight))
{
}

double DebiasedSmoothing::add(double value)
{
    if (!std::isfinite(value)) {
        m_constant = false;
        return value;
    }
    if (!m_any)
        m_first = value;
    m_any = true;
    m_constant = m_constant && value == m_first;
    m_last = m_weight * m_last + (1 - m_weight) * value;
    m_weightPower *= m_weight;
    return m_constant ? value : m_last / (1 - m_weightPower);
}

std::vector<double> smoothed(std::span<const double> values, double weight)
{
    DebiasedSmoothing smoothing(weight);
    std::vector<double> result;
    result.reserve(values.size());
    for (const double value : values)
        result.push_back(smoothing.add(value));
    return result;
}

} // namespace lens
