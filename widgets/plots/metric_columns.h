// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The rows of one run as columns, shared by all plots of a stack: x values once, and per series its values,
// the debiased smoothing of them and the min/max levels over both. Everything grows by appending; only a new
// smoothing weight or a superseded tail computes anything again. GUI thread only.
#pragma once

#include "core/metrics/metrics_row.h"
#include "widgets/plots/value_curve.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace lens {

enum class XAxis { Step, Elapsed, Tokens };

// Which series are kept at all and which of them are smoothed: a million steps of everything is a lot of
// memory.
struct ColumnChoice {
    std::uint64_t kept = ~std::uint64_t{0};     // bit i: series i
    std::uint64_t smoothed = ~std::uint64_t{0}; // bit i: series i
    double weight = 0.9;                        // of the smoothing, 0 (raw) to 0.999
};

// Rows of one start of the engine, or what is left of them: steps grow strictly.
class ColumnBranch {
public:
    explicit ColumnBranch(const ColumnChoice& choice);

    void append(const MetricsRow& row);
    // Moves the rows from `row` on into a branch of their own.
    std::unique_ptr<ColumnBranch> splitAt(std::size_t row);
    void setSmoothing(double weight);

    std::size_t rowCount() const { return m_steps.size(); }
    const std::vector<double>& x(XAxis axis) const;
    const ValueCurve& curve(Series series) const { return m_curves[static_cast<std::size_t>(series)]; }
    // The last row with x <= value; absent where there is none.
    std::optional<std::size_t> rowAt(XAxis axis, double value) const;

private:
    ColumnChoice m_choice;
    std::vector<double> m_steps;
    std::vector<double> m_seconds;
    std::vector<double> m_tokens; // carried on where a row has none
    std::vector<ValueCurve> m_curves;
};

class MetricColumns {
public:
    explicit MetricColumns(const ColumnChoice& choice = {});

    // Rows whose step is not above the newest one supersede what was there from that step on.
    void append(std::span<const MetricsRow> rows);
    // A new start of the engine began at this step: rows from it on are kept, but stand aside.
    void supersedeFrom(std::uint64_t step);
    void clear();

    // 0 (raw) to 0.999.
    void setSmoothing(double weight);
    double smoothing() const { return m_choice.weight; }
    // Forgets all rows.
    void setChoice(const ColumnChoice& choice);
    const ColumnChoice& choice() const { return m_choice; }

    const ColumnBranch& live() const { return *m_live; }
    const std::vector<std::unique_ptr<ColumnBranch>>& superseded() const { return m_superseded; }
    bool empty() const { return m_live->rowCount() == 0 && m_superseded.empty(); }
    // Newest x of the live rows; 0 where there are none.
    double newest(XAxis axis) const;

private:
    ColumnChoice m_choice;
    std::unique_ptr<ColumnBranch> m_live;
    std::vector<std::unique_ptr<ColumnBranch>> m_superseded;
};

} // namespace lens
