// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Left zone: the runs of the library with a filter. Rows keep their place while their numbers change.
#pragma once

#include "widgets/models/run_list_model.h"
#include "widgets/theme/theme.h"

#include <QWidget>

class QLineEdit;
class QListView;
class QMenu;

namespace lens {

class EmptyState;
class RunFilterProxy;
class SectionLabel;

class LibraryPanel : public QWidget {
    Q_OBJECT

public:
    explicit LibraryPanel(const Theme& theme, QWidget* parent = nullptr);

    RunListModel& model() { return *m_model; }
    QLineEdit& filter() { return *m_filter; }
    // Shown by the context menu key and the right button, for the run under it.
    void setContextMenu(QMenu* menu) { m_menu = menu; }
    // Marks the row without telling so.
    void setCurrent(const QString& runFolder);

signals:
    void runChosen(const QString& runFolder);

private:
    void createFilter();
    void createList(const Theme& theme);
    void updateHead();
    void onCurrentChanged(const QModelIndex& index);
    void showMenu(const QPoint& place);

    RunListModel* m_model;
    RunFilterProxy* m_proxy = nullptr;
    SectionLabel* m_head;
    QLineEdit* m_filter = nullptr;
    QListView* m_list = nullptr;
    QMenu* m_menu = nullptr;
    QString m_current;
};

} // namespace lens
