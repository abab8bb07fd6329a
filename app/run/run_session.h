// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// One run in view: what it is, what state it is in, and the way to ask it for something. Everything shown is
// derived from the run's folder (journal and lock); a click changes nothing here but the list of commands
// that wait for their answer. GUI thread; files are read by a RunFollower on the files thread.
#pragma once

#include "app/run/run_follower.h"
#include "app/run/run_supervisor.h"
#include "app/run/worker_thread.h"
#include "core/protocol/command.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace lens {

class RunSession : public QObject {
    Q_OBJECT

public:
    RunSession(const QString& runFolder, RunSupervisor& supervisor, WorkerThread& files,
               QObject* parent = nullptr);
    ~RunSession() override;

    const QString& folder() const { return m_folder; }
    const RunDescription& description() const { return m_description; }
    const RunStatus& status() const { return m_status; }
    // False until the folder was read once.
    bool known() const { return m_known; }
    // An engine was started and has not written its first word yet: no command can be for it.
    bool starting() const { return m_starting; }
    // A command of this kind was sent and not answered yet.
    bool waitingFor(Verb verb) const;
    const QString& logTail() const { return m_logTail; }

    // Starts the run, or continues it from its newest checkpoint.
    void start();
    void resumeFromCheckpoint();
    // Commands to the live engine.
    void pause();
    void unpause();
    void checkpointNow();
    void stopAndSave();
    // SIGKILL to the process that holds the lock, if it runs on this machine; else killRefused.
    void killEngine();
    void readDescriptionAgain();

signals:
    void described();
    void statusChanged();
    void eventsArrived(const lens::Events& events);
    void samplesArrived(const lens::SampleRecords& samples);
    void startFailed(const QString& reason);
    void killRefused(const QString& reason);
    void commandSent(lens::Verb verb);
    void commandAnswered(lens::Verb verb, const QString& result, const QString& reason);
    // No answer for a while (a step may be long); asked again every time this passes.
    void commandOverdue(lens::Verb verb, int seconds);

private:
    struct Waiting {
        Verb verb;
        double sentAt; // monotonic seconds
        bool overdueTold = false;
    };

    void connectFollower();
    void connectSupervisor();
    void send(Verb verb);
    void onEvents(const Events& events);
    void onStatus(const RunStatus& status);
    void answer(const Event& event);
    void dropWaiting(const QString& reason);
    void checkOverdue();

    QString m_folder;
    RunSupervisor& m_supervisor;
    RunFollower* m_follower; // lives in the files thread
    RunDescription m_description;
    RunStatus m_status;
    QHash<QString, Waiting> m_waiting;
    QTimer m_overdue;
    QString m_logTail;
    bool m_known = false;
    bool m_starting = false;
};

} // namespace lens
