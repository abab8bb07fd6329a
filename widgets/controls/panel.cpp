// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/controls/panel.h"

#include "widgets/controls/elided_label.h"
#include "widgets/theme/themed.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace lens {

Panel::Panel(const QString& title, QWidget* parent) : QFrame(parent)
{
    setRole(*this, "panel");
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(8);
    layout->addWidget(createHead());
    m_body = new QVBoxLayout;
    m_body->setSpacing(8);
    layout->addLayout(m_body, 1);
    setTitle(title);
}

QWidget* Panel::createHead()
{
    m_head = new QWidget(this);
    m_headLayout = new QHBoxLayout(m_head);
    m_headLayout->setContentsMargins(0, 0, 0, 0);
    m_headLayout->setSpacing(10);
    m_title = new QLabel(m_head);
    setRole(*m_title, "head");
    m_note = new ElidedLabel({}, m_head);
    setRole(*m_note, "small");
    m_right = new QLabel(m_head);
    setRole(*m_right, "small");
    m_headLayout->addWidget(m_title);
    m_headLayout->addWidget(m_note, 1);
    m_headLayout->addWidget(m_right);
    return m_head;
}

void Panel::setTitle(const QString& title)
{
    m_title->setText(title);
    m_head->setVisible(!title.isEmpty());
    setAccessibleName(title);
}

void Panel::setNote(const QString& note)
{
    m_note->setFullText(note);
}

void Panel::setRightText(const QString& text)
{
    m_right->setText(text);
}

void Panel::addToHead(QWidget* widget)
{
    m_headLayout->addWidget(widget);
}

} // namespace lens
