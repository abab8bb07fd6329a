// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/models/finding_list_model.h"

#include "widgets/theme/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace lens {

QString severityText(FindingSeverity severity)
{
    const auto word = [](const char* text) {
        return QCoreApplication::translate("lens::FindingListModel", text);
    };
    switch (severity) {
    case FindingSeverity::Good:
        return word(QT_TRANSLATE_NOOP("lens::FindingListModel", "Good"));
    case FindingSeverity::Notice:
        return word(QT_TRANSLATE_NOOP("lens::FindingListModel", "Notice"));
    case FindingSeverity::Attention:
        return word(QT_TRANSLATE_NOOP("lens::FindingListModel", "Attention"));
    case FindingSeverity::Failure:
        return word(QT_TRANSLATE_NOOP("lens::FindingListModel", "Failure"));
    }
    return {};
}

void FindingListModel::apply(std::vector<FindingRow> batch)
{
    std::reverse(batch.begin(), batch.end());
    insertAt(0, std::move(batch));
}

int FindingListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::Count);
}

QVariant FindingListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const FindingRow& finding = row(index.row());
    if (role == RowRole) {
        return QVariant::fromValue(finding);
    }
    if (role == StepRole) {
        return qulonglong(finding.step);
    }
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole) {
        return QStringLiteral("%1. %2").arg(finding.title, finding.text);
    }
    if (role != Qt::DisplayRole && role != SortRole) {
        return {};
    }
    switch (static_cast<Column>(index.column())) {
    case Column::Severity:
        return role == SortRole ? QVariant(static_cast<int>(finding.severity))
                                : severityText(finding.severity);
    case Column::Step:
        return role == SortRole ? QVariant(qulonglong(finding.step))
                                : QVariant(formatCount(static_cast<std::int64_t>(finding.step)));
    case Column::Title:
        return finding.title;
    case Column::Text:
        return finding.text;
    case Column::Count:
        break;
    }
    return {};
}

QVariant FindingListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return RowTableModel::headerData(section, orientation, role);
    }
    switch (static_cast<Column>(section)) {
    case Column::Severity:
        return tr("Severity");
    case Column::Step:
        return tr("Step");
    case Column::Title:
        return tr("Finding");
    case Column::Text:
        return tr("What and where");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace lens
