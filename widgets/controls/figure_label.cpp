// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/controls/figure_label.h"

#include "widgets/theme/interface_font.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace lens {

FigureLabel::FigureLabel(const QString& text, QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setText(text);
}

void FigureLabel::setText(const QString& text)
{
    if (text == m_text) {
        return;
    }
    const bool wider = text.size() > m_text.size();
    m_text = text;
    setAccessibleName(text);
    if (wider) {
        updateGeometry();
    }
    update();
}

void FigureLabel::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    update();
}

void FigureLabel::setMuted(bool muted)
{
    m_muted = muted;
    update();
}

void FigureLabel::setWidestText(const QString& text)
{
    m_widest = text;
    updateGeometry();
}

QSize FigureLabel::sizeHint() const
{
    const QFontMetricsF metrics(font());
    const double width = std::max(figuresWidth(metrics, m_text), figuresWidth(metrics, m_widest));
    return {static_cast<int>(std::ceil(width)) + 1, static_cast<int>(std::ceil(metrics.height()))};
}

QSize FigureLabel::minimumSizeHint() const
{
    const QFontMetricsF metrics(font());
    return {static_cast<int>(std::ceil(figuresWidth(metrics, m_widest))),
            static_cast<int>(std::ceil(metrics.height()))};
}

void FigureLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(palette().color(m_muted ? QPalette::PlaceholderText : QPalette::WindowText));
    const QString shown = elidedFigures(QFontMetricsF(font()), m_text, width());
    drawFigures(painter, rect(), m_alignment, shown);
}

} // namespace lens
