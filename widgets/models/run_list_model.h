// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The library: one row a run. Rows are known by their id, change in place and keep their order; runs that are
// new to the model come first.
#pragma once

#include "core/run/run_status.h"
#include "widgets/models/row_table_model.h"

#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace lens {

struct RunRow {
    QString id;
    QString folder;
    QString name;
    QString modelName;
    RunState state = RunState::Queued;
    std::uint64_t step = 0;
    std::uint64_t totalSteps = 0; // 0 = not known
    std::optional<double> lastLoss;
    std::optional<double> bestEvalLoss;
    std::optional<std::uint64_t> bestStep;
    std::optional<std::uint64_t> lastCheckpoint;
    QList<float> sparkline; // losses over the run so far, evenly spaced, a few dozen
    QStringList tags;
    QString reason;  // of failed, stopped and interrupted
    QString note;    // replaces the generated second line: "queued (2nd)", "foreign folder · 12 checkpoints"
    QString changed; // UTC of the last event, sorts
    bool foreign = false;

    bool operator==(const RunRow&) const = default;
};

// The muted second line: model, then what the state makes worth knowing.
QString runSummary(const RunRow& row);

class RunListModel : public RowTableModel<RunRow> {
    Q_OBJECT
public:
    enum class Column { Name, Model, State, Progress, Loss, BestEval, Tags, Changed, Count };
    enum Role { SortRole = kSortRole, RowRole = kRowRole, IdRole, FolderRole, StateRole, TagsRole };

    using RowTableModel::RowTableModel;

    // Replaces rows with known ids in place, inserts the others at the top in the order given.
    void apply(std::vector<RunRow> batch);
    void remove(const QString& id);
    // -1 where there is none.
    int rowOf(const QString& id) const;

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    QString tip(const RunRow& row) const;
    QString text(const RunRow& row, Column column) const;
    QVariant sortValue(const RunRow& row, Column column) const;
};

} // namespace lens

Q_DECLARE_METATYPE(lens::RunRow)
