// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/plots/series_plot.h"

#include "widgets/plots/axis_text.h"
#include "widgets/plots/event_lane.h"
#include "widgets/plots/plot_canvas.h"
#include "widgets/plots/plot_header.h"
#include "widgets/plots/plot_read_out.h"

#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace lens {

namespace {

constexpr double kRawWeight = 0.4;  // of the colour in the raw curve under the smoothed one
constexpr double kEdgePad = 0.006;  // of the view, on either side
constexpr double kWheelZoom = 1.2;  // per notch
constexpr double kDenseTravel = 12; // plot heights of ups and downs from which a curve is a block of colour
constexpr double kLeastLogSpan = 1e-12; // below it a logarithm of nothing

} // namespace

SeriesPlot::SeriesPlot(PlotSpec spec, const MetricColumns& columns, const Theme& theme, QWidget* parent)
    : QFrame(parent)
    , m_spec(std::move(spec))
    , m_columns(columns)
    , m_theme(theme)
{
    setObjectName(m_spec.id);
    setAccessibleName(m_spec.title);
    setAccessibleDescription(m_spec.note);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    createParts();
    createCurves();
    showSwatches();
}

void SeriesPlot::createParts()
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 5, 10, 2);
    layout->setSpacing(0);
    m_header = new PlotHeader(m_theme, this);
    m_header->setTitle(m_spec.title);
    m_header->setNote(m_spec.note);
    layout->addWidget(m_header);
    if (m_spec.eventLane) {
        m_lane = new EventLane(m_theme, this);
        layout->addWidget(m_lane);
        connect(m_lane, &EventLane::stepRequested, this, &SeriesPlot::stepRequested);
    }
    m_canvas = new PlotCanvas(m_theme, this);
    layout->addWidget(m_canvas, 1);
    m_canvas->setTickTexts([this](double tick, double step) { return xTickText(m_view.axis, tick, step); },
                           valueTickText);
}

void SeriesPlot::createCurves()
{
    m_supersededCurve = m_canvas->addCurve({});
    m_rawCurve = m_canvas->addCurve({});
    m_dashedCurve = m_canvas->addCurve({});
    m_smoothCurve = m_canvas->addCurve({});
    m_sparseCurve = m_canvas->addCurve({});
    styleCurves();
}

void SeriesPlot::styleCurves()
{
    const QColor colour = m_theme.*m_spec.colour;
    const bool pale = m_spec.smoothed && m_columns.smoothing() > 0;
    const QColor raw = pale ? blended(colour, m_theme.panel, kRawWeight) : colour;
    m_canvas->setCurveStyle(m_supersededCurve, {m_theme.superseded, 1, Qt::SolidLine, false, false});
    m_canvas->setCurveStyle(m_rawCurve, {raw, 1, Qt::SolidLine, !pale, false});
    m_canvas->setCurveStyle(m_smoothCurve, {colour, 1.6, Qt::SolidLine, true, false});
    m_canvas->setCurveStyle(m_dashedCurve, {m_theme.muted, 1, Qt::DashLine, false, false});
    m_canvas->setCurveStyle(
        m_sparseCurve, {m_theme.*m_spec.sparseColour, 1.6, Qt::SolidLine, true, m_spec.sparse.has_value()});
}

void SeriesPlot::showSwatches()
{
    if (!m_spec.sparse) {
        return;
    }
    const bool smoothed = m_spec.smoothed && m_columns.smoothing() > 0;
    const QString main = smoothed ? tr("%1, smoothed over raw").arg(m_spec.seriesName) : m_spec.seriesName;
    m_header->setSwatches(
        {{main, m_theme.*m_spec.colour, false}, {m_spec.sparseName, m_theme.*m_spec.sparseColour, true}});
}

void SeriesPlot::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_header->setTheme(theme);
    m_canvas->setTheme(theme);
    if (m_lane) {
        m_lane->setTheme(theme);
    }
    showSwatches();
    emit replotNeeded();
}

void SeriesPlot::setNote(const QString& note)
{
    m_header->setNote(note);
    setAccessibleDescription(note);
}

void SeriesPlot::setLines(std::vector<double> values)
{
    m_lines = std::move(values);
    emit replotNeeded();
}

void SeriesPlot::setBand(std::optional<PlotBand> band)
{
    m_band = band;
    emit replotNeeded();
}

void SeriesPlot::setLogarithmic(bool on)
{
    if (on != m_logarithmic) {
        m_logarithmic = on;
        m_manualY = false;
        m_canvas->setLogarithmic(on);
        emit replotNeeded();
    }
}

void SeriesPlot::setView(const PlotView& view)
{
    // Room for half a circle at the ends.
    const double pad = (view.high - view.low) * kEdgePad;
    m_view = {view.axis, view.low - pad, view.high + pad};
    m_canvas->setTimeTicks(view.axis == XAxis::Elapsed);
}

void SeriesPlot::setEvents(const std::vector<PlotEvent>& events)
{
    m_events = events;
}

void SeriesPlot::fitY()
{
    m_manualY = false;
    emit replotNeeded();
}

