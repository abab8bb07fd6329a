// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/models/event_list_model.h"

#include "widgets/theme/format.h"

#include <algorithm>

namespace lens {

Mark eventMark(EventKind kind)
{
    switch (kind) {
    case EventKind::Checkpoint:
        return Mark::Diamond;
    case EventKind::Pause:
        return Mark::Bars;
    case EventKind::Finding:
        return Mark::Triangle;
    case EventKind::Start:
    case EventKind::Resume:
        return Mark::Turn;
    case EventKind::Evaluation:
        return Mark::Ring;
    case EventKind::End:
        return Mark::Square;
    case EventKind::Setting:
    case EventKind::Phase:
        break;
    }
    return Mark::Line;
}

void EventListModel::apply(std::vector<EventRow> batch)
{
    std::reverse(batch.begin(), batch.end());
    insertAt(0, std::move(batch));
}

int EventListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::Count);
}

QVariant EventListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const EventRow& event = row(index.row());
    const auto column = static_cast<Column>(index.column());
    const QString step = formatCount(static_cast<std::int64_t>(event.step));
    switch (role) {
    case Qt::DisplayRole:
        return column == Column::Step ? step : column == Column::Text ? event.text : event.time;
    case Qt::ToolTipRole:
        return tr("Step %1, %2").arg(step, event.time);
    case Qt::AccessibleTextRole:
        return tr("Step %1: %2").arg(step, event.text);
    case SortRole:
        return column == Column::Step ? QVariant(qulonglong(event.step))
                                      : QVariant(column == Column::Text ? event.text : event.time);
    case RowRole:
        return QVariant::fromValue(event);
    case StepRole:
        return qulonglong(event.step);
    default:
        return {};
    }
}

QVariant EventListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return RowTableModel::headerData(section, orientation, role);
    }
    switch (static_cast<Column>(section)) {
    case Column::Step:
        return tr("Step");
    case Column::Text:
        return tr("Event");
    case Column::Time:
        return tr("Time");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace lens
