// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/plots/event_lane.h"

#include "widgets/theme/format.h"
#include "widgets/theme/marks.h"

#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace lens {

namespace {

constexpr double kReach = 7;

Mark markOf(PlotEvent::Kind kind)
{
    switch (kind) {
    case PlotEvent::Kind::Checkpoint:
        return Mark::Diamond;
    case PlotEvent::Kind::Pause:
        return Mark::Bars;
    case PlotEvent::Kind::Finding:
        return Mark::Triangle;
    case PlotEvent::Kind::Resume:
        return Mark::Turn;
    case PlotEvent::Kind::Evaluation:
        return Mark::Ring;
    }
    return Mark::Line;
}

// Of marks that fall together the one that matters more lies above.
int weightOf(PlotEvent::Kind kind)
{
    switch (kind) {
    case PlotEvent::Kind::Finding:
        return 4;
    case PlotEvent::Kind::Pause:
        return 3;
    case PlotEvent::Kind::Resume:
        return 2;
    case PlotEvent::Kind::Checkpoint:
        return 1;
    case PlotEvent::Kind::Evaluation:
        break;
    }
    return 0;
}

} // namespace

QColor eventColour(const Theme& theme, PlotEvent::Kind kind)
{
    return kind == PlotEvent::Kind::Finding      ? theme.attention
           : kind == PlotEvent::Kind::Evaluation ? theme.evaluation
                                                 : theme.muted;
}

EventLane::EventLane(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setObjectName(QStringLiteral("eventLane"));
    setAccessibleName(tr("Events on the time axis"));
    setFixedHeight(18);
    setMouseTracking(true);
}

void EventLane::setTheme(const Theme& theme)
{
    m_theme = theme;
    update();
}

void EventLane::setEvents(std::vector<PlotEvent> events, std::vector<double> pixels)
{
    m_events = std::move(events);
    m_pixels = std::move(pixels);
    update();
}

void EventLane::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    for (int weight = 0; weight <= 4; ++weight) {
        double last = -100;
        for (std::size_t i = 0; i < m_events.size(); ++i) {
            // Marks of a kind closer than they are wide would be a smear.
            if (m_pixels[i] < 0 || weightOf(m_events[i].kind) != weight || m_pixels[i] - last < 5) {
                continue;
            }
            last = m_pixels[i];
            drawMark(painter, QPointF(m_pixels[i], height() / 2.0), 10, markOf(m_events[i].kind),
                     eventColour(m_theme, m_events[i].kind));
        }
    }
}

std::vector<std::size_t> EventLane::eventsAt(double pixel) const
{
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < m_events.size(); ++i) {
        if (m_pixels[i] >= 0 && std::abs(m_pixels[i] - pixel) <= kReach) {
            found.push_back(i);
        }
    }
    std::stable_sort(found.begin(), found.end(), [&](std::size_t a, std::size_t b) {
        return std::abs(m_pixels[a] - pixel) < std::abs(m_pixels[b] - pixel);
    });
    return found;
}

void EventLane::mouseMoveEvent(QMouseEvent* event)
{
    QStringList lines;
    for (const std::size_t i : eventsAt(event->position().x())) {
        if (lines.size() < 8) {
            const QString step = formatCount(static_cast<std::int64_t>(m_events[i].step));
            lines << tr("Step %1: %2").arg(step, m_events[i].text);
        }
    }
    setCursor(lines.isEmpty() ? Qt::ArrowCursor : Qt::PointingHandCursor);
    QToolTip::showText(event->globalPosition().toPoint(), lines.join(u'\n'), this);
}

void EventLane::mouseReleaseEvent(QMouseEvent* event)
{
    const std::vector<std::size_t> found = eventsAt(event->position().x());
    if (event->button() == Qt::LeftButton && !found.empty()) {
        emit stepRequested(m_events[found.front()].step);
    }
}

} // namespace lens
