// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// One plot of a stack: header, event lane, canvas. Shows what the shared columns hold between the shared ends
// of the x axis; wishes to move that axis go to the stack as signals. The y axis is its own: it fits what is
// in view until the user zooms it.
#pragma once

#include "widgets/plots/curve_points.h"
#include "widgets/plots/plot_spec.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/themed.h"

#include <QFrame>

#include <optional>
#include <vector>

namespace lens {

class EventLane;
class PlotCanvas;
class PlotHeader;
struct PlotMarks;

// The shared part of what all plots of a stack show.
struct PlotView {
    XAxis axis = XAxis::Step;
    double low = 0;
    double high = 1;
};

class SeriesPlot : public QFrame, public Themed {
    Q_OBJECT
public:
    // The columns outlive the plot.
    SeriesPlot(PlotSpec spec, const MetricColumns& columns, const Theme& theme, QWidget* parent = nullptr);

    const PlotSpec& spec() const { return m_spec; }
    void setTheme(const Theme& theme) override;
    void setNote(const QString& note);
    // Dashed horizontal lines, such as the norm that gradients are clipped to.
    void setLines(std::vector<double> values);
    void setBand(std::optional<PlotBand> band);
    void setLogarithmic(bool on);
    bool isLogarithmic() const { return m_logarithmic; }
    void setView(const PlotView& view);
    void setEvents(const std::vector<PlotEvent>& events);
    // Draws now what columns and view hold.
    void refresh();
    // The shared cursor; none shows the newest values.
    void setCursor(std::optional<double> x);
    QString readOut() const;

    // What is drawn, for tests and read-outs: the ends of the y axis in units of the series.
    double yLow() const { return m_yLow; }
    double yHigh() const { return m_yHigh; }
    // Back to an axis that fits what is in view.
    void fitY();

signals:
    void zoomRequested(double centre, double factor);
    void panRequested(double distance);
    void fitRequested();
    void cursorMoved(std::optional<double> x);
    void stepRequested(quint64 step);
    void replotNeeded();

protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void createParts();
    void createCurves();
    void styleCurves();
    void showSwatches();
    void showCurves(int pixels);
    void showCurve(int curve, const CurvePoints& drawn);
    void showMarks(int pixels);
    void showEvents();
    void findYRange();
    ValueRange visibleValues() const;
    CurvePoints points(const ColumnBranch& branch, Series series, CurveKind kind, int pixels) const;
    double xOfStep(std::uint64_t step) const;
    double canvasX(const QPointF& position) const;

    PlotSpec m_spec;
    const MetricColumns& m_columns;
    Theme m_theme;
    PlotView m_view;
    PlotHeader* m_header = nullptr;
    EventLane* m_lane = nullptr;
    PlotCanvas* m_canvas = nullptr;
    int m_supersededCurve = 0;
    int m_rawCurve = 0;
    int m_smoothCurve = 0;
    int m_sparseCurve = 0;
    int m_dashedCurve = 0;
    std::vector<PlotEvent> m_events;
    std::vector<double> m_lines;
    std::optional<PlotBand> m_band;
    std::optional<double> m_cursor;
    std::optional<QPointF> m_dragFrom;
    bool m_dragged = false;
    bool m_logarithmic = false;
    bool m_manualY = false;
    double m_yLow = 0;
    double m_yHigh = 1;
};

} // namespace lens
