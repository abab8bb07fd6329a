// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The inside of RunLibrary, on its own thread: looks at the library folder and at folders opened beside it,
// and tells which rows are new, changed or gone. A journal is read once and then followed.
#pragma once

#include "app/run/run_description.h"
#include "core/base/journal.h"
#include "core/run/run_status.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>
#include <vector>

class QFileSystemWatcher;

namespace lens {

// One row of the library.
struct RunSummary {
    RunDescription description;
    RunStatus status;
    bool foreign = false; // opened from outside the library folder
};
using RunSummaries = std::vector<RunSummary>;

struct LibraryFacts {
    quint64 usedBytes = 0;
    quint64 freeBytes = 0;
};

class LibraryScanner : public QObject {
    Q_OBJECT

public:
    LibraryScanner();
    ~LibraryScanner() override;

    void setFolder(const QString& libraryFolder);
    void addForeign(const QString& runFolder);
    void scan();
    void lookAt(const QString& runFolder);

signals:
    void rowsRead(const lens::RunSummaries& rows, const QStringList& gone);
    void scanned(int runs);
    void measured(const lens::LibraryFacts& facts);

private:
    struct Followed;

    void scanSoon();
    void lookAtLive();
    void measure();
    QStringList runFolders() const;
    std::optional<RunSummary> refreshed(const QString& runFolder);

    QString m_folder;
    QStringList m_foreign;
    std::map<QString, std::unique_ptr<Followed>> m_runs;
    QFileSystemWatcher* m_watcher;
    QTimer* m_fullTimer;
    QTimer* m_liveTimer;
    QTimer* m_measureTimer;
};

} // namespace lens
