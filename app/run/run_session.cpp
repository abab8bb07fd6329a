// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/run/run_session.h"

#include "app/run/background.h"
#include "core/base/clock.h"
#include "core/base/process.h"

#include <cerrno>
#include <csignal>

namespace lens {
namespace {

constexpr int kOverdueSeconds = 20;
constexpr int kOverdueCheckMs = 1000;

QString textOf(const Json& fields, const char* key)
{
    return fields.contains(key) && fields[key].is_string()
               ? QString::fromStdString(fields[key].get<std::string>())
               : QString();
}

// The lock is asked anew: the engine may have ended meanwhile and its pid may be somebody else's.
bool killHolder(const RunPaths& paths)
{
    const auto holder = lockHolder(paths.lock());
    if (!holder)
        throw Error("no engine is at work in this run any more");
    if (holder->host != hostName())
        throw Error("the engine runs on another machine: " + holder->host);
    if (holder->pid <= 1 || !isSameProcess(*holder))
        throw Error("the process that the lock names is not there");
    if (::kill(static_cast<pid_t>(holder->pid), SIGKILL) != 0)
        throw systemError("cannot kill", "process " + std::to_string(holder->pid), errno);
    return true;
}

} // namespace

RunSession::RunSession(const QString& runFolder, RunSupervisor& supervisor, WorkerThread& files,
                       QObject* parent)
    : QObject(parent)
    , m_folder(runFolder)
    , m_supervisor(supervisor)
    , m_follower(new RunFollower(runFolder))
{
    m_description.folder = runFolder;
    m_description.name = runFolder.section(QLatin1Char('/'), -1);
    connectFollower();
    connectSupervisor();
    connect(&m_overdue, &QTimer::timeout, this, &RunSession::checkOverdue);
    files.adopt(m_follower);
    QMetaObject::invokeMethod(m_follower, &RunFollower::begin);
}

RunSession::~RunSession()
{
    m_follower->disconnect(this);
    m_follower->deleteLater();
}

void RunSession::connectFollower()
{
    connect(m_follower, &RunFollower::described, this, [this](const RunDescription& description) {
        m_description = description;
        emit described();
    });
    connect(m_follower, &RunFollower::eventsRead, this, &RunSession::onEvents);
    connect(m_follower, &RunFollower::samplesRead, this, &RunSession::samplesArrived);
    connect(m_follower, &RunFollower::statusRead, this, &RunSession::onStatus);
    connect(m_follower, &RunFollower::endTailRead, this, [this](const QString& tail) {
        m_logTail = tail;
        emit statusChanged();
    });
    connect(m_follower, &RunFollower::engineSeen, this, [this] {
        m_starting = false;
        emit statusChanged();
    });
    connect(m_follower, &RunFollower::engineVanished, this, [this](const QString& tail) {
        m_starting = false;
        m_logTail = tail;
        emit statusChanged();
        emit startFailed(tail);
    });
    connect(m_follower, &RunFollower::commandFailed, this, [this](const QString& id, const QString& reason) {
        if (m_waiting.contains(id))
            emit commandAnswered(m_waiting.take(id).verb, QStringLiteral("refused"), reason);
    });
}

void RunSession::connectSupervisor()
{
    connect(&m_supervisor, &RunSupervisor::started, this, [this](const QString& folder, qint64 pid) {
        if (folder == m_folder)
            QMetaObject::invokeMethod(m_follower,
                                      [follower = m_follower, pid] { follower->expectEngine(pid); });
    });
    connect(&m_supervisor, &RunSupervisor::startFailed, this,
            [this](const QString& folder, const QString& reason) {
                if (folder != m_folder)
                    return;
                m_starting = false;
                emit statusChanged();
                emit startFailed(reason);
            });
}

bool RunSession::waitingFor(Verb verb) const
{
    for (const Waiting& waiting : m_waiting)
        if (waiting.verb == verb)
            return true;
    return false;
}

void RunSession::start()
{
    m_starting = true;
    m_supervisor.start(m_folder);
    emit statusChanged();
}

void RunSession::resumeFromCheckpoint()
{
    m_starting = true;
    m_supervisor.resume(m_folder);
    emit statusChanged();
}

void RunSession::pause()
{
    send(Verb::Pause);
}

void RunSession::unpause()
{
    send(Verb::Resume);
}

void RunSession::checkpointNow()
{
    send(Verb::Checkpoint);
}

void RunSession::stopAndSave()
{
    send(Verb::Stop);
}

void RunSession::killEngine()
{
    inBackground(
        this, [folder = m_folder] { return killHolder(RunPaths{folder.toStdString()}); },
        [this](const Outcome<bool>& done) {
            if (!done.value)
                emit killRefused(QString::fromStdString(done.text()));
        });
}

void RunSession::readDescriptionAgain()
{
    QMetaObject::invokeMethod(m_follower, &RunFollower::readDescription);
}

void RunSession::send(Verb verb)
{
    if (!isLive(m_status.state) || waitingFor(verb))
        return;
    const Command command = makeCommand(verb, m_status.segment);
    m_waiting.insert(QString::fromStdString(command.id), {verb, monotonicSeconds()});
    m_overdue.start(kOverdueCheckMs);
    QMetaObject::invokeMethod(m_follower, [follower = m_follower, command] { follower->send(command); });
    emit commandSent(verb);
}

void RunSession::onEvents(const Events& events)
{
    for (const Event& event : events)
        if (event.type == EventType::Acknowledged)
            answer(event);
    emit eventsArrived(events);
}

void RunSession::answer(const Event& event)
{
    const QString id = textOf(event.fields, "command");
    if (!m_waiting.contains(id))
        return;
    const Verb verb = m_waiting.take(id).verb;
    emit commandAnswered(verb, textOf(event.fields, "result"), textOf(event.fields, "reason"));
}

void RunSession::onStatus(const RunStatus& status)
{
    const bool wasLive = isLive(m_status.state);
    m_status = status;
    m_known = true;
    if (wasLive && !isLive(status.state))
        dropWaiting(tr("the engine ended before it answered"));
    emit statusChanged();
}

void RunSession::dropWaiting(const QString& reason)
{
    const QHash<QString, Waiting> waiting = std::exchange(m_waiting, {});
    m_overdue.stop();
    for (const Waiting& one : waiting)
        if (one.verb != Verb::Stop) // the end is what a stop asks for
            emit commandAnswered(one.verb, QStringLiteral("expired"), reason);
}

void RunSession::checkOverdue()
{
    if (m_waiting.isEmpty())
        return m_overdue.stop();
    for (Waiting& waiting : m_waiting) {
        const double seconds = monotonicSeconds() - waiting.sentAt;
        if (waiting.overdueTold || seconds < kOverdueSeconds)
            continue;
        waiting.overdueTold = true;
        emit commandOverdue(waiting.verb, static_cast<int>(seconds));
    }
}

} // namespace lens
