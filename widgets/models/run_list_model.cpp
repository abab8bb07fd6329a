// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/models/run_list_model.h"

#include "widgets/theme/format.h"
#include "widgets/theme/run_state_style.h"

#include <QCoreApplication>

namespace lens {

namespace {

QString phrase(const char* text)
{
    return QCoreApplication::translate("lens::RunSummary", text);
}

QString count(std::uint64_t number)
{
    return formatCount(static_cast<std::int64_t>(number));
}

QString stepText(const RunRow& row)
{
    if (row.totalSteps == 0) {
        return phrase(QT_TRANSLATE_NOOP("lens::RunSummary", "step %1")).arg(count(row.step));
    }
    return phrase(QT_TRANSLATE_NOOP("lens::RunSummary", "step %1 of %2"))
        .arg(count(row.step), count(row.totalSteps));
}

QString finishedText(const RunRow& row)
{
    if (!row.bestEvalLoss || !row.bestStep) {
        return QStringLiteral("%1 · %2").arg(stateText(row.state).toLower(), stepText(row));
    }
    return phrase(QT_TRANSLATE_NOOP("lens::RunSummary", "best %1 at %2"))
        .arg(formatSeriesValue(Series::EvalLoss, *row.bestEvalLoss), count(*row.bestStep));
}

QString interruptedText(const RunRow& row)
{
    return phrase(QT_TRANSLATE_NOOP("lens::RunSummary", "interrupted at %1")).arg(count(row.step));
}

QString failedText(const RunRow& row)
{
    if (row.reason.isEmpty()) {
        return phrase(QT_TRANSLATE_NOOP("lens::RunSummary", "failed at %1")).arg(count(row.step));
    }
    return phrase(QT_TRANSLATE_NOOP("lens::RunSummary", "failed at %1: %2")).arg(count(row.step), row.reason);
}

QString progressText(const RunRow& row)
{
    switch (row.state) {
    case RunState::Queued:
        return phrase(QT_TRANSLATE_NOOP("lens::RunSummary", "queued"));
    case RunState::Finished:
    case RunState::Stopped:
        return finishedText(row);
    case RunState::Interrupted:
        return interruptedText(row);
    case RunState::Failed:
        return failedText(row);
    case RunState::Training:
        return stepText(row);
    default:
        return QStringLiteral("%1 · %2").arg(stateText(row.state).toLower(), stepText(row));
    }
}

QVariant optionalNumber(const std::optional<double>& value)
{
    return value ? QVariant(*value) : QVariant();
}

} // namespace

QString runSummary(const RunRow& row)
{
    if (row.foreign) {
        return row.note.isEmpty() ? row.modelName : row.note;
    }
    const QString rest = row.note.isEmpty() ? progressText(row) : row.note;
    return row.modelName.isEmpty() ? rest : QStringLiteral("%1 · %2").arg(row.modelName, rest);
}

void RunListModel::apply(std::vector<RunRow> batch)
{
    std::vector<RunRow> added;
    for (RunRow& row : batch) {
        const int place = rowOf(row.id);
        if (place >= 0) {
            replaceAt(place, std::move(row));
        } else {
            added.push_back(std::move(row));
        }
    }
    insertAt(0, std::move(added));
}

void RunListModel::remove(const QString& id)
{
    if (const int place = rowOf(id); place >= 0) {
        removeAt(place, 1);
    }
}

int RunListModel::rowOf(const QString& id) const
{
    return find([&id](const RunRow& row) { return row.id == id; });
}

int RunListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::Count);
}

QVariant RunListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const RunRow& run = row(index.row());
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(run, column);
    case Qt::ToolTipRole:
        return tip(run);
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2, %3").arg(run.name, stateText(run.state), runSummary(run));
    case SortRole:
        return sortValue(run, column);
    case RowRole:
        return QVariant::fromValue(run);
    case IdRole:
        return run.id;
    case FolderRole:
        return run.folder;
    case StateRole:
        return static_cast<int>(run.state);
    case TagsRole:
        return run.tags;
    default:
        return {};
    }
}

// All that the narrow row has no room for.
QString RunListModel::tip(const RunRow& run) const
{
    QStringList lines{run.name, runSummary(run)};
    if (!run.foreign) {
        lines << QStringLiteral("%1 · %2").arg(stateText(run.state), stepText(run));
    }
    if (run.lastCheckpoint) {
        lines << tr("Last checkpoint: step %1").arg(count(*run.lastCheckpoint));
    }
    if (!run.reason.isEmpty()) {
        lines << run.reason;
    }
    if (!run.tags.isEmpty()) {
        lines << tr("Tags: %1").arg(run.tags.join(QStringLiteral(", ")));
    }
    lines << run.folder;
    return lines.join(u'\n');
}

QString RunListModel::text(const RunRow& run, Column column) const
{
    switch (column) {
    case Column::Name:
        return run.name;
    case Column::Model:
        return run.modelName;
    case Column::State:
        return run.foreign ? tr("Foreign folder") : stateText(run.state);
    case Column::Progress:
        return formatProgress(run.step, run.totalSteps);
    case Column::Loss:
        return run.lastLoss ? formatSeriesValue(Series::TrainLoss, *run.lastLoss) : QString();
    case Column::BestEval:
        return run.bestEvalLoss ? formatSeriesValue(Series::EvalLoss, *run.bestEvalLoss) : QString();
    case Column::Tags:
        return run.tags.join(QStringLiteral(", "));
    case Column::Changed:
        return run.changed;
    case Column::Count:
        break;
    }
    return {};
}

QVariant RunListModel::sortValue(const RunRow& run, Column column) const
{
    switch (column) {
    case Column::Progress:
        return run.totalSteps == 0 ? 0.0 : double(run.step) / double(run.totalSteps);
    case Column::Loss:
        return optionalNumber(run.lastLoss);
    case Column::BestEval:
        return optionalNumber(run.bestEvalLoss);
    case Column::State:
        return static_cast<int>(run.state);
    default:
        return text(run, column);
    }
}

QVariant RunListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return RowTableModel::headerData(section, orientation, role);
    }
    switch (static_cast<Column>(section)) {
    case Column::Name:
        return tr("Name");
    case Column::Model:
        return tr("Model");
    case Column::State:
        return tr("State");
    case Column::Progress:
        return tr("Steps");
    case Column::Loss:
        return tr("Last loss");
    case Column::BestEval:
        return tr("Best evaluation");
    case Column::Tags:
        return tr("Tags");
    case Column::Changed:
        return tr("Changed");
    case Column::Count:
        break;
    }
    return {};
}

QHash<int, QByteArray> RunListModel::roleNames() const
{
    QHash<int, QByteArray> names = RowTableModel::roleNames();
    names.insert({{SortRole, "sort"},
                  {IdRole, "id"},
                  {FolderRole, "folder"},
                  {StateRole, "state"},
                  {TagsRole, "tags"}});
    return names;
}

} // namespace lens
