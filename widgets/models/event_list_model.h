// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What happened in a run, newest first: checkpoints, evaluations, pauses, findings.
#pragma once

#include "widgets/models/row_table_model.h"
#include "widgets/theme/marks.h"

#include <QMetaType>
#include <QString>

#include <cstdint>

namespace lens {

enum class EventKind { Start, Resume, Pause, Checkpoint, Evaluation, Finding, Setting, Phase, End };

struct EventRow {
    EventKind kind = EventKind::Phase;
    std::uint64_t step = 0;
    QString time;           // UTC, ISO 8601
    QString text;           // one line
    bool attention = false; // drawn in the colour of attention

    bool operator==(const EventRow&) const = default;
};

Mark eventMark(EventKind kind);

class EventListModel : public RowTableModel<EventRow> {
    Q_OBJECT
public:
    enum class Column { Step, Text, Time, Count };
    enum Role { SortRole = kSortRole, RowRole = kRowRole, StepRole };

    using RowTableModel::RowTableModel;

    // In the order they happened; the last of them becomes the first row.
    void apply(std::vector<EventRow> batch);

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

} // namespace lens

Q_DECLARE_METATYPE(lens::EventRow)
