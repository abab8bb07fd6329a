// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The drawing half of a plot: axes, grid, curves, marks. Holds no data of the run and knows no series; the
// only file that draws with QCustomPlot. Takes no mouse: whoever holds it does.
#pragma once

#include "widgets/plots/curve_points.h"
#include "widgets/theme/theme.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace lens {

struct CurveStyle {
    QColor colour;
    double width = 1;
    Qt::PenStyle pen = Qt::SolidLine;
    bool antialiased = false;
    bool circles = false;
};

// Painted under the curves, in plot coordinates.
struct PlotMarks {
    struct Line {
        double at = 0;
        QColor colour;
        bool dashed = false;
    };
    std::vector<Line> vertical;   // events, as hair lines
    std::vector<Line> horizontal; // clip and the like
    struct Band {
        double low = 0;
        double high = 0;
        QColor colour;
    };
    std::vector<Band> bands;
    std::vector<double> missing; // NaN: a red mark at the bottom
};

class PlotCanvas : public QWidget {
    Q_OBJECT
public:
    // `step` is the distance of the ticks; 0 on a logarithmic axis.
    using TickText = std::function<QString(double tick, double step)>;

    explicit PlotCanvas(const Theme& theme, QWidget* parent = nullptr);
    ~PlotCanvas() override;

    void setTheme(const Theme& theme);
    // Curves are numbered in the order added; later ones lie above.
    int addCurve(const CurveStyle& style);
    void setCurveStyle(int curve, const CurveStyle& style);
    void setCurve(int curve, const CurvePoints& points);
    // A curve that goes up and down in every column is drawn with the plain pen of one pixel: a wide or
    // antialiased one costs ten times as much and shows the same block of colour.
    void setDense(int curve, bool dense);
    void setMarks(PlotMarks marks);
    void setRanges(double xLow, double xHigh, double yLow, double yHigh);
    void setLogarithmic(bool on);
    void setTickTexts(TickText x, TickText y);
    // Ticks at whole seconds, minutes and hours.
    void setTimeTicks(bool on);
    // The shared cursor; drawn over the plot without drawing the plot again.
    void setCursor(std::optional<double> x);

    // In this widget's pixels.
    QRect plotArea() const;
    double xAt(double pixel) const;
    double pixelOf(double x) const;
    // Draws now; the screen follows with the next paint.
    void replot();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    class Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace lens
