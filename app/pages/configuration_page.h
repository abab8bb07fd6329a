// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The run's configuration as its folder holds it: what differs from the defaults first, everything on
// request, and what was frozen at the launch (versions, machine).
#pragma once

#include "app/run/run_description.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QSortFilterProxyModel;
class QTableView;

namespace lens {

class ConfigDiffModel;

class ConfigurationPage : public QWidget {
    Q_OBJECT

public:
    explicit ConfigurationPage(QWidget* parent = nullptr);

    void showRun(const RunDescription& description);

private:
    void createTable();
    void createLayout();
    void updateRows();

    RunDescription m_description;
    ConfigDiffModel* m_model = nullptr;
    QSortFilterProxyModel* m_differing = nullptr;
    QTableView* m_table = nullptr;
    QCheckBox* m_all = nullptr;
    QLabel* m_trouble = nullptr;
};

} // namespace lens
