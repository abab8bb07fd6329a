// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/plots/value_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lens {

ValueCurve::ValueCurve(std::optional<double> smoothing) : m_weight(smoothing) {}

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

// TensorBoard's debiased exponential mean: values that are not finite leave a gap and do not count.
void ValueCurve::smoothOne(double value)
{
    if (!m_weight) {
        return;
    }
    double shown = std::numeric_limits<double>::quiet_NaN();
    if (std::isfinite(value)) {
        m_last = *m_weight * m_last + (1 - *m_weight) * value;
        m_remaining *= *m_weight;
        shown = m_last / (1 - m_remaining);
    }
    m_smoothed.push_back(shown);
    m_smoothedLevels.append(shown);
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
    m_last = 0;
    m_remaining = 1;
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
