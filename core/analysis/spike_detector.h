// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Finds values that stand out upwards from the recent ones: more than `sigmas` robust standard deviations
// (1.4826 · MAD) and more than `relativeFloor` of the median above the median of the last `window` finite
// values. Values found so are kept out of the window. Consecutive ones are one spike; a series that stays up
// for `patience` values has shifted: the window starts anew there. Falling never counts, NaN and infinite
// values are not looked at.
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <deque>
#include <optional>

namespace lens {

struct SpikeRule {
    std::size_t window = 128;
    std::size_t fewest = 20; // values before anything is judged
    double sigmas = 6;
    double relativeFloor = 0.1;
    double absoluteFloor = 1e-6;
    std::size_t patience = 20;
};

struct Spike {
    std::uint64_t firstStep = 0;
    std::uint64_t lastStep = 0;
    double peak = 0;
    std::uint64_t peakStep = 0;
    double median = 0;    // of the window when it began
    double threshold = 0; // likewise
    bool stays = false;   // it lasted for `patience` values and is the new level
};

class SpikeDetector {
public:
    explicit SpikeDetector(SpikeRule rule = {});

    // A spike that ended before this value, or has lasted too long with it.
    std::optional<Spike> add(std::uint64_t step, double value);
    // The one under way, at the end of the run.
    std::optional<Spike> finish();

    Json state() const;
    void restore(const Json& state);

private:
    void extend(std::uint64_t step, double value);

    SpikeRule m_rule;
    std::deque<double> m_window;
    std::deque<double> m_run; // the values of the spike under way
    std::optional<Spike> m_spike;
};

} // namespace lens
