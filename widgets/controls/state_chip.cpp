// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/controls/state_chip.h"

#include "widgets/theme/run_state_style.h"

#include <QPainter>

namespace lens {

StateChip::StateChip(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setObjectName(QStringLiteral("stateChip"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("State: %1").arg(stateText(m_state)));
}

void StateChip::setState(RunState state)
{
    if (state != m_state) {
        m_state = state;
        setAccessibleName(tr("State: %1").arg(stateText(m_state)));
        updateGeometry();
        update();
    }
}

void StateChip::setTheme(const Theme& theme)
{
    m_theme = theme;
    update();
}

QSize StateChip::sizeHint() const
{
    const QFontMetrics metrics(m_theme.bold);
    return {metrics.horizontalAdvance(stateText(m_state)) + 32, 24};
}

void StateChip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = stateColour(m_theme, m_state);
    painter.setPen(Qt::NoPen);
    painter.setBrush(blended(colour, m_theme.panel, m_theme.dark ? 0.16 : 0.12));
    painter.drawRoundedRect(rect(), 12, 12);
    drawMark(painter, QPointF(14, height() / 2.0), 9, stateMark(m_state), colour);
    painter.setFont(m_theme.bold);
    // Muted states keep text colour: what is written must be readable on the tint.
    painter.setPen(m_theme.dark ? colour : blended(colour, m_theme.text, 0.8));
    painter.drawText(rect().adjusted(23, 0, -8, 0), Qt::AlignVCenter | Qt::AlignLeft, stateText(m_state));
}

} // namespace lens
