// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The fonts of the window, and figures of equal width: QFont knows font features only from Qt 6.7 on, so
// where a font's digits differ in width, drawFigures() puts each into a cell of the widest one.
#pragma once

#include <QFont>
#include <QFontMetricsF>
#include <QRectF>
#include <QString>

class QPainter;

namespace lens {

// The system's interface font; where the desktop names none, the first installed of a list of good ones.
QFont interfaceFont(int pixelSize, QFont::Weight weight = QFont::Normal);
QFont monospaceFont(int pixelSize);

// Whether the ten digits are equally wide, so that a changing number does not move what follows.
bool hasTabularFigures(const QFont& font);

// Width of the text with every digit as wide as the widest.
double figuresWidth(const QFontMetricsF& metrics, const QString& text);
// Draws one line with figures of equal width, clipped to nothing; horizontal alignment from `alignment`,
// vertically centred.
void drawFigures(QPainter& painter, const QRectF& area, Qt::Alignment alignment, const QString& text);
// The text, shortened with an ellipsis to `width` as drawFigures() would draw it.
QString elidedFigures(const QFontMetricsF& metrics, const QString& text, double width);

} // namespace lens
