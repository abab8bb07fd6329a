// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A run in the library: shape and colour of its state, name, small loss curve, muted line, progress. Rows
// have one height whatever they say, so that nothing jumps.
#pragma once

#include "widgets/theme/theme.h"
#include "widgets/theme/themed.h"

#include <QStyledItemDelegate>

namespace lens {

struct RunRow;

class RunListDelegate : public QStyledItemDelegate, public Themed {
    Q_OBJECT
public:
    explicit RunListDelegate(const Theme& theme, QObject* parent = nullptr);

    void setTheme(const Theme& theme) override;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintGround(QPainter& painter, const QStyleOptionViewItem& option) const;
    void paintTexts(QPainter& painter, const QRect& area, const RunRow& run) const;
    void paintProgress(QPainter& painter, const QRect& area, const RunRow& run) const;

    Theme m_theme;
};

} // namespace lens
