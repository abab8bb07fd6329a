// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/run_control.h"

#include "core/base/clock.h"
#include "core/base/error.h"

#include <chrono>
#include <iterator>
#include <thread>
#include <utility>

namespace lens {
namespace {

constexpr auto kLookInterval = std::chrono::milliseconds(25);
constexpr double kRetrySeconds = 2;
constexpr const char* kByCommand = "command";

} // namespace

RunControl::RunControl(CommandInbox& inbox, const StopSignals& signals, RunJournal& journal,
                       RunWriter& metrics, ProgressSink& progress)
    : m_inbox(inbox)
    , m_signals(signals)
    , m_journal(journal)
    , m_metrics(metrics)
    , m_progress(progress)
{
}

std::optional<StopRequest> RunControl::check(BoundaryActions& actions)
{
    handleCommands(actions);
    takeSignal();
    std::string trouble = diskTrouble();
    double nextLook = monotonicSeconds() + kRetrySeconds;
    while (!m_stop && (m_pausedByUser || !trouble.empty())) {
        beginPause(trouble.empty() ? std::string(kByCommand) : trouble, actions);
        std::this_thread::sleep_for(kLookInterval);
        m_retryNow = false;
        handleCommands(actions);
        takeSignal();
        if (!trouble.empty() && (m_retryNow || monotonicSeconds() >= nextLook)) {
            m_metrics.sync();
            trouble = diskTrouble();
            nextLook = monotonicSeconds() + kRetrySeconds;
        }
    }
    endPause(actions);
    return m_stop;
}

bool RunControl::goOn(BoundaryActions& actions)
{
    if (stopAsked())
        return false;
    if (monotonicSeconds() < m_nextLook)
        return true;
    lookWithinStep(actions);
    while (m_pausedByUser && m_forBoundary.empty() && !stopAsked()) {
        beginPause(kByCommand, actions);
        std::this_thread::sleep_for(kLookInterval);
        lookWithinStep(actions);
    }
    // Where a pause goes on in check(), its clock stands still until then.
    if (m_pausedByUser || stopAsked())
        return false;
    endPause(actions);
    return true;
}

bool RunControl::waitToRetry(const std::string& why, BoundaryActions& actions)
{
    if (m_stop && m_lastTryMade)
        return false;
    m_retrying = true;
    beginPause(why, actions);
    const double next = monotonicSeconds() + kRetrySeconds;
    m_retryNow = false;
    while (!m_retryNow && !m_stop && monotonicSeconds() < next) {
        std::this_thread::sleep_for(kLookInterval);
        handleCommands(actions);
        takeSignal();
    }
    m_lastTryMade = m_stop.has_value();
    return true;
}

void RunControl::retrySucceeded(BoundaryActions& actions)
{
    m_retrying = false;
    for (const Command& command : m_savesWaiting)
        m_inbox.answerDone(command);
    m_savesWaiting.clear();
    if (!m_pausedByUser)
        endPause(actions);
}

void RunControl::stopDone(const StopRequest& request)
{
    for (const Command& command : m_savesWaiting)
        m_inbox.answerDone(command);
    if (request.command)
        m_inbox.answerDone(*request.command);
}

void RunControl::stopRefused(const StopRequest& request, const std::string& why)
{
    for (const Command& command : m_savesWaiting)
        m_inbox.answerRefused(command, why);
    if (request.command)
        m_inbox.answerRefused(*request.command, why);
}

void RunControl::refuseRest()
{
    for (const Command& command : std::exchange(m_forBoundary, {}))
        m_inbox.answerRefused(command, "the run ended within the step");
}

void RunControl::carryOut(const Command& command, BoundaryActions& actions)
{
    switch (command.verb) {
    case Verb::Pause:
        m_pausedByUser = true;
        m_inbox.answerDone(command);
        return;
    case Verb::Resume:
        m_pausedByUser = false;
        m_retryNow = true;
        m_inbox.answerDone(command);
        return;
    case Verb::Checkpoint:
        m_retryNow = true;
        if (m_retrying)
            m_savesWaiting.push_back(command);
        else if (actions.saveOnCommand())
            m_inbox.answerDone(command);
        else
            m_inbox.answerRefused(command, "the disk refuses, and the run was told to stop");
        return;
    case Verb::Stop:
        if (!m_stop)
            m_stop = StopRequest{"stop", "stopped by command", command};
        else
            m_inbox.answerDone(command);
        return;
    case Verb::Set:
        actions.changeSettings(command.arguments);
        m_inbox.answerDone(command);
        return;
    }
}

void RunControl::handleCommands(BoundaryActions& actions)
{
    std::vector<Command> commands = std::exchange(m_forBoundary, {});
    std::vector<Command> news = look();
    std::move(news.begin(), news.end(), std::back_inserter(commands));
    for (const Command& command : commands)
        carryOutOrRefuse(command, actions);
}

void RunControl::lookWithinStep(BoundaryActions& actions)
{
    for (Command& command : look()) {
        if (command.verb == Verb::Checkpoint || command.verb == Verb::Set)
            m_forBoundary.push_back(std::move(command));
        else
            carryOutOrRefuse(command, actions);
    }
}

std::vector<Command> RunControl::look()
{
    m_nextLook = monotonicSeconds() + std::chrono::duration<double>(kLookInterval).count();
    return m_inbox.take();
}

void RunControl::carryOutOrRefuse(const Command& command, BoundaryActions& actions)
{
    try {
        carryOut(command, actions);
    } catch (const Error& error) {
        m_inbox.answerRefused(command, error.what());
    }
}

std::string RunControl::diskTrouble()
{
    std::string trouble = m_metrics.trouble();
    return trouble.empty() ? m_journal.trouble() : trouble;
}

void RunControl::beginPause(const std::string& reason, BoundaryActions& actions)
{
    if (m_inPause)
        return;
    m_inPause = true;
    m_pauseReason = reason;
    actions.clockStopped();
    if (reason != kByCommand)
        m_progress.warning("paused: " + reason);
    announcePhase();
}

void RunControl::endPause(BoundaryActions& actions)
{
    if (!m_inPause)
        return;
    m_inPause = false;
    actions.clockStarted();
    if (!m_stop)
        announcePhase();
}

void RunControl::announcePhase()
{
    if (m_inPause)
        m_journal.phase(Phase::Paused, {{"reason", m_pauseReason}});
    else
        m_journal.phase(Phase::Training);
    m_progress.phase(m_inPause ? Phase::Paused : Phase::Training);
}

void RunControl::takeSignal()
{
    if (m_signals.stopAsked() && !m_stop)
        m_stop = StopRequest{"signal", std::string("stopped by ") + m_signals.name(), std::nullopt};
}

} // namespace lens
