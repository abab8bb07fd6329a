// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Starts engines. An engine gets its own session, no pipe and no terminal: its output goes to engine.log, and
// it outlives the window, a hang-up and the window's death by any signal. Nobody is its parent, so whether it
// lives is asked of run.lock, never of the process. GUI thread; starting itself happens on a pool thread.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

namespace lens {

class RunSupervisor : public QObject {
    Q_OBJECT

public:
    explicit RunSupervisor(QString engineProgram, QObject* parent = nullptr);

    const QString& engineProgram() const { return m_engineProgram; }
    // First start of a prepared folder (it holds config.json), or the continuation of one that was started.
    void start(const QString& runFolder);
    void resume(const QString& runFolder);

signals:
    void started(const QString& runFolder, qint64 pid);
    void startFailed(const QString& runFolder, const QString& reason);

private:
    void launch(const QString& runFolder, const QStringList& arguments);

    QString m_engineProgram;
};

// Starts `program` detached with stdout and stderr appended to `logFile`; returns its pid. Throws Error.
qint64 startDetached(const QString& program, const QStringList& arguments, const QString& logFile);

} // namespace lens