void SeriesPlot::refresh()
{
    const int pixels = m_canvas->plotArea().width();
    if (pixels < 2 || m_canvas->plotArea().height() < 2) {
        return;
    }
    styleCurves();
    showSwatches();
    if (!m_manualY) {
        findYRange();
    }
    showCurves(pixels);
    showMarks(pixels);
    m_canvas->setRanges(m_view.low, m_view.high, m_yLow * m_spec.scale, m_yHigh * m_spec.scale);
    m_canvas->replot();
    showEvents();
    setCursor(m_cursor);
}

CurvePoints SeriesPlot::points(const ColumnBranch& branch, Series series, CurveKind kind, int pixels) const
{
    CurvePoints made;
    addCurvePoints(made, branch, series, kind, m_view.axis, m_view.low, m_view.high, pixels);
    for (double& y : made.y) {
        y = m_logarithmic && y <= 0 ? std::numeric_limits<double>::quiet_NaN() : y * m_spec.scale;
    }
    return made;
}

void SeriesPlot::showCurve(int curve, const CurvePoints& drawn)
{
    // How far the pen goes, in heights of the plot for the ups and downs.
    double travel = 0;
    for (std::size_t i = 1; i < drawn.y.size(); ++i) {
        const double rise = std::abs(drawn.y[i] - drawn.y[i - 1]);
        travel += std::isfinite(rise) ? rise : 0;
    }
    const double height = (m_yHigh - m_yLow) * m_spec.scale;
    m_canvas->setCurve(curve, drawn);
    m_canvas->setDense(curve, m_logarithmic ? drawn.x.size() > 1000 : travel > kDenseTravel * height);
}

void SeriesPlot::showCurves(int pixels)
{
    const ColumnBranch& live = m_columns.live();
    const bool smoothed = m_spec.smoothed && m_columns.smoothing() > 0;
    showCurve(m_rawCurve, points(live, m_spec.series, CurveKind::Raw, pixels));
    showCurve(m_smoothCurve,
              smoothed ? points(live, m_spec.series, CurveKind::Smoothed, pixels) : CurvePoints{});
    if (m_spec.sparse) {
        showCurve(m_sparseCurve, points(live, *m_spec.sparse, CurveKind::Raw, pixels));
    }
    if (m_spec.dashed) {
        m_canvas->setCurve(m_dashedCurve, points(live, *m_spec.dashed, CurveKind::Raw, pixels));
    }
    CurvePoints old;
    for (const auto& branch : m_columns.superseded()) {
        old.addBehindGap(points(*branch, m_spec.series, CurveKind::Raw, pixels));
    }
    m_canvas->setCurve(m_supersededCurve, old);
}

ValueRange SeriesPlot::visibleValues() const
{
    ValueRange range;
    const auto include = [&](const ColumnBranch& branch, Series series) {
        range.include(visibleRange(branch, series, CurveKind::Raw, m_view.axis, m_view.low, m_view.high));
    };
    include(m_columns.live(), m_spec.series);
    for (const auto& branch : m_columns.superseded()) {
        include(*branch, m_spec.series);
    }
    if (m_spec.sparse) {
        include(m_columns.live(), *m_spec.sparse);
    }
    if (m_spec.dashed) {
        include(m_columns.live(), *m_spec.dashed);
    }
    return range;
}

void SeriesPlot::findYRange()
{
    ValueRange range = visibleValues();
    if (range.empty()) {
        m_yLow = m_logarithmic ? 0.1 / m_spec.scale : 0;
        m_yHigh = 1 / m_spec.scale;
        return;
    }
    if (m_band) {
        range.include(m_band->high);
    }
    if (m_spec.includeZero && !m_logarithmic) {
        range.include(0.0);
    }
    for (const double line : m_lines) {
        // A limit far above everything would press the curve flat.
        if (line <= range.high + (range.high - std::min(range.low, 0.0))) {
            range.include(line);
        }
    }
    if (m_logarithmic) {
        m_yHigh = std::max(range.high, kLeastLogSpan);
        m_yLow = range.low > 0 ? range.low : m_yHigh * 1e-4;
        const double pad = std::max(std::pow(m_yHigh / m_yLow, 0.05), 1.02);
        m_yLow /= pad;
        m_yHigh *= pad;
        return;
    }
    const double flat = range.high == 0 ? 1 : std::abs(range.high) * 0.1;
    const double span = range.high > range.low ? range.high - range.low : flat;
    const bool fromZero = m_spec.includeZero && range.low == 0;
    m_yLow = range.low - (fromZero ? 0.02 : 0.06) * span;
    m_yHigh = range.high + 0.06 * span;
}

