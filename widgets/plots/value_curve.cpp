// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/plots/value_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lens {

ValueCurve::ValueCurve(std::optional<double> smoothing)
    : m_weight(smoothing)
    , m_smoothing(smoothing.value_or(0))
{
}

void ValueCurve::append(std::uint32_t row, double value)
{
    if (!std::isfinite(value)) {
        m_notFinite.push_back(static_cast<std::uint32_t>(m_values.size()));
    }
    m_rows.push_back(row);
    m_values.push_back(value);
    m_levels.append(value);
    smoothOne(value);
}

void ValueCurve::smoothOne(double value)
{
    if (!m_weight) {
        return;
    }
    // A value that is not finite leaves a gap in the smoothed curve as in the raw one.
    const double smoothed = m_smoothing.add(value);
    m_smoothed.push_back(std::isfinite(smoothed) ? smoothed : std::numeric_limits<double>::quiet_NaN());
    m_smoothedLevels.append(smoothed);
}

ValueCurve ValueCurve::splitAtRow(std::uint32_t row)
{
    const std::size_t place = lowerPlace(row);
    ValueCurve tail(m_weight);
    for (std::size_t i = place; i < m_values.size(); ++i) {
        tail.append(m_rows[i] - row, m_values[i]);
    }
    ValueCurve head(m_weight);
    for (std::size_t i = 0; i < place; ++i) {
        head.append(m_rows[i], m_values[i]);
    }
    *this = std::move(head);
    return tail;
}

void ValueCurve::setSmoothing(double weight)
{
    if (!m_weight || weight == *m_weight) {
        return;
    }
    m_weight = weight;
    m_smoothing = DebiasedSmoothing(weight);
    m_smoothed.clear();
    m_smoothedLevels = {};
    for (const double value : m_values) {
        smoothOne(value);
    }
}

std::size_t ValueCurve::lowerPlace(std::size_t row) const
{
    // Most series have a value in every row; then the place is the row.
    if (row < m_rows.size() && m_rows[row] == row) {
        return row;
    }
    return static_cast<std::size_t>(std::lower_bound(m_rows.begin(), m_rows.end(), row) - m_rows.begin());
}

} // namespace lens
