// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/run/run_figures.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lens {
namespace {

constexpr std::size_t kShortPace = 20;
constexpr std::size_t kLongPace = 200;
constexpr std::size_t kRates = 20;

} // namespace

FiguresFold::FiguresFold(double smoothing) : m_smoothing(smoothing) {}

void FiguresFold::setSmoothing(double smoothing)
{
    m_smoothing = smoothing;
}

void FiguresFold::add(const MetricsBatch& batch)
{
    for (const auto& part : batch.parts) {
        if (part.newSegment)
            forgetPace();
        for (const MetricsRow& row : part.rows)
            add(row);
    }
}

// The pace of an earlier engine says nothing about this one.
void FiguresFold::forgetPace()
{
    m_paces.clear();
    m_rates.clear();
}

void FiguresFold::add(const MetricsRow& row)
{
    m_figures.step = row.step;
    m_figures.seconds = row.seconds;
    if (const auto loss = row.get(Series::TrainLoss))
        addLoss(*loss);
    const auto keep = [&row](Series series, std::optional<double>& value) {
        if (row.has(series))
            value = row.get(series);
    };
    keep(Series::Epoch, m_figures.epoch);
    keep(Series::ResidentBytes, m_figures.residentBytes);
    keep(Series::ResidentPeakBytes, m_figures.residentPeakBytes);
    keep(Series::DeviceLiveBytes, m_figures.deviceBytes);
    keep(Series::DevicePeakBytes, m_figures.devicePeakBytes);
    if (const auto rate = row.get(Series::TokensPerSecond); rate && std::isfinite(*rate)) {
        m_rates.push_back(*rate);
        if (m_rates.size() > kRates)
            m_rates.pop_front();
        m_figures.tokensPerSecond =
            std::accumulate(m_rates.begin(), m_rates.end(), 0.0) / static_cast<double>(m_rates.size());
    }
    m_paces.push_back({row.step, row.seconds});
    if (m_paces.size() > kLongPace + 1)
        m_paces.pop_front();
}

// Debiased as in core/metrics: non-finite values pass by.
void FiguresFold::addLoss(double loss)
{
    if (!std::isfinite(loss))
        return;
    m_mean = m_smoothing * m_mean + (1 - m_smoothing) * loss;
    m_meanWeight *= m_smoothing;
    m_figures.smoothedLoss = m_mean / (1 - m_meanWeight);
}

std::optional<SecondsRange> FiguresFold::timeLeft(std::uint64_t totalSteps) const
{
    if (m_paces.size() < 3 || totalSteps < m_figures.step)
        return std::nullopt;
    const auto secondsPerStep = [this](std::size_t rows) {
        const Pace& newest = m_paces.back();
        const Pace& old = m_paces[m_paces.size() - 1 - std::min(rows, m_paces.size() - 1)];
        const double steps = static_cast<double>(newest.step) - static_cast<double>(old.step);
        return steps > 0 ? (newest.seconds - old.seconds) / steps : 0;
    };
    const double left = static_cast<double>(totalSteps - m_figures.step);
    const double recent = secondsPerStep(kShortPace) * left;
    const double longer = secondsPerStep(kLongPace) * left;
    return SecondsRange{0.97 * std::min(recent, longer), 1.03 * std::max(recent, longer)};
}

} // namespace lens
