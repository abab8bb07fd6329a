// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/pages/message_area.h"

#include <QVBoxLayout>

#include <algorithm>

namespace lens {

MessageArea::MessageArea(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("messages"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
    hide();
}

MessageBar* MessageArea::createBar(const QString& subject)
{
    auto* bar = new MessageBar(m_theme, this);
    bar->setObjectName(QStringLiteral("message.") + subject);
    connect(bar, &MessageBar::actionRequested, this, [this, subject] { emit actionRequested(subject); });
    connect(bar, &MessageBar::dismissed, this, &MessageArea::updateVisibility);
    m_layout->addWidget(bar);
    m_bars.insert(subject, bar);
    return bar;
}

void MessageArea::say(const QString& subject, MessageBar::Kind kind, const QString& text,
                      const QString& action)
{
    MessageBar* bar = m_bars.contains(subject) ? m_bars.value(subject) : createBar(subject);
    bar->showMessage(kind, text, action);
    bar->show();
    updateVisibility();
}

void MessageArea::takeBack(const QString& subject)
{
    if (MessageBar* bar = m_bars.value(subject))
        bar->hide();
    updateVisibility();
}

void MessageArea::clear()
{
    for (MessageBar* bar : std::as_const(m_bars))
        bar->hide();
    updateVisibility();
}

QString MessageArea::textOf(const QString& subject) const
{
    const MessageBar* bar = m_bars.value(subject);
    return bar && !bar->isHidden() ? bar->text() : QString();
}

void MessageArea::updateVisibility()
{
    setVisible(
        std::any_of(m_bars.begin(), m_bars.end(), [](const MessageBar* bar) { return !bar->isHidden(); }));
}

} // namespace lens
