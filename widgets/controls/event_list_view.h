// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The events of a run as rows of mark, step and text. Enter or a click goes to the step.
#pragma once

#include "widgets/theme/theme.h"
#include "widgets/theme/themed.h"

#include <QListView>
#include <QStyledItemDelegate>

namespace lens {

class EventRowDelegate : public QStyledItemDelegate, public Themed {
    Q_OBJECT
public:
    explicit EventRowDelegate(const Theme& theme, QObject* parent = nullptr);

    void setTheme(const Theme& theme) override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    Theme m_theme;
};

// Shows an EventListModel.
class EventListView : public QListView {
    Q_OBJECT
public:
    explicit EventListView(const Theme& theme, QWidget* parent = nullptr);

signals:
    void stepRequested(quint64 step);
};

} // namespace lens
