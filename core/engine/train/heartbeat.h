// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Beats the run's lock once a second from a thread of its own, so that a long step is no sign of death.
#pragma once

#include "core/run/run_lock.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace lens {

class Heartbeat {
public:
    // The lock must outlive this object.
    explicit Heartbeat(RunLock& lock);
    ~Heartbeat(); // stops within milliseconds
    Heartbeat(const Heartbeat&) = delete;
    Heartbeat& operator=(const Heartbeat&) = delete;

private:
    void beatUntilStopped();

    RunLock& m_lock;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace lens
