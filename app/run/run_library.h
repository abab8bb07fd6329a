// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The runs the window knows: those of the library folder and folders opened beside it. Rows arrive by signal
// from a scanning thread; renaming, tagging, making and deleting happen on pool threads and come back as
// changed rows. GUI thread.
#pragma once

#include "app/run/library_scanner.h"
#include "app/run/worker_thread.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace lens {

class RunLibrary : public QObject {
    Q_OBJECT

public:
    explicit RunLibrary(QObject* parent = nullptr);
    ~RunLibrary() override;

    // Scans at once (on the thread) and keeps looking.
    void setFolder(const QString& libraryFolder);
    const QString& folder() const { return m_folder; }
    // A run that lies somewhere else.
    void openForeign(const QString& runFolder);
    void lookAgain();

    const QHash<QString, RunSummary>& runs() const { return m_runs; }
    int liveCount() const;

    void rename(const QString& runFolder, const QString& name);
    void setTags(const QString& runFolder, const QStringList& tags);
    // Creates <library>/<run-id>/ with config.json in it; answered by runCreated.
    void createRun(const RunConfig& config);
    // Not while an engine lives in it; answered by runDeleted or by failed.
    void moveToTrash(const QString& runFolder);

signals:
    void rowsChanged(const lens::RunSummaries& rows, const QStringList& gone);
    void scanned(int runs);
    void measured(const lens::LibraryFacts& facts);
    void runCreated(const QString& runFolder);
    void runDeleted(const QString& runFolder);
    void failed(const QString& what);

private:
    void onRows(const RunSummaries& rows, const QStringList& gone);
    void changeLabels(const QString& runFolder, std::function<void()> change);

    WorkerThread m_thread;
    LibraryScanner* m_scanner; // lives in m_thread, deleted there
    QString m_folder;
    QHash<QString, RunSummary> m_runs; // by folder
};

} // namespace lens
