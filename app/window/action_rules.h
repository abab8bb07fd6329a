// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Which verbs make sense now, and what to say about them: a pure function of the state of the run in view.
// No widgets here, so that the whole table is tested.
#pragma once

#include "core/run/run_status.h"

#include <QString>

#include <optional>

namespace lens {

enum class ActionId {
    // File
    NewRun,
    OpenFolder,
    OpenDemo,
    CopyAsNew,
    Rename,
    EditTags,
    ShowFolder,
    Delete,
    Quit,
    // Run
    Start,
    ResumeRun,
    PauseOrResume,
    CheckpointNow,
    StopAndSave,
    Kill,
    // View
    TabLive,
    TabSamples,
    TabLog,
    TabConfiguration,
    Filter,
    ToggleLibrary,
    ToggleSide,
    FitPlots,
    FollowNewest,
    LogLoss,
    // Tools, Help
    OpenSettings,
    CheckMachine,
    ShowHelp,
    About,
    Count
};

struct ActionContext {
    bool hasRun = false;
    RunState state = RunState::Queued;
    bool starting = false; // an engine was started and has not shown itself yet
    bool engineFound = true;
    bool onThisMachine = true; // of a live run
    std::optional<std::uint64_t> lastCheckpoint;
    std::uint64_t step = 0;
    bool pauseSent = false; // sent, not answered yet
    bool checkpointSent = false;
    bool stopSent = false;
};

struct ActionAnswer {
    bool enabled = false;
    bool visible = true; // of a verb's button; menus show all
    QString text;        // empty: the table's own
    QString tip;         // what is kept, or why not
};

ActionAnswer answerFor(ActionId id, const ActionContext& context);
// The one filled button, if any.
std::optional<ActionId> primaryVerb(const ActionContext& context);
// What a kill leaves behind, for its confirmation.
QString keptAfterKill(const ActionContext& context);

} // namespace lens
