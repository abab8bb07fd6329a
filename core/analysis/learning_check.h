// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Tells which adapted modules learn once the warm-up of the schedule is over. A module is idle in a row if
// its B is still 0, or its update is nothing (below 1e-12 of ‖W₀‖, or below a thousandth of the modules'
// median). Gradients of A are never asked: they are 0 at the first step of every run. Rows where the learning
// rate is 0 do not count.
#pragma once

#include "core/analysis/finding.h"
#include "core/metrics/metrics_row.h"

#include <optional>
#include <string>
#include <vector>

namespace lens {

class LearningCheck {
public:
    explicit LearningCheck(std::uint64_t warmupSteps);

    std::optional<Finding> add(const ModulesRow& row, const std::vector<std::string>& names,
                               double learningRate);

    Json state() const;
    void restore(const Json& state);

private:
    Finding notLearning(const ModulesRow& row, const std::vector<std::string>& names,
                        const std::vector<std::size_t>& idle) const;

    std::uint64_t m_warmupSteps;
    std::vector<int> m_idleRows;   // by module: consecutive rows
    std::vector<char> m_reported;  // by module
    int m_rows = 0;                // judged, up to the first verdict
    std::uint64_t m_firstStep = 0; // of them
};

} // namespace lens
