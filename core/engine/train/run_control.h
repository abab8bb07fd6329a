// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What may interrupt training: commands, stop signals, a disk that refuses. All of it at step boundaries;
// pause, resume and stop within a step too. Pausing waits here, answering commands within 50 ms. Training
// thread only; knows nothing of models.
#pragma once

#include "core/engine/train/command_inbox.h"
#include "core/engine/train/progress_sink.h"
#include "core/engine/train/run_journal.h"
#include "core/engine/train/stop_signals.h"
#include "core/protocol/command.h"
#include "core/store/run_writer.h"

#include <optional>
#include <string>
#include <vector>

namespace lens {

// Carries out what a command asks for; implemented by the trainer.
class BoundaryActions {
public:
    virtual ~BoundaryActions() = default;
    // Saves a checkpoint of this boundary; false if a stop was asked for while the disk refused.
    virtual bool saveOnCommand() = 0;
    virtual void changeSettings(const Json& arguments) = 0; // throws Error if refused
    virtual void clockStopped() = 0;                        // a pause begins
    virtual void clockStarted() = 0;                        // a pause ends
};

struct StopRequest {
    std::string reason; // "stop" (command) or "signal"
    std::string text;   // for people
    std::optional<Command> command;
};

class RunControl {
public:
    RunControl(CommandInbox& inbox, const StopSignals& signals, RunJournal& journal, RunWriter& metrics,
               ProgressSink& progress);

    // At a step boundary. Returns when training may go on; the request if it shall stop.
    std::optional<StopRequest> check(BoundaryActions& actions);
    // Within a step, as often as one likes: commands are looked for every 25 ms. A pause is waited for here.
    // `checkpoint` and `set` stay for the next boundary. False: the step has to be undone and check() called,
    // which finds the stop, or a pause that holds with commands that only a boundary can carry out.
    bool goOn(BoundaryActions& actions);

    // The disk refused a checkpoint: pauses, journals why, returns when it is worth another try: after some
    // seconds, on `resume` or `checkpoint`, once on a stop. False: a stop was asked for and tried already.
    bool waitToRetry(const std::string& why, BoundaryActions& actions);
    // The write that was refused has worked.
    void retrySucceeded(BoundaryActions& actions);

    // Journals what holds between actions: training, or the pause an action interrupted.
    void announcePhase();
    // Answers the command that asked for the stop.
    void stopDone(const StopRequest& request);
    void stopRefused(const StopRequest& request, const std::string& why);
    bool stopAsked() const { return m_signals.stopAsked() || m_stop.has_value(); }
    // No boundary follows: refuses the commands that stayed for it.
    void refuseRest();

private:
    std::vector<Command> look(); // takes what has come
    void lookWithinStep(BoundaryActions& actions);
    void carryOutOrRefuse(const Command& command, BoundaryActions& actions);
    void carryOut(const Command& command, BoundaryActions& actions);
    void handleCommands(BoundaryActions& actions);
    std::string diskTrouble();
    void beginPause(const std::string& reason, BoundaryActions& actions);
    void endPause(BoundaryActions& actions);
    void takeSignal();

    CommandInbox& m_inbox;
    const StopSignals& m_signals;
    RunJournal& m_journal;
    RunWriter& m_metrics;
    ProgressSink& m_progress;
    std::optional<StopRequest> m_stop;
    std::vector<Command> m_forBoundary;  // came within a step
    std::vector<Command> m_savesWaiting; // `checkpoint` commands that came while the disk refused
    bool m_pausedByUser = false;
    bool m_inPause = false;
    std::string m_pauseReason;
    bool m_retrying = false;
    bool m_retryNow = false;
    bool m_lastTryMade = false;
    double m_nextLook = 0; // monotonic; within a step
};

} // namespace lens
