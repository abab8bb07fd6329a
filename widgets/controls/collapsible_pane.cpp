// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/controls/collapsible_pane.h"

#include "widgets/theme/themed.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace lens {

CollapsiblePane::CollapsiblePane(const QString& heading, QWidget* parent) : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_head = new QToolButton(this);
    m_head->setObjectName(QStringLiteral("collapsibleHead"));
    m_head->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_head->setFocusPolicy(Qt::StrongFocus);
    setRole(*m_head, "fold");
    m_content = new QWidget(this);
    m_body = new QVBoxLayout(m_content);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(8);
    layout->addWidget(m_head, 0, Qt::AlignLeft);
    layout->addWidget(m_content, 1);
    setHeading(heading);
    showArrow();
    connect(m_head, &QToolButton::clicked, this, [this] { setCollapsed(!m_collapsed); });
}

void CollapsiblePane::setHeading(const QString& heading)
{
    m_head->setText(heading);
    m_head->setAccessibleName(heading);
}

void CollapsiblePane::setCollapsed(bool collapsed)
{
    if (collapsed == m_collapsed) {
        return;
    }
    m_collapsed = collapsed;
    m_content->setVisible(!collapsed);
    showArrow();
    emit collapsedChanged(collapsed);
}

void CollapsiblePane::showArrow()
{
    m_head->setArrowType(m_collapsed ? Qt::RightArrow : Qt::DownArrow);
    m_head->setAccessibleDescription(m_collapsed ? tr("folded") : tr("open"));
}

} // namespace lens
