// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/controls/event_list_view.h"

#include "widgets/models/event_list_model.h"
#include "widgets/theme/format.h"
#include "widgets/theme/interface_font.h"

#include <QPainter>

namespace lens {

namespace {

constexpr int kRowHeight = 23;
constexpr int kStepLeft = 22;
constexpr int kTextLeft = 74;

} // namespace

EventRowDelegate::EventRowDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void EventRowDelegate::setTheme(const Theme& theme)
{
    m_theme = theme;
}

QSize EventRowDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {120, kRowHeight};
}

void EventRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const
{
    const auto event = index.data(EventListModel::RowRole).value<EventRow>();
    const QRect area = option.rect;
    const bool chosen = option.state & QStyle::State_Selected;
    painter->save();
    if (chosen || (option.state & QStyle::State_MouseOver)) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(chosen ? m_theme.selection : m_theme.hover);
        painter->drawRoundedRect(area, 4, 4);
    }
    drawMark(*painter, QPointF(area.left() + 8, area.center().y() + 0.5), 10, eventMark(event.kind),
             event.attention ? m_theme.attention : m_theme.text);
    painter->setFont(m_theme.small);
    painter->setPen(m_theme.muted);
    drawFigures(*painter,
                QRectF(area.left() + kStepLeft, area.top(), kTextLeft - kStepLeft - 6, area.height()),
                Qt::AlignLeft, formatCount(static_cast<std::int64_t>(event.step)));
    painter->setPen(m_theme.text);
    const QRectF textArea = QRectF(area).adjusted(kTextLeft, 0, -4, 0);
    drawFigures(*painter, textArea, Qt::AlignLeft,
                elidedFigures(QFontMetricsF(m_theme.small), event.text, textArea.width()));
    painter->restore();
}

EventListView::EventListView(const Theme& theme, QWidget* parent) : QListView(parent)
{
    setObjectName(QStringLiteral("eventList"));
    setAccessibleName(tr("Events"));
    setRole(*this, "bare");
    setModelColumn(static_cast<int>(EventListModel::Column::Text));
    setItemDelegate(new EventRowDelegate(theme, this));
    setUniformItemSizes(true);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(NoEditTriggers);
    const auto go = [this](const QModelIndex& index) {
        emit stepRequested(index.data(EventListModel::StepRole).toULongLong());
    };
    connect(this, &QListView::clicked, this, go);
    connect(this, &QListView::activated, this, go);
}

} // namespace lens
