// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/heartbeat.h"

#include <chrono>

namespace lens {

Heartbeat::Heartbeat(RunLock& lock) : m_lock(lock), m_thread([this] { beatUntilStopped(); }) {}

Heartbeat::~Heartbeat()
{
    {
        const std::lock_guard guard(m_mutex);
        m_stop = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void Heartbeat::beatUntilStopped()
{
    std::unique_lock guard(m_mutex);
    while (!m_stop) {
        m_lock.beat();
        m_wake.wait_for(guard, std::chrono::seconds(1), [this] { return m_stop; });
    }
}

} // namespace lens
