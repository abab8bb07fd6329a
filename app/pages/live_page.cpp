// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/pages/live_page.h"

#include "app/settings/plain_number.h"
#include "widgets/models/event_text.h"
#include "widgets/plots/plot_stack.h"
#include "widgets/theme/format.h"
#include "widgets/theme/themed.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>
#include <cmath>
#include <utility>

namespace lens {
namespace {

constexpr std::array kWeights{0.0, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995};

XAxis axisOf(XAxisChoice choice)
{
    switch (choice) {
    case XAxisChoice::Time:
        return XAxis::Elapsed;
    case XAxisChoice::Tokens:
        return XAxis::Tokens;
    default:
        return XAxis::Step;
    }
}

QString axisText(XAxisChoice choice)
{
    switch (choice) {
    case XAxisChoice::Time:
        return LivePage::tr("Time");
    case XAxisChoice::Tokens:
        return LivePage::tr("Tokens");
    default:
        return LivePage::tr("Step");
    }
}

bool isPhase(const Event& event, const char* name)
{
    return event.type == EventType::Phase && event.fields.contains("phase") && event.fields["phase"] == name;
}

// Good news needs no mark over the plots; it stands at the right.
bool isNotice(const Event& event)
{
    return event.fields.contains("severity") && event.fields["severity"] == "notice";
}

std::optional<PlotEvent::Kind> kindOf(const Event& event)
{
    switch (event.type) {
    case EventType::Checkpoint:
        return PlotEvent::Kind::Checkpoint;
    case EventType::Finding:
        return isNotice(event) ? std::nullopt : std::optional(PlotEvent::Kind::Finding);
    case EventType::Start:
        return event.fields.contains("resumed_from") && event.fields["resumed_from"].is_number()
                   ? std::optional(PlotEvent::Kind::Resume)
                   : std::nullopt;
    case EventType::Phase:
        return isPhase(event, "paused") ? std::optional(PlotEvent::Kind::Pause) : std::nullopt;
    default:
        return std::nullopt;
    }
}

} // namespace

std::optional<PlotEvent> plotEventOf(const Event& event)
{
    const auto kind = kindOf(event);
    if (!kind)
        return std::nullopt;
    PlotEvent mark;
    mark.kind = *kind;
    mark.step = event.step;
    if (const auto row = describedEvent(event))
        mark.text = row->text;
    return mark;
}

LivePage::LivePage(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_tools(new QWidget(this))
    , m_plots(new PlotStack(theme, this))
{
    setObjectName(QStringLiteral("livePage"));
    m_plots->addLivePlots();
    connect(m_plots, &PlotStack::followingChanged, this, [this](bool follow) {
        showFollowing(follow);
        emit followingChanged(follow);
    });
    connect(m_plots, &PlotStack::stepRequested, this, &LivePage::goToStep);
    createTools();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plots);
}

QToolButton* LivePage::createTool(const char* name, const QString& accessibleName)
{
    auto* tool = new QToolButton(m_tools);
    tool->setObjectName(QLatin1String(name));
    tool->setAccessibleName(accessibleName);
    tool->setPopupMode(QToolButton::InstantPopup);
    tool->setToolButtonStyle(Qt::ToolButtonTextOnly);
    setRole(*tool, "quiet");
    m_tools->layout()->addWidget(tool);
    return tool;
}

void LivePage::createTools()
{
    auto* row = new QHBoxLayout(m_tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    createAxisTool();
    createSmoothingTool();
    m_follow = createTool("followTool", tr("Follow the newest step"));
    m_follow->setCheckable(true);
    m_follow->setToolTip(tr("Keeps the newest step in view while zoomed in (F)"));
    showFollowing(m_plots->isFollowing());
    connect(m_follow, &QToolButton::clicked, this, &LivePage::setFollowing);
}

void LivePage::createAxisTool()
{
    m_axis = createTool("axisTool", tr("Horizontal axis"));
    m_axis->setToolTip(tr("What runs along the horizontal axis of all plots"));
    auto* menu = new QMenu(m_axis);
    for (const XAxisChoice choice : {XAxisChoice::Step, XAxisChoice::Time, XAxisChoice::Tokens})
        connect(menu->addAction(axisText(choice)), &QAction::triggered, this, [this, choice] {
            setXAxis(choice);
            emit xAxisChosen(choice);
        });
    m_axis->setMenu(menu);
    setXAxis(XAxisChoice::Step);
}

void LivePage::createSmoothingTool()
{
    m_smoothing = createTool("smoothingTool", tr("Smoothing"));
    m_smoothing->setToolTip(
        tr("Weight of the debiased exponential mean; the raw curve stays under it. 0 shows the raw "
           "curve only."));
    auto* menu = new QMenu(m_smoothing);
    for (const double weight : kWeights)
        connect(menu->addAction(weight > 0 ? plainNumber(weight) : tr("0 (raw)")), &QAction::triggered, this,
                [this, weight] {
                    setSmoothing(weight);
                    emit smoothingChosen(weight);
                });
    m_smoothing->setMenu(menu);
    setSmoothing(m_plots->smoothing());
}

void LivePage::setXAxis(XAxisChoice choice)
{
    m_plots->setXAxis(axisOf(choice));
    m_axis->setText(tr("x: %1 ▾").arg(axisText(choice)));
}

void LivePage::setSmoothing(double weight)
{
    m_plots->setSmoothing(weight);
    m_smoothing->setText(tr("Smoothing %1 ▾").arg(plainNumber(weight)));
}

void LivePage::showFollowing(bool follow)
{
    m_follow->setChecked(follow);
    m_follow->setText(follow ? tr("Follow on") : tr("Follow off"));
}

void LivePage::setFollowing(bool follow)
{
    showFollowing(follow);
    m_plots->setFollowing(follow);
}

void LivePage::setLogLoss(bool logarithmic)
{
    if (SeriesPlot* loss = m_plots->plot(QStringLiteral("lossPlot")))
        loss->setLogarithmic(logarithmic);
}

void LivePage::clear()
{
    m_plots->clear();
}

// The clip line and the noise floor: ±3/√d for d trained parameters, what the cosine of unrelated directions
// stays within (shared/reference/metrics.md).
void LivePage::showDescription(const RunDescription& description)
{
    const double clip = description.config.training.maxGradNorm;
    if (SeriesPlot* norm = m_plots->plot(QStringLiteral("gradNormPlot"))) {
        norm->setLines(clip > 0 ? std::vector<double>{clip} : std::vector<double>{});
        norm->setNote(clip > 0 ? tr("before clipping · clip at %1").arg(plainNumber(clip))
                               : tr("not clipped"));
    }
    const std::int64_t parameters = description.record ? description.record->trainableParameters : 0;
    SeriesPlot* cosine = m_plots->plot(QStringLiteral("gradCosinePlot"));
    if (!cosine)
        return;
    const double floor = parameters > 0 ? 3 / std::sqrt(static_cast<double>(parameters)) : 0;
    cosine->setBand(parameters > 0 ? std::optional(PlotBand{-floor, floor}) : std::nullopt);
    cosine->setNote(parameters > 0 ? tr("consecutive steps · noise floor ±%1").arg(formatNumber(floor, 2))
                                   : tr("consecutive steps"));
}

void LivePage::setTotalSteps(std::uint64_t steps)
{
    m_plots->setPlannedSteps(steps);
}

void LivePage::addBatch(const MetricsBatch& batch)
{
    m_plots->append(batch);
}

void LivePage::addEvents(const std::vector<Event>& events)
{
    std::vector<PlotEvent> marks;
    for (const Event& event : events)
        if (auto mark = plotEventOf(event))
            marks.push_back(std::move(*mark));
    if (!marks.empty())
        m_plots->addEvents(marks);
}

void LivePage::goToStep(std::uint64_t step)
{
    m_plots->goToStep(step);
}

void LivePage::fitAll()
{
    m_plots->fit();
}

} // namespace lens
