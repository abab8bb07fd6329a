// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Tells when the evaluation loss rises while the training loss still falls: the last three evaluations are
// all more than 1.5 % above the best one, and the Theil–Sen slope of the training loss (mean per interval
// between evaluations) since then is negative. Reported once per best evaluation.
#pragma once

#include "core/analysis/finding.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace lens {

class OverfittingCheck {
public:
    void addTrainLoss(double loss);
    // An evaluation that is not later than the one before is ignored.
    std::optional<Finding> addEvaluation(std::uint64_t step, double loss);

    Json state() const;
    void restore(const Json& state);

private:
    struct Evaluation {
        std::uint64_t step = 0;
        double loss = 0;
        double trainLoss = 0; // mean since the evaluation before; NaN if there was none
    };

    double trainSlope() const;

    std::vector<Evaluation> m_sinceBest; // the best evaluation first
    double m_trainSum = 0;
    std::uint64_t m_trainCount = 0;
    std::optional<std::uint64_t> m_lastStep;
    bool m_reported = false;
};

} // namespace lens
