// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/window/run_binding.h"

#include "app/pages/configuration_page.h"
#include "app/pages/live_page.h"
#include "app/pages/log_page.h"
#include "app/pages/message_area.h"
#include "app/pages/run_header.h"
#include "app/pages/run_view.h"
#include "app/pages/samples_page.h"
#include "app/pages/side_panel.h"
#include "app/window/workplace.h"
#include "core/base/process.h"
#include "widgets/theme/format.h"

namespace lens {
namespace {

const QString kStateSubject = QStringLiteral("state");
const QString kStartSubject = QStringLiteral("start");
const QString kCommandSubject = QStringLiteral("command");
const QString kMetricsSubject = QStringLiteral("metrics");
constexpr int kTailLines = 4;

QString stepText(std::uint64_t step)
{
    return formatCount(static_cast<std::int64_t>(step));
}

QString lastLines(const QString& text)
{
    const QStringList lines = text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    return lines.mid(std::max<qsizetype>(0, lines.size() - kTailLines)).join(QLatin1Char('\n'));
}

} // namespace

QString verbText(Verb verb)
{
    switch (verb) {
    case Verb::Pause:
        return RunBinding::tr("Pause");
    case Verb::Resume:
        return RunBinding::tr("Resume");
    case Verb::Checkpoint:
        return RunBinding::tr("Checkpoint now");
    case Verb::Stop:
        return RunBinding::tr("Stop and save");
    case Verb::Set:
        return RunBinding::tr("Change a setting");
    }
    return {};
}

RunBinding::RunBinding(Workplace& workplace, RunView& view, SidePanel& side, MessageArea& messages,
                       QObject* parent)
    : QObject(parent)
    , m_workplace(workplace)
    , m_view(view)
    , m_side(side)
    , m_messages(messages)
    , m_figures(workplace.settings.smoothing())
    , m_smoothing(workplace.settings.smoothing())
{
    connect(&workplace.feed, &MetricsFeed::batchArrived, this, &RunBinding::onBatch);
    connect(&workplace.feed, &MetricsFeed::troubled, this, [this](int job, const QString& text) {
        if (job != m_job)
            return;
        if (text.isEmpty())
            return m_messages.takeBack(kMetricsSubject);
        m_messages.say(kMetricsSubject, MessageBar::Kind::Attention,
                       tr("Some numbers cannot be read: %1").arg(text));
    });
}

void RunBinding::showRun(const QString& runFolder)
{
    if (m_session && m_session->folder() == runFolder)
        return;
    for (const QString& subject : {kStateSubject, kStartSubject, kCommandSubject, kMetricsSubject})
        m_messages.takeBack(subject); // what was said about the run before
    m_side.clear();
    m_view.live().clear();
    m_view.header().clear();
    m_view.samples().showRun(runFolder);
    m_view.log().showRun(runFolder);
    m_figures = FiguresFold(m_smoothing);
    m_toldState.reset();
    m_session.reset();
    if (!runFolder.isEmpty()) {
        m_session = std::make_unique<RunSession>(runFolder, m_workplace.supervisor, m_workplace.files);
        connectSession();
        connectCommands();
    }
    m_job = m_workplace.feed.follow(runFolder);
    updatePace();
    emit contextChanged();
}

void RunBinding::connectSession()
{
    RunSession* session = m_session.get();
    connect(session, &RunSession::described, this, [this, session] {
        m_view.header().showDescription(session->description());
        m_view.configuration().showRun(session->description());
        m_view.live().showDescription(session->description());
        updateTotal();
    });
    connect(session, &RunSession::statusChanged, this, &RunBinding::onStatus);
    connect(session, &RunSession::eventsArrived, this, [this](const Events& events) {
        m_view.live().addEvents(events);
        m_side.addEvents(events);
    });
    connect(session, &RunSession::samplesArrived, this, [this](const SampleRecords& samples) {
        m_view.samples().addSamples(samples);
        m_side.addSamples(samples);
    });
    connect(session, &RunSession::startFailed, this, [this](const QString& reason) {
        m_messages.say(
            kStartSubject, MessageBar::Kind::Failure,
            tr("The engine did not start. Nothing was changed. It said:\n%1").arg(lastLines(reason)));
    });
    connect(session, &RunSession::killRefused, this, [this](const QString& reason) {
        m_messages.say(kCommandSubject, MessageBar::Kind::Attention, tr("Not killed: %1").arg(reason));
    });
}

void RunBinding::connectCommands()
{
    RunSession* session = m_session.get();
    connect(session, &RunSession::commandSent, this, [this] {
        m_messages.takeBack(kCommandSubject);
        emit contextChanged();
    });
    connect(session, &RunSession::commandAnswered, this,
            [this](Verb verb, const QString& result, const QString& reason) {
                if (result == QLatin1String("done"))
                    m_messages.takeBack(kCommandSubject);
                else
                    m_messages.say(kCommandSubject, MessageBar::Kind::Attention,
                                   tr("“%1” was not carried out: %2")
                                       .arg(verbText(verb), reason.isEmpty() ? result : reason));
                emit contextChanged();
            });
    connect(session, &RunSession::commandOverdue, this, [this](Verb verb, int seconds) {
        m_messages.say(
            kCommandSubject, MessageBar::Kind::Attention,
            tr("The engine has not answered “%1” for %2 s. It answers between two steps, and a step can be "
               "long. Run › Kill ends it at once. %3")
                .arg(verbText(verb), QString::number(seconds), keptAfterKill(context())));
    });
}

ActionContext RunBinding::context() const
{
    ActionContext context;
    context.engineFound = !m_workplace.supervisor.engineProgram().isEmpty();
    if (!m_session)
        return context;
    const RunStatus& status = m_session->status();
    context.hasRun = m_session->known();
    context.state = status.state;
    context.starting = m_session->starting();
    context.onThisMachine = !status.holder || status.holder->host == hostName();
    context.lastCheckpoint = status.lastCheckpoint;
    context.step = status.step;
    context.pauseSent = m_session->waitingFor(Verb::Pause) || m_session->waitingFor(Verb::Resume);
    context.checkpointSent = m_session->waitingFor(Verb::Checkpoint);
    context.stopSent = m_session->waitingFor(Verb::Stop);
    return context;
}

void RunBinding::setOnScreen(bool onScreen)
{
    m_onScreen = onScreen;
    updatePace();
}

void RunBinding::updatePace()
{
    const bool live = m_session && (m_session->starting() || isLive(m_session->status().state));
    m_workplace.feed.setPace(live && m_onScreen ? FeedPace::Fast : FeedPace::Slow);
}

void RunBinding::setSmoothing(double weight)
{
    m_smoothing = weight;
    // The key figure follows with the next rows; what was folded keeps its weight.
    m_figures.setSmoothing(weight);
    updateFigures();
}

void RunBinding::onBatch(int job, const SharedBatch& batch)
{
    if (job != m_job)
        return; // of a run that is no longer in view
    m_figures.add(*batch);
    m_view.live().addBatch(*batch);
    updateFigures();
    if (m_session && m_session->known() && !isLive(m_session->status().state))
        showEnd(); // names the newest step
}

void RunBinding::updateFigures()
{
    if (m_session)
        m_view.header().showFigures(m_figures.figures(), m_figures.timeLeft(m_session->status().totalSteps));
}

void RunBinding::onStatus()
{
    const RunStatus& status = m_session->status();
    m_view.header().showStatus(status);
    updateTotal();
    if (isLive(status.state))
        m_messages.takeBack(kStartSubject);
    updateFigures();
    updateComparable();
    showEnd();
    updatePace();
    consolidateIfDead();
    m_toldState = status.state;
    emit contextChanged();
}

// Before the start the configuration may know how many there will be.
void RunBinding::updateTotal()
{
    const std::uint64_t told = m_session->status().totalSteps;
    const std::int64_t configured = m_session->description().config.training.maxSteps;
    m_view.live().setTotalSteps(told > 0 ? told
                                         : static_cast<std::uint64_t>(std::max<std::int64_t>(configured, 0)));
}

void RunBinding::showEnd()
{
    const RunStatus& status = m_session->status();
    const QString tail = lastLines(m_session->logTail());
    const QString step = stepText(std::max(status.step, m_figures.figures().step));
    const QString kept = status.lastCheckpoint
                             ? tr("Last checkpoint: %1.").arg(stepText(*status.lastCheckpoint))
                             : tr("There is no checkpoint.");
    QString text;
    if (status.state == RunState::Failed)
        text = tr("Failed at step %1: %2. %3").arg(step, QString::fromStdString(status.reason), kept);
    else if (status.state == RunState::Interrupted)
        text = tr("Interrupted at step %1: the engine ended without a last word (it was killed, ran out of "
                  "memory, or "
                  "the machine stopped). %2")
                   .arg(step, kept);
    if (text.isEmpty() || m_session->starting())
        return m_messages.takeBack(kStateSubject);
    if (!tail.isEmpty())
        text += QLatin1Char('\n') + tail;
    m_messages.say(kStateSubject,
                   status.state == RunState::Failed ? MessageBar::Kind::Failure : MessageBar::Kind::Attention,
                   text);
}

// The first program that sees a run dead makes its metrics.h5.
void RunBinding::consolidateIfDead()
{
    if (m_session->status().state == RunState::Interrupted && m_toldState != RunState::Interrupted)
        m_workplace.feed.consolidate(m_session->folder());
}

void RunBinding::updateComparable()
{
    const bool engine = !m_workplace.supervisor.engineProgram().isEmpty();
    const bool checkpoint = m_session->status().lastCheckpoint.has_value();
    m_view.samples().setComparable(engine && checkpoint, engine ? tr("There is no checkpoint to ask yet.")
                                                                : tr("The engine was not found."));
}

} // namespace lens
