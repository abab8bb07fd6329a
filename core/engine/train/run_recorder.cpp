// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/run_recorder.h"

namespace lens {

RunRecorder::RunRecorder(RunWriter& metrics, RunJournal& journal, ProgressSink& progress,
                         std::vector<std::string> moduleNames, const WatchOptions& options)
    : m_metrics(metrics)
    , m_journal(journal)
    , m_progress(progress)
    , m_moduleNames(std::move(moduleNames))
    , m_watch(options)
{
}

void RunRecorder::record(const MetricsRow& row, bool store, const std::string& nonFiniteTensor)
{
    if (store)
        m_metrics.append(row);
    tell(m_watch.add(row, nonFiniteTensor));
}

void RunRecorder::record(ModulesRow row)
{
    tell(m_watch.addModules(row, m_moduleNames));
    m_metrics.append(std::move(row));
}

void RunRecorder::finish()
{
    tell(m_watch.finish());
}

void RunRecorder::tell(const std::vector<Finding>& findings)
{
    for (const Finding& finding : findings) {
        m_journal.write(EventType::Finding, toJson(finding));
        const std::string line = "step " + std::to_string(finding.lastStep) + ": " + finding.text;
        if (finding.severity == Severity::Notice)
            m_progress.note(line);
        else
            m_progress.warning(line);
    }
}

} // namespace lens
