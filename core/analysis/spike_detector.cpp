// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/analysis/spike_detector.h"

#include "core/metrics/statistics.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace lens {

SpikeDetector::SpikeDetector(SpikeRule rule) : m_rule(rule) {}

std::optional<Spike> SpikeDetector::add(std::uint64_t step, double value)
{
    if (!std::isfinite(value))
        return std::nullopt;
    if (m_window.size() >= m_rule.fewest) {
        const std::vector<double> values(m_window.begin(), m_window.end());
        const RobustScale scale = robustScale(values);
        const double threshold =
            scale.center + std::max({m_rule.sigmas * scale.sigma,
                                     m_rule.relativeFloor * std::fabs(scale.center), m_rule.absoluteFloor});
        if (value > threshold) {
            if (!m_spike)
                m_spike = Spike{step, step, value, step, scale.center, threshold, false};
            extend(step, value);
            if (m_run.size() < m_rule.patience)
                return std::nullopt;
            m_window = std::exchange(m_run, {});
            m_spike->stays = true;
            return std::exchange(m_spike, std::nullopt);
        }
    }
    m_run.clear();
    m_window.push_back(value);
    if (m_window.size() > m_rule.window)
        m_window.pop_front();
    return std::exchange(m_spike, std::nullopt);
}

void SpikeDetector::extend(std::uint64_t step, double value)
{
    m_run.push_back(value);
    m_spike->lastStep = step;
    if (value > m_spike->peak) {
        m_spike->peak = value;
        m_spike->peakStep = step;
    }
}

std::optional<Spike> SpikeDetector::finish()
{
    m_run.clear();
    return std::exchange(m_spike, std::nullopt);
}

Json SpikeDetector::state() const
{
    Json state{{"window", m_window}, {"run", m_run}};
    if (m_spike)
        state["spike"] = {{"first_step", m_spike->firstStep},
                          {"last_step", m_spike->lastStep},
                          {"peak", m_spike->peak},
                          {"peak_step", m_spike->peakStep},
                          {"median", m_spike->median},
                          {"threshold", m_spike->threshold}};
    return state;
}

void SpikeDetector::restore(const Json& state)
{
    m_window = state.at("window").get<std::deque<double>>();
    m_run = state.at("run").get<std::deque<double>>();
    m_spike.reset();
    if (!state.contains("spike"))
        return;
    const Json& spike = state.at("spike");
    m_spike = Spike{spike.at("first_step").get<std::uint64_t>(),
                    spike.at("last_step").get<std::uint64_t>(),
                    spike.at("peak").get<double>(),
                    spike.at("peak_step").get<std::uint64_t>(),
                    spike.at("median").get<double>(),
                    spike.at("threshold").get<double>(),
                    false};
}

} // namespace lens
