// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/controls/empty_state.h"

#include "widgets/theme/themed.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace lens {

namespace {

// An alignment in addWidget() would ignore the height that wrapped lines need.
QHBoxLayout* centred(QLabel* label)
{
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(label, 100);
    row->addStretch(1);
    return row;
}

} // namespace

EmptyState::EmptyState(const QString& title, const QString& text, QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("emptyState"));
    m_title = new QLabel(this);
    setRole(*m_title, "name");
    m_text = new QLabel(this);
    setRole(*m_text, "muted");
    m_action = new QPushButton(this);
    m_action->setObjectName(QStringLiteral("emptyAction"));
    setRole(*m_action, "primary");
    m_second = new QPushButton(this);
    m_second->setObjectName(QStringLiteral("emptySecondAction"));
    for (QLabel* label : {m_title, m_text}) {
        label->setAlignment(Qt::AlignHCenter);
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setMaximumWidth(460);
        label->setMinimumWidth(180);
    }
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(m_action);
    buttons->addWidget(m_second);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->addStretch(2);
    layout->addLayout(centred(m_title));
    layout->addSpacing(4);
    layout->addLayout(centred(m_text));
    layout->addSpacing(12);
    layout->addLayout(buttons);
    layout->addStretch(3);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionRequested);
    connect(m_second, &QPushButton::clicked, this, &EmptyState::secondActionRequested);
    setTexts(title, text);
    setAction({});
    setSecondAction({});
}

void EmptyState::setTexts(const QString& title, const QString& text)
{
    m_title->setText(title);
    m_text->setText(text);
    setAccessibleName(title);
    setAccessibleDescription(text);
}

void EmptyState::setAction(const QString& text)
{
    m_action->setText(text);
    m_action->setVisible(!text.isEmpty());
}

void EmptyState::setSecondAction(const QString& text)
{
    m_second->setText(text);
    m_second->setVisible(!text.isEmpty());
}

} // namespace lens
