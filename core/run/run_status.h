// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The state of a run, derived from its folder each time: the lock says whether it lives, the journal what it
// does.
#pragma once

#include "core/protocol/event.h"
#include "core/run/run_lock.h"
#include "core/run/run_paths.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace lens {

enum class RunState {
    Queued, // folder with a configuration, never started
    Preparing,
    Training,
    Evaluating,
    Saving,
    Paused,
    Stopping,
    Finished,
    Stopped,
    Failed,      // the engine said why
    Interrupted, // no lock and no last word
};

std::string_view stateName(RunState state);
// The engine is alive in this state.
bool isLive(RunState state);

struct RunStatus {
    RunState state = RunState::Queued;
    std::uint64_t segment = 0;                   // of the last start
    std::uint64_t step = 0;                      // newest step any event names
    std::uint64_t totalSteps = 0;                // 0 = not known yet
    std::optional<std::uint64_t> lastCheckpoint; // step
    std::optional<double> lastEvalLoss;
    std::optional<double> bestEvalLoss;
    std::optional<std::uint64_t> bestStep;
    std::string reason;    // of failed, stopped and interrupted
    std::string startedAt; // UTC of the first start
    std::string changedAt; // UTC of the last event
    std::optional<LockHolder> holder;
};

// Folds events into a status, one at a time, so that a follower need not read the journal twice. A start that
// resumes from step N takes back what came after N.
class StatusFold {
public:
    void add(const Event& event);
    // With the lock's answer now.
    RunStatus status(const std::optional<LockHolder>& holder) const;

private:
    void addStart(const Event& event);
    void addPhase(const Event& event);
    void addEnd(const Event& event);

    RunStatus m_status;
    std::map<std::uint64_t, double> m_evaluations; // step -> loss
    std::set<std::uint64_t> m_checkpoints;         // steps
    std::int64_t m_pid = 0;                        // of the last start
    bool m_started = false;
    bool m_ended = false;
};

// Reads journal and lock of one folder.
RunStatus readRunStatus(const RunPaths& paths);

} // namespace lens
