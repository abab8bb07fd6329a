// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/theme/marks.h"

#include <QPainter>
#include <QPolygonF>

namespace lens {

namespace {

void stroke(QPainter& painter, const QColor& colour, double width)
{
    painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
}

void drawTurn(QPainter& painter, const QPointF& c, double r, const QColor& colour)
{
    stroke(painter, colour, r * 0.32);
    painter.drawArc(QRectF(c.x() - r * 0.8, c.y() - r * 0.8, r * 1.6, r * 1.6), 60 * 16, -300 * 16);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    const QPointF tip(c.x() + r * 0.4, c.y() - r * 0.7);
    painter.drawPolygon(QPolygonF(
        {tip + QPointF(-r * 0.65, 0), tip + QPointF(r * 0.15, -r * 0.45), tip + QPointF(r * 0.15, r * 0.5)}));
}

} // namespace

void drawMark(QPainter& painter, const QPointF& c, double size, Mark mark, const QColor& colour)
{
    const double r = size / 2;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    switch (mark) {
    case Mark::Dot:
        painter.drawEllipse(c, r, r);
        break;
    case Mark::Ring:
        stroke(painter, colour, qMax(1.2, r * 0.3));
        painter.drawEllipse(c, r * 0.85, r * 0.85);
        break;
    case Mark::Diamond:
        painter.drawPolygon(
            QPolygonF({c + QPointF(0, -r), c + QPointF(r, 0), c + QPointF(0, r), c + QPointF(-r, 0)}));
        break;
    case Mark::Bars:
        painter.drawRect(QRectF(c.x() - r * 0.7, c.y() - r, r * 0.45, r * 2));
        painter.drawRect(QRectF(c.x() + r * 0.25, c.y() - r, r * 0.45, r * 2));
        break;
    case Mark::Triangle:
        painter.drawPolygon(
            QPolygonF({c + QPointF(0, -r), c + QPointF(r, r * 0.85), c + QPointF(-r, r * 0.85)}));
        break;
    case Mark::Turn:
        drawTurn(painter, c, r, colour);
        break;
    case Mark::Cross:
        stroke(painter, colour, qMax(1.5, r * 0.4));
        painter.drawLine(c + QPointF(-r * 0.7, -r * 0.7), c + QPointF(r * 0.7, r * 0.7));
        painter.drawLine(c + QPointF(-r * 0.7, r * 0.7), c + QPointF(r * 0.7, -r * 0.7));
        break;
    case Mark::Check:
        stroke(painter, colour, qMax(1.5, r * 0.4));
        painter.drawPolyline(QPolygonF(
            {c + QPointF(-r * 0.8, 0), c + QPointF(-r * 0.2, r * 0.65), c + QPointF(r * 0.85, -r * 0.7)}));
        break;
    case Mark::Square:
        painter.drawRect(QRectF(c.x() - r * 0.75, c.y() - r * 0.75, r * 1.5, r * 1.5));
        break;
    case Mark::Line:
        painter.drawRect(QRectF(c.x() - 0.75, c.y() - r, 1.5, r * 2));
        break;
    }
    painter.restore();
}

} // namespace lens
