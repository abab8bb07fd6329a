// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/pages/run_header.h"

#include "app/pages/action_button.h"
#include "widgets/controls/elided_label.h"
#include "widgets/controls/key_figure.h"
#include "widgets/controls/state_chip.h"
#include "widgets/theme/format.h"
#include "widgets/theme/themed.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace lens {
namespace {

constexpr int kLossDecimals = 3;
constexpr int kTitleHeight = 32;
constexpr int kCompactWidth = 860; // narrower: the figures' captions say less

QString stepText(std::uint64_t step)
{
    return formatCount(static_cast<std::int64_t>(step));
}

// The time of day training ends, with the day where it is not today.
QString endText(double secondsFromNow)
{
    const QDateTime end = QDateTime::currentDateTime().addSecs(static_cast<qint64>(secondsFromNow));
    const QString time = numberLocale().toString(end.time(), QLocale::ShortFormat);
    if (end.date() == QDate::currentDate())
        return time;
    return numberLocale().toString(end.date(), QStringLiteral("ddd")) + QLatin1Char(' ') + time;
}

} // namespace

RunHeader::RunHeader(const Theme& theme, QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("runHeader"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addLayout(createTitle(theme));
    layout->addLayout(createFigures());
}

QHBoxLayout* RunHeader::createTitle(const Theme& theme)
{
    m_name = new ElidedLabel({}, this);
    m_name->setObjectName(QStringLiteral("runName"));
    setRole(*m_name, "name");
    m_chip = new StateChip(theme, this);
    m_chip->setObjectName(QStringLiteral("runState"));
    m_subject = new ElidedLabel({}, this);
    m_subject->setObjectName(QStringLiteral("runSubject"));
    setRole(*m_subject, "muted");
    m_subject->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // what the name leaves
    m_verbs = new QHBoxLayout;
    m_verbs->setSpacing(8);
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addStrut(kTitleHeight); // also without verbs, so that nothing jumps
    row->addWidget(m_name);
    row->addWidget(m_chip);
    row->addWidget(m_subject, 1);
    row->addLayout(m_verbs);
    return row;
}

QHBoxLayout* RunHeader::createFigures()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    const auto add = [&](const char* name, const QString& caption) {
        auto* figure = new KeyFigure(caption, this);
        figure->setObjectName(QLatin1String(name));
        row->addWidget(figure, 1);
        return figure;
    };
    m_progress = add("figureProgress", tr("step"));
    m_loss = add("figureLoss", tr("train loss (smoothed)"));
    m_best = add("figureBest", tr("best evaluation"));
    m_rate = add("figureRate", tr("tokens/s"));
    m_memory = add("figureMemory", tr("memory"));
    m_time = add("figureTime", tr("time left"));
    return row;
}

ActionButton* RunHeader::addVerb(QAction& action)
{
    auto* button = new ActionButton(action, this);
    m_verbs->addWidget(button);
    return button;
}

void RunHeader::showDescription(const RunDescription& description)
{
    m_name->setFullText(description.name);
    m_subject->setFullText(description.subject());
}

void RunHeader::clear()
{
    m_left.reset();
    showStatus({});
    showFigures({}, {});
}

void RunHeader::showStatus(const RunStatus& status)
{
    m_status = status;
    m_chip->setState(status.state);
    m_best->setValue(status.bestEvalLoss ? formatFixed(*status.bestEvalLoss, kLossDecimals) : QString());
    updateBest();
    updateProgress();
    updateTime();
}

void RunHeader::showFigures(const RunFigures& figures, const std::optional<SecondsRange>& left)
{
    m_figures = figures;
    m_left = left;
    m_loss->setValue(figures.smoothedLoss ? formatFixed(*figures.smoothedLoss, kLossDecimals) : QString());
    m_rate->setValue(figures.tokensPerSecond
                         ? formatCount(static_cast<std::int64_t>(*figures.tokensPerSecond + 0.5))
                         : QString());
    const auto& used = figures.deviceBytes ? figures.deviceBytes : figures.residentBytes;
    const auto& peak = figures.deviceBytes ? figures.devicePeakBytes : figures.residentPeakBytes;
    m_memory->setValue(used ? formatBytes(*used) : QString());
    const QString kind = figures.deviceBytes ? tr("GPU memory") : tr("memory");
    const QString most = peak ? tr("peak %1").arg(formatBytes(*peak)) : QString();
    m_memory->setCaption(most.isEmpty() ? kind : m_compact ? most : kind + QStringLiteral(" · ") + most);
    m_memory->setToolTip(kind);
    updateProgress();
    updateTime();
}

void RunHeader::updateBest()
{
    if (!m_status.bestStep)
        return m_best->setCaption(m_compact ? tr("best eval") : tr("best evaluation"));
    m_best->setCaption(
        (m_compact ? tr("best at %1") : tr("best eval · step %1")).arg(stepText(*m_status.bestStep)));
}

void RunHeader::updateProgress()
{
    const std::uint64_t step = std::max(m_status.step, m_figures.step);
    const std::uint64_t total = m_status.totalSteps;
    const bool begun = m_status.state != RunState::Queued || step > 0;
    const bool split = m_compact && total > 0; // the total stands in the caption
    m_progress->setValue(begun ? formatProgress(step, split ? 0 : total) : QString());
    if (split)
        return m_progress->setCaption(tr("of %1 steps").arg(stepText(total)));
    m_progress->setCaption(m_figures.epoch ? tr("step · epoch %1").arg(formatFixed(*m_figures.epoch, 2))
                                           : tr("step"));
}

void RunHeader::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool compact = width() < kCompactWidth;
    if (compact == m_compact)
        return;
    m_compact = compact;
    m_loss->setCaption(compact ? tr("train loss") : tr("train loss (smoothed)"));
    updateBest();
    showFigures(m_figures, m_left);
}

void RunHeader::updateTime()
{
    if (!isLive(m_status.state)) {
        m_time->setValue(m_figures.seconds > 0 ? formatDuration(m_figures.seconds) : QString());
        return m_time->setCaption(tr("training time"));
    }
    m_time->setValue(m_left ? formatDurationRange(m_left->low, m_left->high) : QString());
    if (!m_left || m_status.state == RunState::Paused)
        return m_time->setCaption(tr("time left"));
    m_time->setCaption(
        (m_compact ? tr("ends %1") : tr("left · ends %1")).arg(endText((m_left->low + m_left->high) / 2)));
}

} // namespace lens
