// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/run/run_library.h"

#include "app/run/background.h"
#include "core/run/run_folder.h"

#include <QFile>

#include <algorithm>

namespace lens {
namespace {

bool trashRun(const QString& runFolder)
{
    const RunPaths paths{runFolder.toStdString()};
    if (lockHolder(paths.lock()))
        throw Error("an engine is at work in this run", runFolder.toStdString(), "stop it first");
    if (!QFile::moveToTrash(runFolder))
        throw Error("cannot move to the trash", runFolder.toStdString(),
                    "the file system may have none; delete the folder by hand");
    return true;
}

} // namespace

RunLibrary::RunLibrary(QObject* parent)
    : QObject(parent)
    , m_thread(QStringLiteral("library"))
    , m_scanner(new LibraryScanner)
{
    connect(m_scanner, &LibraryScanner::rowsRead, this, &RunLibrary::onRows);
    connect(m_scanner, &LibraryScanner::scanned, this, &RunLibrary::scanned);
    connect(m_scanner, &LibraryScanner::measured, this, &RunLibrary::measured);
    m_thread.adopt(m_scanner);
}

RunLibrary::~RunLibrary() = default;

void RunLibrary::setFolder(const QString& libraryFolder)
{
    m_folder = libraryFolder;
    QMetaObject::invokeMethod(m_scanner,
                              [scanner = m_scanner, libraryFolder] { scanner->setFolder(libraryFolder); });
}

void RunLibrary::openForeign(const QString& runFolder)
{
    QMetaObject::invokeMethod(m_scanner,
                              [scanner = m_scanner, runFolder] { scanner->addForeign(runFolder); });
}

void RunLibrary::lookAgain()
{
    QMetaObject::invokeMethod(m_scanner, &LibraryScanner::scan);
}

int RunLibrary::liveCount() const
{
    return static_cast<int>(std::count_if(m_runs.begin(), m_runs.end(),
                                          [](const RunSummary& run) { return isLive(run.status.state); }));
}

void RunLibrary::onRows(const RunSummaries& rows, const QStringList& gone)
{
    for (const RunSummary& row : rows)
        m_runs.insert(row.description.folder, row);
    for (const QString& folder : gone)
        m_runs.remove(folder);
    emit rowsChanged(rows, gone);
}

void RunLibrary::changeLabels(const QString& runFolder, std::function<void()> change)
{
    inBackground(
        this,
        [change = std::move(change)] {
            change();
            return true;
        },
        [this, runFolder](const Outcome<bool>& done) {
            if (!done.value)
                emit failed(QString::fromStdString(done.text()));
            QMetaObject::invokeMethod(m_scanner,
                                      [scanner = m_scanner, runFolder] { scanner->lookAt(runFolder); });
        });
}

void RunLibrary::rename(const QString& runFolder, const QString& name)
{
    changeLabels(runFolder, [runFolder, name] { writeRunName({runFolder.toStdString()}, name); });
}

void RunLibrary::setTags(const QString& runFolder, const QStringList& tags)
{
    changeLabels(runFolder, [runFolder, tags] { writeRunTags({runFolder.toStdString()}, tags); });
}

void RunLibrary::createRun(const RunConfig& config)
{
    inBackground(
        this,
        [library = m_folder, config] {
            return QString::fromStdString(createRunFolder(library.toStdString(), config).folder.string());
        },
        [this](const Outcome<QString>& created) {
            if (!created.value)
                return emit failed(QString::fromStdString(created.text()));
            lookAgain();
            emit runCreated(*created.value);
        });
}

void RunLibrary::moveToTrash(const QString& runFolder)
{
    inBackground(
        this, [runFolder] { return trashRun(runFolder); },
        [this, runFolder](const Outcome<bool>& done) {
            if (!done.value)
                return emit failed(QString::fromStdString(done.text()));
            lookAgain();
            emit runDeleted(runFolder);
        });
}

} // namespace lens
