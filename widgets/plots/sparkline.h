// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A tiny curve without axes, for the library. Plain painting, no plot behind it.
#pragma once

#include <QColor>
#include <QList>
#include <QRectF>
#include <QWidget>

class QPainter;

namespace lens {

// Scales the finite values to the area; a value that is not finite leaves a gap. Nothing for fewer than two.
void paintSparkline(QPainter& painter, const QRectF& area, const QList<float>& values, const QColor& colour);

class Sparkline : public QWidget {
    Q_OBJECT
public:
    explicit Sparkline(QWidget* parent = nullptr);

    void setValues(const QList<float>& values);
    void setColour(const QColor& colour);

    QSize sizeHint() const override { return {64, 20}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<float> m_values;
    QColor m_colour;
};

} // namespace lens