void SeriesPlot::showMarks(int pixels)
{
    PlotMarks marks;
    for (const PlotEvent& event : m_events) {
        const double x = xOfStep(event.step);
        if (event.kind != PlotEvent::Kind::Evaluation && x >= m_view.low && x <= m_view.high) {
            const bool finding = event.kind == PlotEvent::Kind::Finding;
            marks.vertical.push_back({x, finding ? m_theme.attention : m_theme.line, finding});
        }
    }
    for (const double line : m_lines) {
        marks.horizontal.push_back({line * m_spec.scale, m_theme.muted, true});
    }
    if (m_band) {
        marks.bands.push_back({m_band->low * m_spec.scale, m_band->high * m_spec.scale,
                               blended(m_theme.muted, m_theme.panel, 0.16)});
    }
    addNotFinite(marks.missing, m_columns.live(), m_spec.series, m_view.axis, m_view.low, m_view.high,
                 pixels);
    if (m_spec.sparse) {
        addNotFinite(marks.missing, m_columns.live(), *m_spec.sparse, m_view.axis, m_view.low, m_view.high,
                     pixels);
    }
    m_canvas->setMarks(std::move(marks));
}

void SeriesPlot::showEvents()
{
    if (!m_lane) {
        return;
    }
    std::vector<double> pixels;
    pixels.reserve(m_events.size());
    for (const PlotEvent& event : m_events) {
        const double x = xOfStep(event.step);
        const bool inView = x >= m_view.low && x <= m_view.high;
        pixels.push_back(inView ? m_canvas->pixelOf(x) : -1);
    }
    m_lane->setEvents(m_events, std::move(pixels));
}

double SeriesPlot::xOfStep(std::uint64_t step) const
{
    if (m_view.axis == XAxis::Step) {
        return static_cast<double>(step);
    }
    const auto row = m_columns.live().rowAt(XAxis::Step, static_cast<double>(step));
    return row ? m_columns.live().x(m_view.axis)[*row] : 0;
}

void SeriesPlot::setCursor(std::optional<double> x)
{
    m_cursor = x;
    m_canvas->setCursor(x);
    const ColumnBranch& live = m_columns.live();
    if (live.rowCount() == 0) {
        m_header->setReadOut({});
        return;
    }
    const std::vector<double>& column = live.x(m_view.axis);
    std::size_t row = live.rowCount() - 1;
    if (x) {
        row = live.rowAt(m_view.axis, *x).value_or(0);
        if (row + 1 < column.size() && column[row + 1] - *x < *x - column[row]) {
            ++row;
        }
    }
    m_header->setReadOut(plotReadOut(m_spec, m_columns, row, !m_cursor));
}

QString SeriesPlot::readOut() const
{
    return m_header->readOut();
}

double SeriesPlot::canvasX(const QPointF& position) const
{
    return m_canvas->xAt(position.x() - m_canvas->x());
}

void SeriesPlot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? QPen(m_theme.accent, 2) : QPen(m_theme.line, 1));
    painter.setBrush(m_theme.panel);
    const double inset = hasFocus() ? 1 : 0.5;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), m_theme.panelRadius,
                            m_theme.panelRadius);
}

void SeriesPlot::wheelEvent(QWheelEvent* event)
{
    // Some platforms turn Shift+wheel into a sideways wheel.
    const QPoint turn = event->angleDelta();
    const double notches = (turn.y() != 0 ? turn.y() : turn.x()) / 120.0;
    const double factor = std::pow(kWheelZoom, -notches);
    if (!(event->modifiers() & Qt::ShiftModifier)) {
        emit zoomRequested(canvasX(event->position()), factor);
        event->accept();
        return;
    }
    const double middle = m_logarithmic ? std::sqrt(m_yLow * m_yHigh) : (m_yLow + m_yHigh) / 2;
    if (m_logarithmic) {
        const double half = std::pow(m_yHigh / m_yLow, factor / 2);
        m_yLow = middle / half;
        m_yHigh = middle * half;
    } else {
        const double half = (m_yHigh - m_yLow) * factor / 2;
        m_yLow = middle - half;
        m_yHigh = middle + half;
    }
    m_manualY = true;
    emit replotNeeded();
    event->accept();
}

void SeriesPlot::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        m_dragFrom = event->position();
        m_dragged = false;
        setFocus(Qt::MouseFocusReason);
    }
}

void SeriesPlot::mouseMoveEvent(QMouseEvent* event)
{
    if (m_dragFrom && (event->buttons() & Qt::LeftButton)) {
        const double distance = canvasX(*m_dragFrom) - canvasX(event->position());
        if (m_dragged || std::abs(event->position().x() - m_dragFrom->x()) > 3) {
            m_dragged = true;
            emit panRequested(distance);
            m_dragFrom = event->position();
        }
        return;
    }
    const QRect area = m_canvas->plotArea().translated(m_canvas->pos());
    const bool inside = event->position().x() >= area.left() && event->position().x() <= area.right();
    emit cursorMoved(inside ? std::optional(canvasX(event->position())) : std::nullopt);
}

void SeriesPlot::mouseReleaseEvent(QMouseEvent*)
{
    m_dragFrom.reset();
}

void SeriesPlot::mouseDoubleClickEvent(QMouseEvent*)
{
    m_dragFrom.reset();
    m_manualY = false;
    emit fitRequested();
}

void SeriesPlot::leaveEvent(QEvent*)
{
    emit cursorMoved(std::nullopt);
}

void SeriesPlot::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    emit replotNeeded();
}

} // namespace lens
