// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/models/config_diff_model.h"

#include <QFont>

namespace lens {

void ConfigDiffModel::apply(std::vector<ConfigDiffRow> batch)
{
    std::vector<ConfigDiffRow> added;
    for (ConfigDiffRow& changed : batch) {
        const int place = find([&changed](const ConfigDiffRow& known) { return known.key == changed.key; });
        if (place >= 0) {
            replaceAt(place, std::move(changed));
        } else {
            added.push_back(std::move(changed));
        }
    }
    insertAt(rowCount(), std::move(added));
}

int ConfigDiffModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::Count);
}

QVariant ConfigDiffModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ConfigDiffRow& setting = row(index.row());
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case SortRole:
        return column == Column::Key     ? setting.key
               : column == Column::Value ? setting.value
                                         : setting.defaultValue;
    case Qt::FontRole:
        if (setting.differs && column == Column::Value) {
            QFont bold;
            bold.setWeight(QFont::DemiBold);
            return bold;
        }
        return {};
    case Qt::AccessibleTextRole:
        return setting.differs
                   ? tr("%1: %2, default %3").arg(setting.key, setting.value, setting.defaultValue)
                   : tr("%1: %2, as by default").arg(setting.key, setting.value);
    case RowRole:
        return QVariant::fromValue(setting);
    case DiffersRole:
        return setting.differs;
    default:
        return {};
    }
}

QVariant ConfigDiffModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return RowTableModel::headerData(section, orientation, role);
    }
    switch (static_cast<Column>(section)) {
    case Column::Key:
        return tr("Setting");
    case Column::Value:
        return tr("Value");
    case Column::Default:
        return tr("Default");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace lens
