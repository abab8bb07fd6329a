// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/run/run_status.h"

#include "core/base/journal.h"
#include "core/base/json_fields.h"
#include "core/base/process.h"
#include "core/base/translate.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace lens {
namespace {

constexpr std::array<std::string_view, 11> kStateNames = {"queued",  "preparing", "training",   "evaluating",
                                                          "saving",  "paused",    "stopping",   "finished",
                                                          "stopped", "failed",    "interrupted"};
constexpr const char* kNoLastWord =
    LENS_TR("the engine ended without a last word: it was killed, ran out of memory, or the power failed");

std::string textField(const Event& event, const char* key)
{
    const auto found = event.fields.find(key);
    return found != event.fields.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::uint64_t> countField(const Event& event, const char* key)
{
    const auto found = event.fields.find(key);
    if (found == event.fields.end())
        return std::nullopt;
    const auto value = wholeNumber(*found);
    return value && *value >= 0 ? std::optional(static_cast<std::uint64_t>(*value)) : std::nullopt;
}

RunState stateOf(Phase phase)
{
    switch (phase) {
    case Phase::Preparing:
        return RunState::Preparing;
    case Phase::Training:
        return RunState::Training;
    case Phase::Evaluating:
        return RunState::Evaluating;
    case Phase::Saving:
    case Phase::Consolidating:
        return RunState::Saving;
    case Phase::Paused:
        return RunState::Paused;
    case Phase::Stopping:
        return RunState::Stopping;
    }
    return RunState::Preparing;
}

// The lock is held by another process than the one that wrote the last start. Its name stands in the file,
// or, in the moment before it has signed, still that of the dead one.
bool isAnother(const LockHolder& holder, std::int64_t startPid)
{
    const bool dead = holder.host == hostName() && !isSameProcess(holder);
    return dead || holder.pid != startPid;
}

} // namespace

std::string_view stateName(RunState state)
{
    return kStateNames[static_cast<std::size_t>(state)];
}

bool isLive(RunState state)
{
    return state >= RunState::Preparing && state <= RunState::Stopping;
}

void StatusFold::add(const Event& event)
{
    m_status.changedAt = event.time;
    if (event.type == EventType::Start)
        addStart(event);
    m_status.step = std::max(m_status.step, event.step);
    switch (event.type) {
    case EventType::Phase:
        addPhase(event);
        break;
    case EventType::Evaluation:
        m_evaluations[event.step] =
            event.fields.contains("loss") ? jsonNumber(event.fields["loss"]) : std::nan("");
        break;
    case EventType::Checkpoint:
        m_checkpoints.insert(event.step);
        break;
    case EventType::CheckpointRemoved:
        m_checkpoints.erase(event.step);
        break;
    case EventType::End:
        addEnd(event);
        break;
    case EventType::Start:
    case EventType::Finding:
    case EventType::Acknowledged:
    case EventType::Setting:
        break;
    }
}

void StatusFold::addStart(const Event& event)
{
    const std::uint64_t from = countField(event, "resumed_from").value_or(0);
    m_evaluations.erase(m_evaluations.upper_bound(from), m_evaluations.end());
    m_checkpoints.erase(m_checkpoints.upper_bound(from), m_checkpoints.end());
    if (from == 0)
        m_evaluations.clear(); // a start from scratch evaluates step 0 again
    m_status.step = from;
    m_status.segment = event.segment;
    m_status.state = RunState::Preparing;
    m_status.reason.clear();
    m_status.totalSteps = countField(event, "total_steps").value_or(0);
    if (m_status.startedAt.empty())
        m_status.startedAt = event.time;
    m_pid = static_cast<std::int64_t>(countField(event, "pid").value_or(0));
    m_started = true;
    m_ended = false;
}

void StatusFold::addPhase(const Event& event)
{
    const auto phase = phaseByName(textField(event, "phase"));
    if (!phase || m_ended)
        return;
    m_status.state = stateOf(*phase);
    m_status.reason = textField(event, "reason"); // "disk full" of a pause that the engine made itself
    if (const auto total = countField(event, "total_steps"))
        m_status.totalSteps = *total;
}

void StatusFold::addEnd(const Event& event)
{
    const std::string state = textField(event, "state");
    m_status.state = state == "finished"  ? RunState::Finished
                     : state == "stopped" ? RunState::Stopped
                                          : RunState::Failed;
    m_status.reason = textField(event, "reason");
    m_ended = true;
}

RunStatus StatusFold::status(const std::optional<LockHolder>& holder) const
{
    RunStatus status = m_status;
    status.holder = holder;
    if (!m_checkpoints.empty())
        status.lastCheckpoint = *m_checkpoints.rbegin();
    if (!m_evaluations.empty())
        status.lastEvalLoss = m_evaluations.rbegin()->second;
    for (const auto& [step, loss] : m_evaluations) {
        if (std::isfinite(loss) && (!status.bestEvalLoss || loss < *status.bestEvalLoss)) {
            status.bestEvalLoss = loss;
            status.bestStep = step;
        }
    }
    // An engine takes the lock first and writes its start when it has loaded everything: until then the
    // journal still tells of the one before.
    if (holder && m_started && m_pid != 0 && isAnother(*holder, m_pid)) {
        status.state = RunState::Preparing;
        status.reason.clear();
        return status;
    }
    if (m_ended)
        return status;
    if (!m_started)
        status.state = holder ? RunState::Preparing : RunState::Queued;
    else if (!holder) {
        status.state = RunState::Interrupted;
        status.reason = kNoLastWord;
    }
    return status;
}

RunStatus readRunStatus(const RunPaths& paths)
{
    // The lock is asked first: an engine that ends in between has then left its last word in the journal.
    auto holder = lockHolder(paths.lock());
    StatusFold fold;
    bool empty = true;
    for (const Json& record : readJournal(paths.events())) {
        if (const auto event = eventFromJson(record)) {
            fold.add(*event);
            empty = false;
        }
    }
    if (!holder && isLive(fold.status(LockHolder{}).state))
        holder = lockHolder(paths.lock()); // or one that started in between
    RunStatus status = fold.status(holder);
    std::error_code code;
    if (empty && !holder && std::filesystem::exists(paths.lock(), code)) {
        status.state = RunState::Interrupted; // it took the lock and died before its first word
        status.reason = kNoLastWord;
    }
    return status;
}

} // namespace lens
