// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/store/row_summary.h"

#include "core/base/digest.h"
#include "core/store/layout.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace lens {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

} // namespace

void RowSummary::add(const MetricsRow& row, bool active)
{
    addToLevels(row, active);
    ++m_rows;
    if (!active)
        return;
    m_steps = std::max(m_steps, row.step);
    m_seconds = row.seconds;
    for (std::size_t i = 0; i < kSeriesCount; ++i) {
        if (const auto value = row.get(static_cast<Series>(i)))
            m_last[i] = value;
    }
    const auto loss = row.get(Series::EvalLoss);
    if (loss && std::isfinite(*loss) && (!m_bestEvalLoss || *loss < *m_bestEvalLoss)) {
        m_bestEvalLoss = loss;
        m_bestEvalStep = row.step;
    }
}

void RowSummary::addToLevels(const MetricsRow& row, bool active)
{
    const bool starts = m_rows % layout::kLodRows == 0;
    for (std::size_t i = 0; i < kSeriesCount; ++i) {
        LevelColumn& column = m_levels[i];
        if (starts) {
            column.low.push_back(kNone);
            column.high.push_back(kNone);
        }
        const auto value = row.get(static_cast<Series>(i));
        if (!active || !value || !std::isfinite(*value))
            continue;
        // fmin and fmax prefer the number over NaN.
        column.low.back() = std::fmin(column.low.back(), *value);
        column.high.back() = std::fmax(column.high.back(), *value);
    }
}

void RowDigest::add(std::uint64_t segment, const MetricsRow& row)
{
    struct {
        std::uint64_t segment, step, present;
        double seconds;
        std::array<double, kSeriesCount> values;
    } record{segment, row.step, row.present, row.seconds, {}};
    for (std::size_t i = 0; i < kSeriesCount; ++i)
        record.values[i] = row.has(static_cast<Series>(i)) ? row.values[i] : 0;
    m_scalars = crc32Of(std::as_bytes(std::span(&record, 1)), m_scalars);
    ++m_rows;
}

void RowDigest::add(std::uint64_t segment, const ModulesRow& row)
{
    const struct {
        std::uint64_t segment, step;
        double seconds;
    } record{segment, row.step, row.seconds};
    m_modules = crc32Of(std::as_bytes(std::span(&record, 1)), m_modules);
    m_modules = crc32Of(std::as_bytes(std::span(row.values)), m_modules);
    ++m_modulesRows;
}

} // namespace lens
