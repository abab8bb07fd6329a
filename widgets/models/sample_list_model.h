// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Generated texts: one row a prompt and step, in the order they were written.
#pragma once

#include "widgets/models/row_table_model.h"

#include <QMetaType>
#include <QString>
#include <QStringList>

#include <cstdint>

namespace lens {

struct SampleRow {
    std::uint64_t step = 0;
    QString prompt;
    QString text;
    QString source; // "adapter", "base"; empty = adapter

    bool operator==(const SampleRow&) const = default;
};

class SampleListModel : public RowTableModel<SampleRow> {
    Q_OBJECT
public:
    enum class Column { Step, Prompt, Text, Source, Count };
    enum Role { SortRole = kSortRole, RowRole = kRowRole, StepRole, PromptRole };

    using RowTableModel::RowTableModel;

    void apply(std::vector<SampleRow> batch);
    // Each prompt once, in the order first seen.
    QStringList prompts() const;

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

} // namespace lens

Q_DECLARE_METATYPE(lens::SampleRow)
