// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/plots/plot_header.h"

#include "widgets/theme/interface_font.h"

#include <QPainter>

#include <utility>

namespace lens {

PlotHeader::PlotHeader(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setFixedHeight(22);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void PlotHeader::setTheme(const Theme& theme)
{
    m_theme = theme;
    update();
}

void PlotHeader::setTitle(const QString& title)
{
    m_title = title;
    update();
}

void PlotHeader::setNote(const QString& note)
{
    m_note = note;
    update();
}

void PlotHeader::setSwatches(std::vector<Swatch> swatches)
{
    m_swatches = std::move(swatches);
    update();
}

void PlotHeader::setReadOut(const QString& text)
{
    if (text != m_readOut) {
        m_readOut = text;
        update();
    }
}

void PlotHeader::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(m_theme.bold);
    painter.setPen(m_theme.text);
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft, m_title);
    double x = QFontMetricsF(m_theme.bold).horizontalAdvance(m_title) + 10;
    painter.setFont(m_theme.small);
    const QFontMetricsF metrics(m_theme.small);
    const double right = width() - figuresWidth(metrics, m_readOut);
    for (const Swatch& swatch : m_swatches) {
        x = paintSwatch(painter, swatch, x);
    }
    painter.setPen(m_theme.muted);
    const QRectF noteArea(x, 0, right - 12 - x, height());
    if (noteArea.width() > 40) {
        painter.drawText(noteArea, Qt::AlignVCenter | Qt::AlignLeft,
                         metrics.elidedText(m_note, Qt::ElideRight, noteArea.width()));
    }
    painter.setPen(m_theme.text);
    drawFigures(painter, rect(), Qt::AlignRight, m_readOut);
}

double PlotHeader::paintSwatch(QPainter& painter, const Swatch& swatch, double x) const
{
    const double middle = height() / 2.0 + 0.5;
    painter.setPen(QPen(swatch.colour, 2));
    if (swatch.circle) {
        painter.setPen(QPen(swatch.colour, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(QPointF(x + 6, middle), 3.5, 3.5);
    } else {
        painter.drawLine(QPointF(x, middle), QPointF(x + 12, middle));
    }
    painter.setPen(m_theme.muted);
    const double textWidth = QFontMetricsF(m_theme.small).horizontalAdvance(swatch.text);
    painter.drawText(QRectF(x + 17, 0, textWidth + 2, height()), Qt::AlignVCenter | Qt::AlignLeft,
                     swatch.text);
    return x + 17 + textWidth + 12;
}

} // namespace lens
