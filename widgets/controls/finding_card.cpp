// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/controls/finding_card.h"

#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

namespace lens {

QColor severityColour(const Theme& theme, FindingSeverity severity)
{
    switch (severity) {
    case FindingSeverity::Good:
        return theme.good;
    case FindingSeverity::Attention:
        return theme.attention;
    case FindingSeverity::Failure:
        return theme.failure;
    case FindingSeverity::Notice:
        break;
    }
    return theme.accent;
}

FindingCard::FindingCard(const Theme& theme, QWidget* parent) : QFrame(parent), m_theme(theme)
{
    setObjectName(QStringLiteral("findingCard"));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 8, 10, 9);
    layout->setSpacing(3);
    m_title = new QLabel(this);
    setRole(*m_title, "head");
    m_title->setWordWrap(true);
    m_text = new QLabel(this);
    setRole(*m_text, "small");
    m_text->setWordWrap(true);
    for (QLabel* label : {m_title, m_text}) {
        label->setTextFormat(Qt::PlainText);
        layout->addWidget(label);
    }
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
}

void FindingCard::setFinding(const FindingRow& finding)
{
    m_finding = finding;
    m_title->setText(finding.title);
    m_text->setText(finding.text);
    m_text->setVisible(!finding.text.isEmpty());
    setAccessibleName(QStringLiteral("%1: %2").arg(severityText(finding.severity), finding.title));
    setAccessibleDescription(finding.text);
    update();
}

void FindingCard::setTheme(const Theme& theme)
{
    m_theme = theme;
    update();
}

void FindingCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF outline = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath shape;
    shape.addRoundedRect(outline, 6, 6);
    painter.fillPath(shape, m_theme.panel);
    painter.save();
    painter.setClipPath(shape);
    painter.fillRect(QRectF(0, 0, 3.5, height()), severityColour(m_theme, m_finding.severity));
    painter.restore();
    painter.setPen(hasFocus() ? QPen(m_theme.accent, 2) : QPen(m_theme.line, 1));
    painter.drawPath(shape);
    if (!hasFocus()) {
        painter.setClipPath(shape);
        painter.fillRect(QRectF(0, 0, 3.5, height()), severityColour(m_theme, m_finding.severity));
    }
}

void FindingCard::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())) {
        emit stepRequested(m_finding.firstStep.value_or(m_finding.step));
    }
}

void FindingCard::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space) {
        emit stepRequested(m_finding.firstStep.value_or(m_finding.step));
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace lens
