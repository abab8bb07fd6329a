// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The strip over a plot with a mark for everything that happened: hover tells, click goes there.
#pragma once

#include "widgets/plots/plot_spec.h"
#include "widgets/theme/theme.h"

#include <QWidget>

#include <functional>
#include <vector>

namespace lens {

QColor eventColour(const Theme& theme, PlotEvent::Kind kind);

class EventLane : public QWidget {
    Q_OBJECT
public:
    explicit EventLane(const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    // Pixels of the events in this widget; negative where one is not in view.
    void setEvents(std::vector<PlotEvent> events, std::vector<double> pixels);

    QSize sizeHint() const override { return {100, 18}; }

signals:
    void stepRequested(quint64 step);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    // Places of the events within reach of the pixel, nearest first.
    std::vector<std::size_t> eventsAt(double pixel) const;

    Theme m_theme;
    std::vector<PlotEvent> m_events;
    std::vector<double> m_pixels;
};

} // namespace lens
