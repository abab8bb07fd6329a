// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/controls/run_list_delegate.h"

#include "widgets/models/run_list_model.h"
#include "widgets/plots/sparkline.h"
#include "widgets/theme/interface_font.h"
#include "widgets/theme/run_state_style.h"

#include <QAbstractItemView>
#include <QPainter>

#include <algorithm>

namespace lens {

namespace {

constexpr int kRowHeight = 58;
constexpr int kTextLeft = 28;
constexpr int kSparklineWidth = 64;

QColor runColour(const Theme& theme, const RunRow& run)
{
    return run.foreign ? theme.muted : stateColour(theme, run.state);
}

} // namespace

RunListDelegate::RunListDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void RunListDelegate::setTheme(const Theme& theme)
{
    m_theme = theme;
}

QSize RunListDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {160, kRowHeight};
}

void RunListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    const auto run = index.data(RunListModel::RowRole).value<RunRow>();
    const QRect area = option.rect.adjusted(0, 1, 0, -1);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintGround(*painter, option);
    drawMark(*painter, QPointF(area.left() + 14, area.top() + 16), 9,
             run.foreign ? Mark::Ring : stateMark(run.state), runColour(m_theme, run));
    paintTexts(*painter, area, run);
    paintProgress(*painter, area, run);
    painter->restore();
}

void RunListDelegate::paintGround(QPainter& painter, const QStyleOptionViewItem& option) const
{
    const bool chosen = option.state & QStyle::State_Selected;
    const bool hovered = option.state & QStyle::State_MouseOver;
    const bool focused =
        (option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange);
    if (!chosen && !hovered && !focused) {
        return;
    }
    painter.setPen(focused ? QPen(m_theme.accent, 2) : QPen(Qt::NoPen));
    painter.setBrush(chosen ? m_theme.selection : hovered ? m_theme.hover : m_theme.panel);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 2, -1, -2), 6, 6);
}

void RunListDelegate::paintTexts(QPainter& painter, const QRect& area, const RunRow& run) const
{
    const QRect line(area.left() + kTextLeft, area.top() + 6, area.width() - kTextLeft - 10, 20);
    const bool hasCurve = run.sparkline.size() > 1;
    const QRect nameArea = line.adjusted(0, 0, hasCurve ? -kSparklineWidth - 8 : 0, 0);
    painter.setFont(m_theme.bold);
    painter.setPen(m_theme.text);
    painter.drawText(nameArea, Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetrics(m_theme.bold).elidedText(run.name, Qt::ElideMiddle, nameArea.width()));
    if (hasCurve) {
        paintSparkline(painter, QRectF(line.right() - kSparklineWidth, line.top() + 2, kSparklineWidth, 16),
                       run.sparkline, m_theme.train);
    }
    painter.setFont(m_theme.small);
    painter.setPen(m_theme.muted);
    const QRect second = line.translated(0, 20);
    drawFigures(painter, second, Qt::AlignLeft,
                elidedFigures(QFontMetricsF(m_theme.small), runSummary(run), second.width()));
}

void RunListDelegate::paintProgress(QPainter& painter, const QRect& area, const RunRow& run) const
{
    const bool unfinished = run.state != RunState::Finished && run.state != RunState::Queued;
    if (run.foreign || run.totalSteps == 0 || !unfinished) {
        return;
    }
    const double done = std::clamp(double(run.step) / double(run.totalSteps), 0.0, 1.0);
    const QRectF bar(area.left() + kTextLeft, area.bottom() - 7, area.width() - kTextLeft - 10, 3);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.track);
    painter.drawRoundedRect(bar, 1.5, 1.5);
    painter.setBrush(runColour(m_theme, run));
    painter.drawRoundedRect(QRectF(bar.left(), bar.top(), bar.width() * done, bar.height()), 1.5, 1.5);
}

} // namespace lens
