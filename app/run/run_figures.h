// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The key figures of a run that come from its rows, folded as they arrive (the best evaluation comes from the
// journal). No Qt, no clock: tested with plain numbers.
#pragma once

#include "core/metrics/metrics_row.h"
#include "core/store/run_reader.h"

#include <cstdint>
#include <deque>
#include <optional>

namespace lens {

struct RunFigures {
    std::uint64_t step = 0;
    std::optional<double> epoch;
    std::optional<double> smoothedLoss;
    std::optional<double> tokensPerSecond; // mean of the newest steps
    std::optional<double> residentBytes;
    std::optional<double> residentPeakBytes;
    std::optional<double> deviceBytes; // live, where there is a GPU
    std::optional<double> devicePeakBytes;
    double seconds = 0; // of training, pauses left out
};

struct SecondsRange {
    double low = 0;
    double high = 0;
};

class FiguresFold {
public:
    // Weight of the debiased exponential mean, 0 to below 1.
    explicit FiguresFold(double smoothing);

    void add(const MetricsBatch& batch);
    // Another weight, from the next row on.
    void setSmoothing(double smoothing);
    const RunFigures& figures() const { return m_figures; }
    // Time to go from the pace of the newest 20 and the newest 200 steps; absent before there are three rows.
    std::optional<SecondsRange> timeLeft(std::uint64_t totalSteps) const;

private:
    struct Pace {
        std::uint64_t step;
        double seconds;
    };

    void add(const MetricsRow& row);
    void addLoss(double loss);
    void forgetPace();

    double m_smoothing;
    double m_mean = 0;        // not yet debiased
    double m_meanWeight = 1;  // smoothing^count: what debiasing divides by is 1 − this
    std::deque<Pace> m_paces; // newest last
    std::deque<double> m_rates;
    RunFigures m_figures;
};

} // namespace lens
