// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/run/library_scanner.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/run/run_folder.h"

#include <QDir>
#include <QFileInfo>
#include <QFileSystemWatcher>

#include <set>

namespace lens {
namespace {

constexpr int kFullScanMs = 15000;
constexpr int kLiveMs = 1000;
constexpr int kAgainMs[] = {300, 2000};
constexpr int kMeasureMs = 60000;
constexpr int kFirstMeasureMs = 1500; // not while the window opens

qint64 stamp(const std::filesystem::path& file)
{
    std::error_code code;
    const auto time = std::filesystem::last_write_time(file, code);
    return code ? 0 : static_cast<qint64>(time.time_since_epoch().count());
}

quint64 bytesBelow(const QString& folder)
{
    quint64 sum = 0;
    std::error_code code;
    using Walk = std::filesystem::recursive_directory_iterator;
    for (Walk entry(folder.toStdString(), code), end; !code && entry != end; entry.increment(code)) {
        std::error_code unreadable;
        if (entry->is_regular_file(unreadable))
            sum += entry->file_size(unreadable);
    }
    return sum;
}

} // namespace

// What is kept of a run between two looks.
struct LibraryScanner::Followed {
    explicit Followed(const QString& folder) : paths{folder.toStdString()}, events(paths.events()) {}

    RunPaths paths;
    JournalReader events;
    StatusFold fold;
    RunSummary summary;
    qint64 describedBy = -1; // sum of the stamps of the files the description came from
    bool told = false;
};

LibraryScanner::LibraryScanner()
    : m_watcher(new QFileSystemWatcher(this))
    , m_fullTimer(new QTimer(this))
    , m_liveTimer(new QTimer(this))
    , m_measureTimer(new QTimer(this))
{
    connect(m_watcher, &QFileSystemWatcher::directoryChanged, this, &LibraryScanner::scanSoon);
    connect(m_fullTimer, &QTimer::timeout, this, &LibraryScanner::scan);
    connect(m_liveTimer, &QTimer::timeout, this, &LibraryScanner::lookAtLive);
    connect(m_measureTimer, &QTimer::timeout, this, &LibraryScanner::measure);
}

LibraryScanner::~LibraryScanner() = default;

void LibraryScanner::setFolder(const QString& libraryFolder)
{
    if (!m_watcher->directories().isEmpty())
        m_watcher->removePaths(m_watcher->directories());
    m_folder = libraryFolder;
    QDir().mkpath(m_folder);
    m_watcher->addPath(m_folder);
    scan();
    m_fullTimer->start(kFullScanMs);
    m_liveTimer->start(kLiveMs);
    m_measureTimer->start(kMeasureMs);
    QTimer::singleShot(kFirstMeasureMs, this, &LibraryScanner::measure);
}

void LibraryScanner::addForeign(const QString& runFolder)
{
    if (!m_foreign.contains(runFolder) &&
        QFileInfo(runFolder).absolutePath() != QDir(m_folder).absolutePath())
        m_foreign << runFolder;
    lookAt(runFolder);
}

QStringList LibraryScanner::runFolders() const
{
    QStringList folders;
    for (const RunPaths& run : listRuns(m_folder.toStdString()))
        folders << QString::fromStdString(run.folder.string());
    for (const QString& folder : m_foreign)
        if (isRunFolder(folder.toStdString()))
            folders << folder;
    return folders;
}

// A new folder is told before its files are in it, so it is looked at again.
void LibraryScanner::scanSoon()
{
    scan();
    for (const int delay : kAgainMs)
        QTimer::singleShot(delay, this, &LibraryScanner::scan);
}

void LibraryScanner::scan()
{
    const QStringList folders = runFolders();
    const std::set<QString> present(folders.begin(), folders.end());
    QStringList gone;
    for (auto run = m_runs.begin(); run != m_runs.end();) {
        if (present.count(run->first)) {
            ++run;
            continue;
        }
        gone << run->first;
        run = m_runs.erase(run);
    }
    RunSummaries rows;
    for (const QString& folder : folders)
        if (auto summary = refreshed(folder))
            rows.push_back(std::move(*summary));
    if (!rows.empty() || !gone.isEmpty())
        emit rowsRead(rows, gone);
    emit scanned(static_cast<int>(folders.size()));
}

void LibraryScanner::lookAt(const QString& runFolder)
{
    if (!isRunFolder(runFolder.toStdString()))
        return;
    if (auto summary = refreshed(runFolder))
        emit rowsRead({std::move(*summary)}, {});
}

void LibraryScanner::lookAtLive()
{
    RunSummaries rows;
    QStringList candidates;
    for (const auto& [folder, run] : m_runs)
        if (isLive(run->summary.status.state) || run->summary.status.state == RunState::Queued)
            candidates << folder;
    for (const QString& folder : candidates)
        if (auto summary = refreshed(folder))
            rows.push_back(std::move(*summary));
    if (!rows.empty())
        emit rowsRead(rows, {});
}

// The row if it is new or differs from what was told before.
std::optional<RunSummary> LibraryScanner::refreshed(const QString& runFolder)
{
    auto& slot = m_runs[runFolder];
    if (!slot)
        slot = std::make_unique<Followed>(runFolder);
    Followed& run = *slot;
    const auto holder = lockHolder(run.paths.lock()); // before the journal, see RunFollower::poll
    bool changed = !run.told;
    for (const Json& record : run.events.readNew())
        if (const auto event = eventFromJson(record)) {
            run.fold.add(*event);
            changed = true;
        }
    const qint64 describedBy =
        stamp(run.paths.runJson()) + stamp(run.paths.launchConfig()) + stamp(run.paths.labels());
    if (describedBy != run.describedBy) {
        run.summary.description = readRunDescription(run.paths);
        run.describedBy = describedBy;
        changed = true;
    }
    const RunStatus status = run.fold.status(holder);
    changed = changed || status.state != run.summary.status.state;
    run.summary.status = status;
    run.summary.foreign = m_foreign.contains(runFolder);
    run.told = true;
    return changed ? std::optional(run.summary) : std::nullopt;
}

void LibraryScanner::measure()
{
    LibraryFacts facts;
    facts.usedBytes = bytesBelow(m_folder);
    try {
        facts.freeBytes = freeBytes(m_folder.toStdString());
    } catch (const Error&) {
        facts.freeBytes = 0;
    }
    emit measured(facts);
}

} // namespace lens
