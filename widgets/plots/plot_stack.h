// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Several plots over one x axis: zoomed, panned and read together. Rows are handed in as they arrive; however
// many arrive in a turn of the event loop, everything is drawn once, and nothing while hidden.
//   Wheel zooms x, Shift+wheel y, drag pans, double-click fits, F follows the newest step; arrows pan, + and
//   - zoom, Home fits.
#pragma once

#include "core/store/run_reader.h"
#include "widgets/plots/metric_columns.h"
#include "widgets/plots/series_plot.h"
#include "widgets/theme/theme.h"

#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

class QGridLayout;

namespace lens {

class PlotStack : public QWidget, public Themed {
    Q_OBJECT
public:
    explicit PlotStack(const Theme& theme, QWidget* parent = nullptr);
    ~PlotStack() override;

    // Plots come before rows: which series are kept follows from them.
    SeriesPlot* addPlot(const PlotSpec& spec, int row, int column, int columnSpan, int stretch);
    // The six of the Live page: loss on top, gradients in the middle, the rest below.
    void addLivePlots();
    SeriesPlot* plot(const QString& id) const;
    const std::vector<SeriesPlot*>& plots() const { return m_plots; }

    void append(const std::vector<MetricsRow>& rows);
    // Parts of a new start of the engine supersede what was there from their first step on.
    void append(const MetricsBatch& batch);
    void clear(); // another run: rows, events and view
    void setEvents(std::vector<PlotEvent> events);
    void addEvents(const std::vector<PlotEvent>& events);
    const MetricColumns& columns() const { return m_columns; }

    void setTheme(const Theme& theme) override;
    // The axis shows all of them from the start; 0 = not known.
    void setPlannedSteps(std::uint64_t steps);
    void setXAxis(XAxis axis);
    XAxis xAxis() const { return m_view.axis; }
    void setSmoothing(double weight);
    double smoothing() const { return m_columns.smoothing(); }
    bool isFollowing() const { return m_following; }
    double viewLow() const { return m_view.low; }
    double viewHigh() const { return m_view.high; }
    // How often everything was drawn, for tests and benchmarks.
    std::uint64_t drawCount() const { return m_drawCount; }
    // Draws now instead of at the end of the turn.
    void drawNow();

public slots:
    void setFollowing(bool following);
    void fit();
    void goToStep(quint64 step);
    void zoom(double centre, double factor);
    void pan(double distance);

signals:
    void followingChanged(bool following);
    void viewChanged();
    // An event mark was clicked.
    void stepRequested(quint64 step);

protected:
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void scheduleDraw();
    void scheduleDrawOfRows();
    void setView(double low, double high);
    void viewMoved();
    void showNewest();
    void followNewest();
    double fullHigh() const;
    void showCursor(std::optional<double> x);
    void keepSeriesOf(const PlotSpec& spec);

    Theme m_theme;
    MetricColumns m_columns;
    std::vector<SeriesPlot*> m_plots;
    std::vector<PlotEvent> m_events;
    QGridLayout* m_grid = nullptr;
    QTimer m_drawTimer;
    PlotView m_view;
    std::uint64_t m_plannedSteps = 0;
    std::uint64_t m_drawCount = 0;
    double m_drawnNewest = 0; // x of the newest row when last drawn
    bool m_fitted = true;     // the view is the whole axis and grows with it
    bool m_following = true;
    bool m_stale = true;
};

} // namespace lens
