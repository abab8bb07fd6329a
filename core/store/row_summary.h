// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What a consolidated file says about its rows as a whole: the summary attributes, the min/max levels, and
// the checksum by which it is verified. Private to core/store.
#pragma once

#include "core/metrics/metrics_row.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace lens {

// Of finite values of active rows; NaN where there are none.
struct LevelColumn {
    std::vector<double> low;
    std::vector<double> high;
};

class RowSummary {
public:
    // Rows in the order of the file.
    void add(const MetricsRow& row, bool active);

    std::uint64_t rows() const { return m_rows; }
    std::uint64_t steps() const { return m_steps; }
    double seconds() const { return m_seconds; }
    // The value at the last active row that has one.
    std::optional<double> last(Series series) const { return m_last[static_cast<std::size_t>(series)]; }
    std::optional<double> bestEvalLoss() const { return m_bestEvalLoss; }
    std::uint64_t bestEvalStep() const { return m_bestEvalStep; }
    // One entry per layout::kLodRows rows.
    const LevelColumn& levels(Series series) const { return m_levels[static_cast<std::size_t>(series)]; }

private:
    void addToLevels(const MetricsRow& row, bool active);

    std::uint64_t m_rows = 0;
    std::uint64_t m_steps = 0;
    double m_seconds = 0;
    std::array<std::optional<double>, kSeriesCount> m_last;
    std::optional<double> m_bestEvalLoss;
    std::uint64_t m_bestEvalStep = 0;
    std::array<LevelColumn, kSeriesCount> m_levels;
};

// The same rows in the same order give the same value; values that are not present do not count.
class RowDigest {
public:
    void add(std::uint64_t segment, const MetricsRow& row);
    void add(std::uint64_t segment, const ModulesRow& row);
    bool operator==(const RowDigest&) const = default;

private:
    std::uint64_t m_rows = 0;
    std::uint64_t m_modulesRows = 0;
    std::uint32_t m_scalars = 0;
    std::uint32_t m_modules = 0;
};

} // namespace lens
