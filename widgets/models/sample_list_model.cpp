// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/models/sample_list_model.h"

#include "widgets/theme/format.h"

namespace lens {

void SampleListModel::apply(std::vector<SampleRow> batch)
{
    insertAt(rowCount(), std::move(batch));
}

QStringList SampleListModel::prompts() const
{
    QStringList prompts;
    for (const SampleRow& sample : rows()) {
        if (!prompts.contains(sample.prompt)) {
            prompts << sample.prompt;
        }
    }
    return prompts;
}

int SampleListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::Count);
}

QVariant SampleListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const SampleRow& sample = row(index.row());
    switch (role) {
    case RowRole:
        return QVariant::fromValue(sample);
    case StepRole:
        return qulonglong(sample.step);
    case PromptRole:
        return sample.prompt;
    case Qt::ToolTipRole:
        return sample.text;
    case Qt::DisplayRole:
    case SortRole:
        break;
    default:
        return {};
    }
    switch (static_cast<Column>(index.column())) {
    case Column::Step:
        return role == SortRole ? QVariant(qulonglong(sample.step))
                                : QVariant(formatCount(static_cast<std::int64_t>(sample.step)));
    case Column::Prompt:
        return sample.prompt;
    case Column::Text:
        return sample.text;
    case Column::Source:
        return sample.source.isEmpty() || sample.source == QLatin1String("adapter") ? tr("adapter")
               : sample.source == QLatin1String("base")                             ? tr("base")
                                                                                    : sample.source;
    case Column::Count:
        break;
    }
    return {};
}

QVariant SampleListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return RowTableModel::headerData(section, orientation, role);
    }
    switch (static_cast<Column>(section)) {
    case Column::Step:
        return tr("Step");
    case Column::Prompt:
        return tr("Prompt");
    case Column::Text:
        return tr("Text");
    case Column::Source:
        return tr("From");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace lens
