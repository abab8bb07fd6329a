// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/plots/plot_canvas.h"

#include <QPainter>
#include <QResizeEvent>
#include <qcustomplot.h>

#include <cmath>
#include <utility>

namespace lens {

namespace {

constexpr int kLeftMargin = 48;
constexpr int kRightMargin = 28;
constexpr int kTopMargin = 6;
constexpr int kBottomMargin = 22;

// Ticks where QCustomPlot finds them readable, written as people read them.
template <class Base>
class TextTicker : public Base {
public:
    void setText(PlotCanvas::TickText text) { m_text = std::move(text); }

protected:
    QString getTickLabel(double tick, const QLocale& locale, QChar format, int precision) override
    {
        return m_text ? m_text(tick, m_step) : Base::getTickLabel(tick, locale, format, precision);
    }
    double getTickStep(const QCPRange& range) override
    {
        m_step = Base::getTickStep(range);
        return m_step;
    }
    int getSubTickCount(double) override { return 0; }

    double m_step = 0;

private:
    PlotCanvas::TickText m_text;
};

class StepTicker : public TextTicker<QCPAxisTicker> {
public:
    void setTime(bool time) { m_time = time; }

protected:
    double getTickStep(const QCPRange& range) override
    {
        if (!m_time) {
            return TextTicker::getTickStep(range);
        }
        constexpr double kSteps[] = {1,   2,   5,    10,   15,   30,    60,    120,   300,
                                     600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400};
        for (const double step : kSteps) {
            if (range.size() <= step * mTickCount) {
                return m_step = step;
            }
        }
        return m_step = 86400 * std::ceil(range.size() / 86400 / mTickCount);
    }

private:
    bool m_time = false;
};

// Bands, event and marker lines, and the marks of values that are not finite, in one item under the curves.
class MarksItem : public QCPAbstractItem {
public:
    explicit MarksItem(QCustomPlot* plot) : QCPAbstractItem(plot) { setSelectable(false); }

    double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }

    PlotMarks marks;
    QColor missingColour;

protected:
    void draw(QCPPainter* painter) override
    {
        const QRectF area = clipRect();
        painter->setAntialiasing(false);
        for (const PlotMarks::Band& band : marks.bands) {
            const double top = y(band.high);
            painter->fillRect(QRectF(area.left(), top, area.width(), std::max(1.0, y(band.low) - top)),
                              band.colour);
        }
        for (const PlotMarks::Line& line : marks.vertical) {
            painter->setPen(QPen(line.colour, 1, line.dashed ? Qt::DashLine : Qt::SolidLine));
            const double at = std::round(x(line.at));
            painter->drawLine(QLineF(at, area.top(), at, area.bottom()));
        }
        for (const PlotMarks::Line& line : marks.horizontal) {
            painter->setPen(QPen(line.colour, 1, line.dashed ? Qt::DashLine : Qt::SolidLine));
            const double at = std::round(y(line.at));
            painter->drawLine(QLineF(area.left(), at, area.right(), at));
        }
        for (const double missing : marks.missing) {
            painter->fillRect(QRectF(x(missing) - 1.5, area.bottom() - 7, 3, 8), missingColour);
        }
    }

private:
    double x(double value) const { return mParentPlot->xAxis->coordToPixel(value); }
    double y(double value) const { return mParentPlot->yAxis->coordToPixel(value); }
};

// Lies over the plot, so that moving the cursor repaints a strip of it and nothing is drawn again.
class CursorLine : public QWidget {
public:
    explicit CursorLine(QWidget* parent) : QWidget(parent) { setAttribute(Qt::WA_TransparentForMouseEvents); }

    void place(int x, const QRect& area, const QColor& colour)
    {
        setGeometry(x, area.top(), 1, area.height());
        m_colour = colour;
        show();
    }

protected:
    void paintEvent(QPaintEvent*) override { QPainter(this).fillRect(rect(), m_colour); }

private:
    QColor m_colour;
};

} // namespace

class PlotCanvas::Parts {
public:
    Parts(PlotCanvas* canvas, const Theme& initial)
        : theme(initial)
        , plot(new QCustomPlot(canvas))
        , marks(new MarksItem(plot))
        , cursor(new CursorLine(canvas))
    {
        plot->setAttribute(Qt::WA_TransparentForMouseEvents);
        plot->setFocusPolicy(Qt::NoFocus);
        plot->setPlottingHints(QCP::phFastPolylines | QCP::phCacheLabels);
        plot->setNotAntialiasedElements(QCP::aeAll &
                                        ~QCP::AntialiasedElements(QCP::aePlottables | QCP::aeScatters));
        plot->layer(QStringLiteral("overlay"))->setMode(QCPLayer::lmLogical);
        marks->setLayer(QStringLiteral("grid"));
        QCPAxisRect* area = plot->axisRect();
        area->setAutoMargins(QCP::msNone);
        area->setMargins(QMargins(kLeftMargin, kTopMargin, kRightMargin, kBottomMargin));
        cursor->hide();
        setTickers(false);
        colourAxes();
    }

    void setTickers(bool logarithmic)
    {
        xTicker = QSharedPointer<StepTicker>::create();
        xTicker->setTickCount(6);
        xTicker->setText(xText);
        xTicker->setTime(timeTicks);
        plot->xAxis->setTicker(xTicker);
        if (logarithmic) {
            const auto ticker = QSharedPointer<TextTicker<QCPAxisTickerLog>>::create();
            ticker->setText(yText);
            plot->yAxis->setTicker(ticker);
        } else {
            const auto ticker = QSharedPointer<TextTicker<QCPAxisTicker>>::create();
            ticker->setTickCount(4);
            ticker->setText(yText);
            plot->yAxis->setTicker(ticker);
        }
        plot->yAxis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    }

