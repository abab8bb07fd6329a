// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The small shapes that say in form what colour says: states of runs, kinds of events.
#pragma once

#include <QColor>
#include <QPointF>

class QPainter;

namespace lens {

enum class Mark {
    Dot,      // live
    Ring,     // queued, evaluation
    Diamond,  // checkpoint
    Bars,     // pause
    Triangle, // finding, interrupted
    Turn,     // resume
    Cross,    // failed
    Check,    // finished
    Square,   // stopped
    Line      // plain note
};

// Fits a square of `size` pixels around `centre`.
void drawMark(QPainter& painter, const QPointF& centre, double size, Mark mark, const QColor& colour);

} // namespace lens
