// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A run's configuration against the defaults: one row a key.
#pragma once

#include "widgets/models/row_table_model.h"

#include <QMetaType>
#include <QString>

namespace lens {

struct ConfigDiffRow {
    QString key; // "training.learning_rate"
    QString value;
    QString defaultValue;
    bool differs = false;

    bool operator==(const ConfigDiffRow&) const = default;
};

class ConfigDiffModel : public RowTableModel<ConfigDiffRow> {
    Q_OBJECT
public:
    enum class Column { Key, Value, Default, Count };
    enum Role { SortRole = kSortRole, RowRole = kRowRole, DiffersRole };

    using RowTableModel::RowTableModel;

    // Replaces rows with known keys in place, appends the others.
    void apply(std::vector<ConfigDiffRow> batch);

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

} // namespace lens

Q_DECLARE_METATYPE(lens::ConfigDiffRow)