    void colourAxes()
    {
        plot->setBackground(QBrush(theme.panel));
        marks->missingColour = theme.failure;
        for (QCPAxis* axis : {plot->xAxis, plot->yAxis}) {
            axis->setBasePen(Qt::NoPen);
            axis->setTickPen(Qt::NoPen);
            axis->setSubTickPen(Qt::NoPen);
            axis->setTickLength(0);
            axis->setTickLabelColor(theme.muted);
            axis->setTickLabelPadding(6);
            QFont font = theme.small;
            font.setPixelSize(11);
            axis->setTickLabelFont(font);
            axis->grid()->setPen(QPen(theme.grid, 1));
            axis->grid()->setZeroLinePen(QPen(theme.grid, 1));
            axis->grid()->setSubGridVisible(false);
        }
    }

    Theme theme;
    QCustomPlot* plot;
    MarksItem* marks;
    CursorLine* cursor;
    QSharedPointer<StepTicker> xTicker;
    bool timeTicks = false;
    TickText xText;
    TickText yText;
    std::optional<double> cursorAt;
};

PlotCanvas::PlotCanvas(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_parts(std::make_unique<Parts>(this, theme))
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setMinimumSize(120, 60);
}

PlotCanvas::~PlotCanvas() = default;

void PlotCanvas::setTheme(const Theme& theme)
{
    m_parts->theme = theme;
    m_parts->colourAxes();
    setCursor(m_parts->cursorAt);
}

int PlotCanvas::addCurve(const CurveStyle& style)
{
    QCPGraph* graph = m_parts->plot->addGraph();
    graph->setAdaptiveSampling(false); // decided in curve_points
    graph->setSelectable(QCP::stNone);
    const int curve = m_parts->plot->graphCount() - 1;
    setCurveStyle(curve, style);
    return curve;
}

void PlotCanvas::setCurveStyle(int curve, const CurveStyle& style)
{
    QCPGraph* graph = m_parts->plot->graph(curve);
    graph->setPen(QPen(style.colour, style.width, style.pen));
    graph->setAntialiased(style.antialiased);
    if (style.circles) {
        graph->setAntialiasedScatters(true);
        graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(style.colour, 1.4),
                                               QBrush(m_parts->theme.panel), 6));
    }
}

void PlotCanvas::setCurve(int curve, const CurvePoints& points)
{
    QVector<QCPGraphData> drawn;
    drawn.reserve(static_cast<qsizetype>(points.x.size()));
    for (std::size_t i = 0; i < points.x.size(); ++i) {
        drawn.append(QCPGraphData(points.x[i], points.y[i]));
    }
    m_parts->plot->graph(curve)->data()->set(drawn, true);
}

void PlotCanvas::setDense(int curve, bool dense)
{
    QCPGraph* graph = m_parts->plot->graph(curve);
    if (dense) {
        graph->setPen(QPen(graph->pen().color(), 1));
        graph->setAntialiased(false);
    }
}

void PlotCanvas::setMarks(PlotMarks marks)
{
    m_parts->marks->marks = std::move(marks);
}

void PlotCanvas::setRanges(double xLow, double xHigh, double yLow, double yHigh)
{
    m_parts->plot->xAxis->setRange(xLow, xHigh);
    m_parts->plot->yAxis->setRange(yLow, yHigh);
}

void PlotCanvas::setLogarithmic(bool on)
{
    m_parts->setTickers(on);
}

void PlotCanvas::setTickTexts(TickText x, TickText y)
{
    const bool logarithmic = m_parts->plot->yAxis->scaleType() == QCPAxis::stLogarithmic;
    m_parts->xText = std::move(x);
    m_parts->yText = std::move(y);
    m_parts->setTickers(logarithmic);
}

void PlotCanvas::setTimeTicks(bool on)
{
    m_parts->timeTicks = on;
    m_parts->xTicker->setTime(on);
}

void PlotCanvas::setCursor(std::optional<double> x)
{
    m_parts->cursorAt = x;
    const QRect area = plotArea();
    const double pixel = x ? pixelOf(*x) : -1;
    if (!x || pixel < area.left() || pixel > area.right()) {
        m_parts->cursor->hide();
        return;
    }
    const QColor colour = blended(m_parts->theme.muted, m_parts->theme.panel, 0.7);
    m_parts->cursor->place(static_cast<int>(std::lround(pixel)), area, colour);
}

QRect PlotCanvas::plotArea() const
{
    return rect().adjusted(kLeftMargin, kTopMargin, -kRightMargin, -kBottomMargin);
}

double PlotCanvas::xAt(double pixel) const
{
    const QRect area = plotArea();
    const QCPRange range = m_parts->plot->xAxis->range();
    return range.lower + (pixel - area.left()) / std::max(1, area.width()) * range.size();
}

double PlotCanvas::pixelOf(double x) const
{
    const QRect area = plotArea();
    const QCPRange range = m_parts->plot->xAxis->range();
    return area.left() + (x - range.lower) / range.size() * area.width();
}

void PlotCanvas::replot()
{
    const QRect area = plotArea();
    m_parts->xTicker->setTickCount(std::clamp(area.width() / 64, 2, 10));
    m_parts->plot->yAxis->ticker()->setTickCount(std::clamp(area.height() / 36, 2, 8));
    m_parts->plot->replot(QCustomPlot::rpQueuedRefresh);
    setCursor(m_parts->cursorAt);
}

void PlotCanvas::resizeEvent(QResizeEvent* event)
{
    m_parts->plot->resize(event->size());
    setCursor(m_parts->cursorAt);
}

} // namespace lens
