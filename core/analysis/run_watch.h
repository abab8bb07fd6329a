// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The detector that goes along with training: numbers in, findings out, each once. Used by the engine's
// monitor; its state is kept in checkpoints, so that a resumed run finds what the uninterrupted one would
// have. Pure: no clock, no files. Definitions: ../shared/reference/metrics.md, "Curves and anomalies".
#pragma once

#include "core/analysis/finding.h"
#include "core/analysis/learning_check.h"
#include "core/analysis/overfitting_check.h"
#include "core/analysis/spike_detector.h"
#include "core/metrics/metrics_row.h"

#include <string>
#include <vector>

namespace lens {

struct WatchOptions {
    std::uint64_t warmupSteps = 0; // of the learning rate schedule
    SpikeRule loss;
    SpikeRule gradient{.relativeFloor = 0.5}; // its norm scatters more from batch to batch
};

class RunWatch {
public:
    explicit RunWatch(const WatchOptions& options = {});

    // Each step once, in order. `nonFiniteTensor`: the first tensor that held a NaN or infinite value, if
    // known. An evaluation loss in the row is looked at too; addEvaluation() for the same step does nothing
    // then.
    std::vector<Finding> add(const MetricsRow& row, const std::string& nonFiniteTensor = {});
    std::vector<Finding> addModules(const ModulesRow& row, const std::vector<std::string>& names);
    std::vector<Finding> addEvaluation(std::uint64_t step, double loss);
    // At the end of the run: spikes that are under way.
    std::vector<Finding> finish();

    Json state() const;
    // Throws Error if it is not a state that state() gave.
    void restore(const Json& state);

private:
    void checkFinite(const MetricsRow& row, const std::string& tensor, std::vector<Finding>& findings);
    bool isToBeReported(std::uint64_t step);

    SpikeDetector m_loss;
    SpikeDetector m_gradient;
    LearningCheck m_learning;
    OverfittingCheck m_overfitting;
    double m_learningRate = std::numeric_limits<double>::quiet_NaN();
    std::uint64_t m_nonFiniteSteps = 0;
    std::uint64_t m_lastNonFinite = 0;         // step; 0: none
    std::uint64_t m_lastReportedNonFinite = 0; // likewise
};

} // namespace lens
