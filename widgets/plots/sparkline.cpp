// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/plots/sparkline.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>
#include <limits>

namespace lens {

void paintSparkline(QPainter& painter, const QRectF& area, const QList<float>& values, const QColor& colour)
{
    float low = std::numeric_limits<float>::infinity();
    float high = -low;
    for (const float value : values) {
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    if (values.size() < 2 || low > high) {
        return;
    }
    const double scale = high > low ? area.height() / (double(high) - double(low)) : 0;
    const double stepWidth = area.width() / double(values.size() - 1);
    const double flat = high > low ? area.bottom() : area.center().y();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.2));
    QPolygonF piece;
    for (qsizetype i = 0; i <= values.size(); ++i) {
        if (i < values.size() && std::isfinite(values[i])) {
            piece << QPointF(area.left() + stepWidth * double(i),
                             flat - (double(values[i]) - double(low)) * scale);
            continue;
        }
        painter.drawPolyline(piece);
        piece.clear();
    }
    painter.restore();
}

Sparkline::Sparkline(QWidget* parent) : QWidget(parent), m_colour(palette().color(QPalette::Highlight))
{
    setAccessibleName(tr("Loss so far"));
}

void Sparkline::setValues(const QList<float>& values)
{
    m_values = values;
    update();
}

void Sparkline::setColour(const QColor& colour)
{
    m_colour = colour;
    update();
}

void Sparkline::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintSparkline(painter, QRectF(rect()).adjusted(1, 2, -1, -2), m_values, m_colour);
}

} // namespace lens
