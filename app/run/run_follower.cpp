// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/run/run_follower.h"

#include "core/base/error.h"
#include "core/protocol/command.h"

#include <QFile>
#include <QStringList>

namespace lens {
namespace {

constexpr int kLiveMs = 100;
constexpr int kRestMs = 1000;
constexpr int kTailLines = 8;
constexpr qint64 kTailBytes = 8192;
constexpr qint64 kLockGraceMs = 1500; // a process seen gone may have handed over; give the lock this long

std::optional<SampleRecord> sampleFromJson(const Json& record)
{
    if (!record.contains("step") || !record["step"].is_number_unsigned() || !record.contains("text") ||
        !record["text"].is_string())
        return std::nullopt;
    SampleRecord sample;
    sample.step = record["step"].get<std::uint64_t>();
    if (record.contains("segment") && record["segment"].is_number_unsigned())
        sample.segment = record["segment"].get<std::uint64_t>();
    if (record.contains("prompt") && record["prompt"].is_string())
        sample.prompt = QString::fromStdString(record["prompt"].get<std::string>());
    sample.text = QString::fromStdString(record["text"].get<std::string>());
    return sample;
}

bool sameForDisplay(const RunStatus& a, const RunStatus& b)
{
    return a.state == b.state && a.segment == b.segment && a.step == b.step && a.totalSteps == b.totalSteps &&
           a.lastCheckpoint == b.lastCheckpoint && a.lastEvalLoss == b.lastEvalLoss &&
           a.bestEvalLoss == b.bestEvalLoss && a.reason == b.reason && a.changedAt == b.changedAt &&
           a.holder.has_value() == b.holder.has_value() && (!a.holder || a.holder->pid == b.holder->pid);
}

} // namespace

RunFollower::RunFollower(const QString& runFolder)
    : m_paths{runFolder.toStdString()}
    , m_events(m_paths.events())
    , m_samples(m_paths.samples())
    , m_timer(new QTimer(this))
{
    connect(m_timer, &QTimer::timeout, this, &RunFollower::poll);
}

void RunFollower::begin()
{
    readDescription();
    poll();
}

void RunFollower::readDescription()
{
    emit described(readRunDescription(m_paths));
}

void RunFollower::expectEngine(qint64 pid)
{
    m_expectedPid = pid;
    m_expectedSince.start();
    m_wordBefore = m_published ? m_published->changedAt : std::string();
    poll();
}

void RunFollower::poll()
{
    // The lock first: an engine writes its last word before it lets go, so a free lock means that the journal
    // read afterwards is complete.
    const std::optional<LockHolder> holder = lockHolder(m_paths.lock());
    readEvents();
    readSamples();
    publish(holder);
    watchStart(holder.has_value());
    m_timer->start(holder || m_expectedPid ? kLiveMs : kRestMs);
}

void RunFollower::readEvents()
{
    Events events;
    for (const Json& record : m_events.readNew())
        if (auto event = eventFromJson(record)) {
            m_fold.add(*event);
            events.push_back(std::move(*event));
        }
    if (!events.empty())
        emit eventsRead(events);
}

void RunFollower::readSamples()
{
    SampleRecords samples;
    for (const Json& record : m_samples.readNew())
        if (auto sample = sampleFromJson(record))
            samples.push_back(std::move(*sample));
    if (!samples.empty())
        emit samplesRead(samples);
}

void RunFollower::watchStart(bool locked)
{
    if (!m_expectedPid)
        return;
    if (m_fold.status(std::nullopt).changedAt != m_wordBefore) {
        m_expectedPid.reset();
        readDescription();
        emit engineSeen();
    } else if (!locked && !processLives(*m_expectedPid) && m_expectedSince.elapsed() > kLockGraceMs) {
        m_expectedPid.reset();
        emit engineVanished(tailOf(m_paths.log(), kTailLines));
    }
}

void RunFollower::publish(const std::optional<LockHolder>& holder)
{
    RunStatus status = m_fold.status(holder);
    if (m_published && sameForDisplay(*m_published, status))
        return;
    const bool stateChanged = !m_published || m_published->state != status.state;
    if (stateChanged && isLive(status.state))
        readDescription(); // run.json is written at the start
    if (stateChanged && (status.state == RunState::Failed || status.state == RunState::Interrupted))
        emit endTailRead(tailOf(m_paths.log(), kTailLines));
    m_published = status;
    emit statusRead(status);
}

void RunFollower::send(const Command& command)
{
    try {
        JournalWriter(m_paths.commands()).append(toJson(command));
    } catch (const Error& error) {
        emit commandFailed(QString::fromStdString(command.id), QString::fromStdString(error.first().text()));
    }
}

QString tailOf(const std::filesystem::path& path, int lines)
{
    QFile file(QString::fromStdString(path.string()));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    file.seek(std::max<qint64>(0, file.size() - kTailBytes));
    QStringList all = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    return all.mid(std::max<qsizetype>(0, all.size() - lines)).join(QLatin1Char('\n'));
}

bool processLives(qint64 pid)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!stat.open(QIODevice::ReadOnly))
        return false;
    const QByteArray text = stat.readAll();
    const qsizetype end = text.lastIndexOf(')'); // the state follows the name, which may hold anything
    return end >= 0 && text.mid(end + 2, 1) != "Z";
}

} // namespace lens
