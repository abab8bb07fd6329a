// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/window/library_binding.h"

#include "app/pages/library_panel.h"
#include "app/pages/status_strip.h"
#include "app/window/main_window.h"
#include "app/window/run_binding.h"
#include "app/window/workplace.h"

#include <algorithm>

namespace lens {
namespace {

constexpr int kCurvePoints = 48;
constexpr int kRowMs = 1000;
constexpr qint64 kCurveMs = 10000; // a live run's small curve is read again no sooner

} // namespace

RunRow rowOf(const RunSummary& summary)
{
    const RunStatus& status = summary.status;
    RunRow row;
    row.id = summary.description.folder;
    row.folder = summary.description.folder;
    row.name = summary.description.name;
    row.modelName = summary.description.model;
    row.state = status.state;
    row.step = status.step;
    row.totalSteps = status.totalSteps;
    row.bestEvalLoss = status.bestEvalLoss;
    row.bestStep = status.bestStep;
    row.lastCheckpoint = status.lastCheckpoint;
    row.tags = summary.description.tags;
    row.reason = QString::fromStdString(status.reason);
    row.changed = QString::fromStdString(status.changedAt);
    row.foreign = summary.foreign;
    return row;
}

LibraryBinding::LibraryBinding(Workplace& workplace, MainWindow& window, const RunBinding& inView,
                               QObject* parent)
    : QObject(parent)
    , m_workplace(workplace)
    , m_window(window)
    , m_binding(inView)
{
    connect(&workplace.library, &RunLibrary::rowsChanged, this, &LibraryBinding::onRows);
    connect(&workplace.library, &RunLibrary::measured, this,
            [this](const LibraryFacts& facts) { m_window.statusStrip().showLibrary(facts); });
    connect(&workplace.feed, &MetricsFeed::curveRead, this, &LibraryBinding::onCurve);
    connect(&m_rowTimer, &QTimer::timeout, this, &LibraryBinding::refreshRowInView);
    m_rowTimer.start(kRowMs);
}

void LibraryBinding::onRows(const RunSummaries& rows, const QStringList& gone)
{
    std::vector<RunRow> shown;
    for (const RunSummary& summary : rows) {
        RunRow row = rowInLibrary(summary);
        requestCurve(summary);
        shown.push_back(std::move(row));
    }
    RunListModel& model = m_window.library().model();
    model.apply(std::move(shown));
    for (const QString& folder : gone)
        model.remove(folder);
    m_window.statusStrip().showLive(m_workplace.library.liveCount());
    if (m_binding.session())
        m_window.library().setCurrent(m_binding.session()->folder());
}

// With the small curve, and with the step that is known already where the journal has not named it yet.
RunRow LibraryBinding::rowInLibrary(const RunSummary& summary) const
{
    RunRow row = rowOf(summary);
    const SmallCurve curve = m_curves.value(row.folder);
    row.sparkline = curve.losses;
    row.step = std::max(row.step, curve.newestStep);
    row.lastLoss = curve.lastLoss;
    const RunListModel& model = m_window.library().model();
    const int place = model.rowOf(row.id);
    if (place >= 0 && isLive(row.state) && isLive(model.row(place).state)) {
        row.step = std::max(row.step, model.row(place).step);
        row.lastLoss = model.row(place).lastLoss;
    }
    return row;
}

// The journal names a step now and then; the feed knows every one of the run in view.
void LibraryBinding::refreshRowInView()
{
    const RunSession* session = m_binding.session();
    const int row = session ? m_window.library().model().rowOf(session->folder()) : -1;
    if (row < 0 || !isLive(session->status().state))
        return;
    RunRow shown = m_window.library().model().row(row);
    shown.step = std::max(shown.step, m_binding.figures().step);
    shown.lastLoss = m_binding.figures().smoothedLoss;
    m_window.library().model().apply({std::move(shown)});
}

void LibraryBinding::requestCurve(const RunSummary& summary)
{
    QElapsedTimer& last = m_curveRead[summary.description.folder];
    const bool live = isLive(summary.status.state);
    if (summary.status.state == RunState::Queued || (live && last.isValid() && last.elapsed() < kCurveMs))
        return;
    last.start();
    m_workplace.feed.requestCurve(summary.description.folder, kCurvePoints);
}

void LibraryBinding::onCurve(const QString& runFolder, const SmallCurve& curve)
{
    m_curves.insert(runFolder, curve);
    const auto summary = m_workplace.library.runs().constFind(runFolder);
    if (summary == m_workplace.library.runs().constEnd())
        return;
    m_window.library().model().apply({rowInLibrary(*summary)});
}

} // namespace lens
