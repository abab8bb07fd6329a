// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Takes the rows of numbers: to the metrics file, to the detectors, and the detectors' findings to the
// journal and the terminal. Training thread only.
#pragma once

#include "core/analysis/run_watch.h"
#include "core/engine/train/progress_sink.h"
#include "core/engine/train/run_journal.h"
#include "core/store/run_writer.h"

#include <string>
#include <vector>

namespace lens {

class RunRecorder {
public:
    RunRecorder(RunWriter& metrics, RunJournal& journal, ProgressSink& progress,
                std::vector<std::string> moduleNames, const WatchOptions& options);

    // Every step once, in order. `store`: not only the detectors get it (monitor.every_steps).
    // `nonFiniteTensor`: where the gradient of this step was not finite first, if it was.
    void record(const MetricsRow& row, bool store, const std::string& nonFiniteTensor = {});
    void record(ModulesRow row);
    // The run ends: what was still under way.
    void finish();

    // The detectors' memory, for checkpoints.
    Json watchState() const { return m_watch.state(); }
    // Throws Error if it is not such a state.
    void restore(const Json& watchState) { m_watch.restore(watchState); }

private:
    void tell(const std::vector<Finding>& findings);

    RunWriter& m_metrics;
    RunJournal& m_journal;
    ProgressSink& m_progress;
    std::vector<std::string> m_moduleNames;
    RunWatch m_watch;
};

} // namespace lens
