// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// SIGINT and SIGTERM while an object of this class lives: the first asks the trainer to save and stop, the
// second ends the process with exit code 1 at once. One object a process; the handlers are put back at the
// end.
#pragma once

#include <csignal>

namespace lens {

class StopSignals {
public:
    StopSignals();
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    // A stop was asked for (any thread).
    bool stopAsked() const;
    // "SIGTERM" or "SIGINT"; empty before.
    const char* name() const;

private:
    struct sigaction m_oldInterrupt {};
    struct sigaction m_oldTerminate {};
    struct sigaction m_oldFileSize {};
};

} // namespace lens
