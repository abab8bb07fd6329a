// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/stop_signals.h"

#include "core/engine/train/last_words.h"

#include <atomic>
#include <unistd.h>

namespace lens {
namespace {

// Signal handlers can reach nothing but globals.
std::atomic<int> g_signal{0};

void onStopSignal(int number)
{
    int none = 0;
    if (g_signal.compare_exchange_strong(none, number))
        return;
    LastWords::write("failed", "aborted by a second signal");
    ::_exit(1);
}

} // namespace

StopSignals::StopSignals()
{
    g_signal = 0;
    struct sigaction action {};
    action.sa_handler = onStopSignal;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGINT, &action, &m_oldInterrupt);
    ::sigaction(SIGTERM, &action, &m_oldTerminate);
    // A file size limit is an error of write(2), not the end of the run.
    action.sa_handler = SIG_IGN;
    ::sigaction(SIGXFSZ, &action, &m_oldFileSize);
}

StopSignals::~StopSignals()
{
    ::sigaction(SIGINT, &m_oldInterrupt, nullptr);
    ::sigaction(SIGTERM, &m_oldTerminate, nullptr);
    ::sigaction(SIGXFSZ, &m_oldFileSize, nullptr);
}

bool StopSignals::stopAsked() const
{
    return g_signal != 0;
}

const char* StopSignals::name() const
{
    switch (g_signal.load()) {
    case SIGINT:
        return "SIGINT";
    case SIGTERM:
        return "SIGTERM";
    default:
        return "";
    }
}

} // namespace lens
