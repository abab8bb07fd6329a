// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What the detector found, newest first: what, where, against which threshold, what one could do.
#pragma once

#include "widgets/models/row_table_model.h"

#include <QMetaType>
#include <QString>

#include <cstdint>
#include <optional>

namespace lens {

enum class FindingSeverity { Good, Notice, Attention, Failure };

struct FindingRow {
    FindingSeverity severity = FindingSeverity::Notice;
    QString kind; // "loss_spike", as in the journal
    QString title;
    QString text;
    std::uint64_t step = 0;
    std::optional<std::uint64_t> firstStep;
    std::optional<double> value;
    std::optional<double> threshold;
    QString module;

    bool operator==(const FindingRow&) const = default;
};

QString severityText(FindingSeverity severity);

class FindingListModel : public RowTableModel<FindingRow> {
    Q_OBJECT
public:
    enum class Column { Severity, Step, Title, Text, Count };
    enum Role { SortRole = kSortRole, RowRole = kRowRole, StepRole };

    using RowTableModel::RowTableModel;

    // In the order found; the last of them becomes the first row.
    void apply(std::vector<FindingRow> batch);

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

} // namespace lens

Q_DECLARE_METATYPE(lens::FindingRow)
