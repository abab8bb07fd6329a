// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/plots/metric_columns.h"

#include <algorithm>

namespace lens {

namespace {

bool holds(std::uint64_t mask, std::size_t series)
{
    return (mask >> series) & 1u;
}

} // namespace

ColumnBranch::ColumnBranch(const ColumnChoice& choice) : m_choice(choice)
{
    m_curves.reserve(kSeriesCount);
    for (std::size_t i = 0; i < kSeriesCount; ++i) {
        m_curves.emplace_back(holds(choice.smoothed, i) ? std::optional(choice.weight) : std::nullopt);
    }
}

void ColumnBranch::append(const MetricsRow& row)
{
    const auto index = static_cast<std::uint32_t>(m_steps.size());
    m_steps.push_back(static_cast<double>(row.step));
    // A clock that was set back must not turn the axis round.
    m_seconds.push_back(m_seconds.empty() ? row.seconds : std::max(m_seconds.back(), row.seconds));
    const double before = m_tokens.empty() ? 0 : m_tokens.back();
    m_tokens.push_back(std::max(before, row.get(Series::Tokens).value_or(before)));
    for (std::size_t i = 0; i < kSeriesCount; ++i) {
        if (holds(m_choice.kept & row.present, i)) {
            m_curves[i].append(index, row.values[i]);
        }
    }
}

std::unique_ptr<ColumnBranch> ColumnBranch::splitAt(std::size_t row)
{
    auto tail = std::make_unique<ColumnBranch>(m_choice);
    const auto move = [row](std::vector<double>& from, std::vector<double>& to) {
        to.assign(from.begin() + static_cast<std::ptrdiff_t>(row), from.end());
        from.resize(row);
    };
    move(m_steps, tail->m_steps);
    move(m_seconds, tail->m_seconds);
    move(m_tokens, tail->m_tokens);
    for (std::size_t i = 0; i < kSeriesCount; ++i) {
        tail->m_curves[i] = m_curves[i].splitAtRow(static_cast<std::uint32_t>(row));
    }
    return tail;
}

void ColumnBranch::setSmoothing(double weight)
{
    m_choice.weight = weight;
    for (ValueCurve& curve : m_curves) {
        curve.setSmoothing(weight);
    }
}

const std::vector<double>& ColumnBranch::x(XAxis axis) const
{
    return axis == XAxis::Step ? m_steps : axis == XAxis::Elapsed ? m_seconds : m_tokens;
}

std::optional<std::size_t> ColumnBranch::rowAt(XAxis axis, double value) const
{
    const std::vector<double>& column = x(axis);
    const auto above = std::upper_bound(column.begin(), column.end(), value);
    return above == column.begin() ? std::nullopt
                                   : std::optional(static_cast<std::size_t>(above - column.begin()) - 1);
}

MetricColumns::MetricColumns(const ColumnChoice& choice)
    : m_choice(choice)
    , m_live(std::make_unique<ColumnBranch>(choice))
{
}

void MetricColumns::setChoice(const ColumnChoice& choice)
{
    m_choice = choice;
    clear();
}

void MetricColumns::append(std::span<const MetricsRow> rows)
{
    for (const MetricsRow& row : rows) {
        const std::vector<double>& steps = m_live->x(XAxis::Step);
        if (!steps.empty() && static_cast<double>(row.step) <= steps.back()) {
            supersedeFrom(row.step);
        }
        m_live->append(row);
    }
}

void MetricColumns::supersedeFrom(std::uint64_t step)
{
    const std::vector<double>& steps = m_live->x(XAxis::Step);
    const auto first = std::lower_bound(steps.begin(), steps.end(), static_cast<double>(step));
    if (first != steps.end()) {
        m_superseded.push_back(m_live->splitAt(static_cast<std::size_t>(first - steps.begin())));
    }
}

void MetricColumns::clear()
{
    m_live = std::make_unique<ColumnBranch>(m_choice);
    m_superseded.clear();
}

void MetricColumns::setSmoothing(double weight)
{
    m_choice.weight = std::clamp(weight, 0.0, 0.999);
    m_live->setSmoothing(m_choice.weight);
}

double MetricColumns::newest(XAxis axis) const
{
    return m_live->rowCount() == 0 ? 0 : m_live->x(axis).back();
}

} // namespace lens
