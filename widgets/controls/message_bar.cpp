// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/controls/message_bar.h"

#include "widgets/theme/marks.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace lens {

namespace {

QColor kindColour(const Theme& theme, MessageBar::Kind kind)
{
    switch (kind) {
    case MessageBar::Kind::Good:
        return theme.good;
    case MessageBar::Kind::Attention:
        return theme.attention;
    case MessageBar::Kind::Failure:
        return theme.failure;
    case MessageBar::Kind::Notice:
        break;
    }
    return theme.accent;
}

Mark kindMark(MessageBar::Kind kind)
{
    switch (kind) {
    case MessageBar::Kind::Good:
        return Mark::Check;
    case MessageBar::Kind::Attention:
        return Mark::Triangle;
    case MessageBar::Kind::Failure:
        return Mark::Cross;
    case MessageBar::Kind::Notice:
        break;
    }
    return Mark::Dot;
}

} // namespace

MessageBar::MessageBar(const Theme& theme, QWidget* parent) : QFrame(parent), m_theme(theme)
{
    setObjectName(QStringLiteral("messageBar"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(34, 6, 6, 6);
    layout->setSpacing(8);
    m_text = new QLabel(this);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_action = new QPushButton(this);
    m_action->setObjectName(QStringLiteral("messageAction"));
    m_close = new QToolButton(this);
    m_close->setObjectName(QStringLiteral("messageDismiss"));
    m_close->setText(QStringLiteral("✕"));
    m_close->setToolTip(tr("Dismiss"));
    m_close->setAccessibleName(tr("Dismiss"));
    setRole(*m_close, "quiet");
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_action, &QPushButton::clicked, this, &MessageBar::actionRequested);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    hide();
}

void MessageBar::showMessage(Kind kind, const QString& text, const QString& action)
{
    m_kind = kind;
    m_text->setText(text);
    m_action->setText(action);
    m_action->setAccessibleName(action);
    m_action->setVisible(!action.isEmpty());
    setAccessibleName(text);
    update();
    show();
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::setTheme(const Theme& theme)
{
    m_theme = theme;
    update();
}

void MessageBar::dismiss()
{
    hide();
    emit dismissed();
}

void MessageBar::paintEvent(QPaintEvent*)
{
    const QColor colour = kindColour(m_theme, m_kind);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(blended(colour, m_theme.line, 0.5));
    painter.setBrush(blended(colour, m_theme.panel, m_theme.dark ? 0.14 : 0.07));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    drawMark(painter, QPointF(18, height() / 2.0), 11, kindMark(m_kind), colour);
}

void MessageBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        dismiss();
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace lens
