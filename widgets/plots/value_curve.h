// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// One series' values with the rows they stand in, their debiased smoothing and the min/max levels of both.
#pragma once

#include "core/metrics/smoothing.h"
#include "widgets/plots/min_max_levels.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace lens {

class ValueCurve {
public:
    // Without a weight nothing is smoothed, and smoothed() stays empty.
    explicit ValueCurve(std::optional<double> smoothing);

    // Rows grow strictly.
    void append(std::uint32_t row, double value);
    // What stands in rows from `row` on, renumbered from 0; this curve keeps the rest.
    ValueCurve splitAtRow(std::uint32_t row);
    // Computes the smoothed values again, if the curve is smoothed at all and the weight differs.
    void setSmoothing(double weight);

    std::size_t size() const { return m_values.size(); }
    std::uint32_t row(std::size_t i) const { return m_rows[i]; }
    const std::vector<std::uint32_t>& rows() const { return m_rows; }
    const std::vector<double>& values() const { return m_values; }
    const MinMaxLevels& levels() const { return m_levels; }
    const std::vector<double>& smoothed() const { return m_smoothed; }
    const MinMaxLevels& smoothedLevels() const { return m_smoothedLevels; }
    // Places (in values()) of NaN and infinite values.
    const std::vector<std::uint32_t>& notFinite() const { return m_notFinite; }
    // The first place whose row is >= row.
    std::size_t lowerPlace(std::size_t row) const;

private:
    void smoothOne(double value);

    std::optional<double> m_weight;
    DebiasedSmoothing m_smoothing;
    std::vector<std::uint32_t> m_rows;
    std::vector<double> m_values;
    std::vector<double> m_smoothed;
    std::vector<std::uint32_t> m_notFinite;
    MinMaxLevels m_levels;
    MinMaxLevels m_smoothedLevels;
};

} // namespace lens
