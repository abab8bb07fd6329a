// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/plots/plot_stack.h"

#include <QGridLayout>
#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace lens {

namespace {

constexpr double kNewestAt = 0.95; // where in the view the newest step stands while following
constexpr int kUnseenDelayMs = 120;
constexpr double kKeyPan = 0.1;     // of the view, per key press
constexpr double kKeyZoom = 0.8;    // per key press
constexpr double kFollowView = 0.2; // of what there is, when following begins from the whole axis

std::uint64_t bit(Series series)
{
    return std::uint64_t{1} << static_cast<unsigned>(series);
}

} // namespace

PlotStack::PlotStack(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_columns(ColumnChoice{0, 0, 0.9})
    , m_grid(new QGridLayout(this))
{
    setObjectName(QStringLiteral("plotStack"));
    setAccessibleName(tr("Plots"));
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(10);
    m_drawTimer.setSingleShot(true);
    connect(&m_drawTimer, &QTimer::timeout, this, &PlotStack::drawNow);
}

PlotStack::~PlotStack()
{
    // The plots go after the members of this class: what they say while going must not reach it.
    for (SeriesPlot* plot : m_plots) {
        plot->disconnect(this);
    }
}

void PlotStack::keepSeriesOf(const PlotSpec& spec)
{
    ColumnChoice choice = m_columns.choice();
    choice.kept |=
        bit(spec.series) | (spec.sparse ? bit(*spec.sparse) : 0) | (spec.dashed ? bit(*spec.dashed) : 0);
    choice.smoothed |= spec.smoothed ? bit(spec.series) : 0;
    m_columns.setChoice(choice);
}

SeriesPlot* PlotStack::addPlot(const PlotSpec& spec, int row, int column, int columnSpan, int stretch)
{
    keepSeriesOf(spec);
    auto* plot = new SeriesPlot(spec, m_columns, m_theme, this);
    m_plots.push_back(plot);
    m_grid->addWidget(plot, row, column, 1, columnSpan);
    m_grid->setRowStretch(row, stretch);
    for (int i = 0; i < columnSpan; ++i) {
        m_grid->setColumnStretch(column + i, 1);
    }
    connect(plot, &SeriesPlot::zoomRequested, this, &PlotStack::zoom);
    connect(plot, &SeriesPlot::panRequested, this, &PlotStack::pan);
    connect(plot, &SeriesPlot::fitRequested, this, &PlotStack::fit);
    connect(plot, &SeriesPlot::cursorMoved, this, &PlotStack::showCursor);
    connect(plot, &SeriesPlot::stepRequested, this, &PlotStack::stepRequested);
    connect(plot, &SeriesPlot::replotNeeded, this, &PlotStack::scheduleDraw);
    return plot;
}

void PlotStack::addLivePlots()
{
    const std::vector<PlotSpec> specs = livePlotSpecs();
    // loss / gradient norm, gradient cosine / learning rate, memory, throughput
    addPlot(specs[0], 0, 0, 6, 30);
    addPlot(specs[2], 1, 0, 3, 19);
    addPlot(specs[3], 1, 3, 3, 19);
    addPlot(specs[1], 2, 0, 2, 18);
    addPlot(specs[4], 2, 2, 2, 18);
    addPlot(specs[5], 2, 4, 2, 18);
}

SeriesPlot* PlotStack::plot(const QString& id) const
{
    const auto found =
        std::find_if(m_plots.begin(), m_plots.end(), [&id](SeriesPlot* p) { return p->spec().id == id; });
    return found == m_plots.end() ? nullptr : *found;
}

void PlotStack::append(const std::vector<MetricsRow>& rows)
{
    if (!rows.empty()) {
        m_columns.append(rows);
        showNewest();
        scheduleDrawOfRows();
    }
}

void PlotStack::append(const MetricsBatch& batch)
{
    for (const MetricsBatch::Part& part : batch.parts) {
        if (part.newSegment) {
            m_columns.supersedeFrom(part.firstStep);
            scheduleDraw();
        }
        append(part.rows);
    }
}

void PlotStack::clear()
{
    m_columns.clear();
    m_plannedSteps = 0;
    setEvents({});
    for (SeriesPlot* plot : m_plots) {
        plot->fitY();
    }
    fit();
}

void PlotStack::setEvents(std::vector<PlotEvent> events)
{
    m_events = std::move(events);
    for (SeriesPlot* plot : m_plots) {
        plot->setEvents(m_events);
    }
    scheduleDraw();
}

void PlotStack::addEvents(const std::vector<PlotEvent>& events)
{
    m_events.insert(m_events.end(), events.begin(), events.end());
    setEvents(std::move(m_events));
}

void PlotStack::setTheme(const Theme& theme)
{
    m_theme = theme;
    for (SeriesPlot* plot : m_plots) {
        plot->setTheme(theme);
    }
}

void PlotStack::setPlannedSteps(std::uint64_t steps)
{
    if (steps != m_plannedSteps) {
        m_plannedSteps = steps;
        showNewest();
        scheduleDraw();
    }
}

void PlotStack::setXAxis(XAxis axis)
{
    if (axis != m_view.axis) {
        m_view.axis = axis;
        fit();
    }
}

void PlotStack::setSmoothing(double weight)
{
    m_columns.setSmoothing(weight);
    scheduleDraw();
}

// The whole axis: planned steps; for time and tokens what they come to at the pace so far.
double PlotStack::fullHigh() const
{
    double newest = m_columns.newest(m_view.axis);
    for (const auto& branch : m_columns.superseded()) {
        newest = std::max(newest, branch->x(m_view.axis).back());
    }
    const double step = m_columns.newest(XAxis::Step);
    const double planned = static_cast<double>(m_plannedSteps);
    if (m_view.axis == XAxis::Step) {
        return std::max({newest, planned, 1.0});
    }
    const double expected = step > 0 && planned > step ? newest * planned / step : newest;
    return std::max(expected, 1.0);
}

void PlotStack::fit()
{
    m_fitted = true;
    setView(0, fullHigh());
    setFollowing(true);
    scheduleDraw();
}

// New rows or a new plan: the whole axis grows, a followed view moves on, any other stays where it is.
void PlotStack::showNewest()
{
    if (m_fitted) {
        setView(0, fullHigh());
    } else if (m_following) {
        const double length = m_view.high - m_view.low;
        const double high = m_columns.newest(m_view.axis) + length * (1 - kNewestAt);
        setView(high - length, high);
    }
}

void PlotStack::setFollowing(bool following)
{
    if (following != m_following) {
        m_following = following;
        emit followingChanged(following);
    }
    if (following) {
        showNewest();
        scheduleDraw();
    }
}

// The whole axis holds the newest step anyway: there F looks closer.
void PlotStack::followNewest()
{
    const double newest = m_columns.newest(m_view.axis);
    if (!m_fitted || newest <= 0) {
        setFollowing(!m_following);
        return;
    }
    m_fitted = false;
    setView(newest * (1 - kFollowView), newest);
    setFollowing(true);
    showNewest();
}

void PlotStack::setView(double low, double high)
{
    if (low != m_view.low || high != m_view.high) {
        m_view.low = low;
        m_view.high = high;
        emit viewChanged();
    }
}

void PlotStack::viewMoved()
{
    m_fitted = false;
    scheduleDraw();
    const double newest = m_columns.newest(m_view.axis);
    if (m_following && (newest < m_view.low || newest > m_view.high)) {
        setFollowing(false);
    }
}

void PlotStack::zoom(double centre, double factor)
{
    const double full = fullHigh();
    const double length = std::clamp((m_view.high - m_view.low) * factor, full * 1e-7 + 1e-6, full * 1.2);
    // Zoomed out beyond everything is everything.
    if (length >= full) {
        m_fitted = true;
        setView(0, full);
        scheduleDraw();
        return;
    }
    const double share = (centre - m_view.low) / (m_view.high - m_view.low);
    const double low = std::clamp(centre - share * length, 0.0, full - length);
    setView(low, low + length);
    setFollowing(false);
    viewMoved();
}

void PlotStack::pan(double distance)
{
    const double length = m_view.high - m_view.low;
    const double low = std::clamp(m_view.low + distance, -length / 2, std::max(fullHigh() - length / 2, 0.0));
    setView(low, low + length);
    setFollowing(false);
    viewMoved();
}

void PlotStack::goToStep(quint64 step)
{
    const auto row = m_columns.live().rowAt(XAxis::Step, static_cast<double>(step));
    const double x = m_view.axis == XAxis::Step ? static_cast<double>(step)
                     : row                      ? m_columns.live().x(m_view.axis)[*row]
                                                : 0;
    if (x < m_view.low || x > m_view.high) {
        const double length = m_view.high - m_view.low;
        m_fitted = false;
        setView(x - length / 2, x + length / 2);
        setFollowing(false);
        scheduleDraw();
    }
    showCursor(x);
}

void PlotStack::showCursor(std::optional<double> x)
{
    for (SeriesPlot* plot : m_plots) {
        plot->setCursor(x);
    }
}

void PlotStack::scheduleDraw()
{
    m_stale = true;
    if (isVisible() && !window()->isMinimized()) {
        m_drawTimer.start(0);
    }
}

// Rows that move the newest point by less than a pixel may wait for the next ones: in a long run every draw
// is the same picture. At ten batches a second this halves the cost and adds at most kUnseenDelayMs.
void PlotStack::scheduleDrawOfRows()
{
    const double moved = m_columns.newest(m_view.axis) - m_drawnNewest;
    const bool unseen = moved >= 0 && moved * width() < (m_view.high - m_view.low) * 0.5;
    m_stale = true;
    if (!unseen) {
        scheduleDraw();
    } else if (isVisible() && !m_drawTimer.isActive() && !window()->isMinimized()) {
        m_drawTimer.start(kUnseenDelayMs);
    }
}

void PlotStack::drawNow()
{
    m_drawTimer.stop();
    m_drawnNewest = m_columns.newest(m_view.axis);
    m_stale = false;
    ++m_drawCount;
    for (SeriesPlot* plot : m_plots) {
        plot->setView(m_view);
        plot->refresh();
    }
}

void PlotStack::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale) {
        scheduleDraw();
    }
}

void PlotStack::keyPressEvent(QKeyEvent* event)
{
    const double length = m_view.high - m_view.low;
    switch (event->key()) {
    case Qt::Key_Left:
        pan(-length * kKeyPan);
        return;
    case Qt::Key_Right:
        pan(length * kKeyPan);
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(m_view.low + length / 2, kKeyZoom);
        return;
    case Qt::Key_Minus:
        zoom(m_view.low + length / 2, 1 / kKeyZoom);
        return;
    case Qt::Key_Home:
        fit();
        return;
    case Qt::Key_F:
        followNewest();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace lens
