// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/run/log_follower.h"

#include <QFile>

namespace lens {
namespace {

constexpr int kPollMs = 300;
constexpr qint64 kMostBytes = 2 << 20;
constexpr qint64 kMostAtOnce = 256 << 10; // a flooding engine must not fill the window's queue

} // namespace

LogFollower::LogFollower(const QString& file) : m_file(file), m_timer(new QTimer(this))
{
    connect(m_timer, &QTimer::timeout, this, &LogFollower::poll);
}

void LogFollower::setFollowing(bool following)
{
    if (!following)
        return m_timer->stop();
    m_timer->start(kPollMs);
    poll();
}

void LogFollower::poll()
{
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly))
        return;
    if (m_offset < 0 || file.size() < m_offset || file.size() - m_offset > kMostBytes) {
        m_offset = std::max<qint64>(0, file.size() - kMostBytes);
        emit restarted(m_offset > 0);
    }
    file.seek(m_offset);
    QByteArray bytes = file.read(kMostAtOnce);
    const qsizetype end = bytes.lastIndexOf('\n') + 1;
    // A line that never ends is shown once it fills a whole read.
    if (end > 0 || bytes.size() < kMostAtOnce)
        bytes.truncate(end);
    m_offset += bytes.size();
    if (!bytes.isEmpty())
        emit textRead(QString::fromUtf8(bytes));
}

} // namespace lens
