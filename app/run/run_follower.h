// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Reads one run's journal, samples and lock again and again on the files thread. The inside of RunSession.
#pragma once

#include "app/run/run_description.h"
#include "app/run/sample_record.h"
#include "core/base/journal.h"
#include "core/protocol/command.h"
#include "core/run/run_status.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <optional>
#include <vector>

namespace lens {

using Events = std::vector<Event>;

class RunFollower : public QObject {
    Q_OBJECT

public:
    explicit RunFollower(const QString& runFolder);

    void begin();
    // An engine was started with this pid: until its lock is seen, or the process is gone, look often.
    void expectEngine(qint64 pid);
    void readDescription();
    // Appends to commands.jsonl.
    void send(const Command& command);

signals:
    void described(const lens::RunDescription& description);
    void eventsRead(const lens::Events& events);
    void samplesRead(const lens::SampleRecords& samples);
    void statusRead(const lens::RunStatus& status);
    // The started engine has shown itself by a word in the journal.
    void engineSeen();
    // It went away without one.
    void engineVanished(const QString& logTail);
    void endTailRead(const QString& logTail);
    void commandFailed(const QString& commandId, const QString& reason);

private:
    void poll();
    void readEvents();
    void readSamples();
    void watchStart(bool locked);
    void publish(const std::optional<LockHolder>& holder);

    RunPaths m_paths;
    JournalReader m_events;
    JournalReader m_samples;
    StatusFold m_fold;
    std::optional<RunStatus> m_published;
    QTimer* m_timer;
    std::optional<qint64> m_expectedPid;
    std::string m_wordBefore; // time of the last event before it was started
    QElapsedTimer m_expectedSince;
};

// The last whole lines of a text file, at most `lines` of them and 8 KiB; empty if there is none.
QString tailOf(const std::filesystem::path& file, int lines);
// Whether a process of that id exists and is no zombie.
bool processLives(qint64 pid);

} // namespace lens
