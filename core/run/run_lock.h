// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The proof of life of an engine: an open-file-description lock (F_OFD_SETLK) on run.lock, held while the
// process lives. Pid, process start time and host stand in the file; its mtime is the heartbeat.
#pragma once

#include "core/run/run_paths.h"

#include <cstdint>
#include <optional>
#include <string>

namespace lens {

struct LockHolder {
    std::int64_t pid = 0; // 0: the holder has only just taken the lock and not yet written who it is
    std::uint64_t processStart = 0; // field 22 of /proc/pid/stat, clock ticks since boot
    std::string host;
    double heartbeat = 0; // unix seconds of the last sign of life
};

class RunLock {
public:
    // Takes the lock. Throws Error naming the holder if somebody else has it.
    explicit RunLock(const std::filesystem::path& lockFile);
    ~RunLock();
    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;

    // Called about once a second by the engine (any thread).
    void beat();

private:
    int m_descriptor = -1;
};

// Asks with F_OFD_GETLK, which takes nothing. The holder if the lock is held, else nothing.
std::optional<LockHolder> lockHolder(const std::filesystem::path& lockFile);

// Whether the holder's pid still stands for the same process on this machine: to be asked before a signal is
// sent, because the kernel reuses pids.
bool isSameProcess(const LockHolder& holder);

} // namespace lens
