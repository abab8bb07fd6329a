// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/window/action_rules.h"

#include "widgets/theme/format.h"

#include <QCoreApplication>

namespace lens {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("lens", text);
}

QString stepText(std::uint64_t step)
{
    return formatCount(static_cast<std::int64_t>(step));
}

bool canContinue(RunState state)
{
    return state == RunState::Interrupted || state == RunState::Stopped || state == RunState::Failed;
}

ActionAnswer enabled(QString tip, QString text = {})
{
    return {true, true, std::move(text), std::move(tip)};
}

ActionAnswer disabled(QString why, bool visible = true, QString text = {})
{
    return {false, visible, std::move(text), std::move(why)};
}

// Why no verb at all is possible now; empty if there is no such reason.
QString obstacle(const ActionContext& context)
{
    if (!context.hasRun)
        return tr("No run is in view.");
    if (context.starting)
        return tr("The engine is starting.");
    return {};
}

QString whyNotLive(const ActionContext& context)
{
    if (const QString reason = obstacle(context); !reason.isEmpty())
        return reason;
    return isLive(context.state) ? QString() : tr("The engine is not running.");
}

QString engineMissing()
{
    return tr("The engine program training-lens-engine was not found beside the window.");
}

ActionAnswer startAnswer(const ActionContext& context)
{
    const bool visible = context.hasRun && context.state == RunState::Queued;
    if (const QString reason = obstacle(context); !reason.isEmpty())
        return disabled(reason, visible);
    if (!visible)
        return disabled(tr("The run was started before."), false);
    if (!context.engineFound)
        return disabled(engineMissing());
    return enabled(tr("Starts the training in its own process. It goes on when the window is closed."));
}

ActionAnswer resumeRunAnswer(const ActionContext& context)
{
    const bool visible = context.hasRun && canContinue(context.state);
    if (const QString reason = obstacle(context); !reason.isEmpty())
        return disabled(reason, visible);
    if (context.state == RunState::Finished)
        return disabled(tr("The run is finished. Copy it as a new run to train on."), false);
    if (!visible)
        return disabled(tr("Only a run that ended early can be resumed."), false);
    if (!context.engineFound)
        return disabled(engineMissing());
    if (!context.lastCheckpoint)
        return enabled(
            tr("There is no checkpoint: the run begins again at step 0. What was recorded stays."));
    return enabled(tr("Goes on from checkpoint %1. Numbers after it stay in the record, marked as replaced.")
                       .arg(stepText(*context.lastCheckpoint)));
}

ActionAnswer pauseAnswer(const ActionContext& context)
{
    const bool paused = context.state == RunState::Paused;
    const QString text = paused ? tr("&Resume") : tr("&Pause");
    const bool visible = context.hasRun && isLive(context.state);
    if (const QString reason = whyNotLive(context); !reason.isEmpty())
        return disabled(reason, visible, text);
    if (context.pauseSent)
        return disabled(tr("Sent; the engine answers after the current step."), true, text);
    if (context.state == RunState::Preparing)
        return disabled(tr("The engine is still preparing."), true, text);
    if (context.state == RunState::Stopping || context.stopSent)
        return disabled(tr("The run is stopping."), true, text);
    if (paused)
        return enabled(tr("Training goes on with the next step."), text);
    return enabled(tr("Holds after the current step. Everything stays in memory; nothing is lost."), text);
}

ActionAnswer checkpointAnswer(const ActionContext& context)
{
    const bool visible = context.hasRun && isLive(context.state);
    if (const QString reason = whyNotLive(context); !reason.isEmpty())
        return disabled(reason, visible);
    if (context.checkpointSent)
        return disabled(tr("Sent; the engine answers after the current step."));
    if (context.state == RunState::Preparing)
        return disabled(tr("The engine is still preparing; there is nothing to save yet."));
    if (context.state == RunState::Stopping || context.stopSent)
        return disabled(tr("The run is stopping and saves a checkpoint by itself."));
    return enabled(tr("Saves adapter, optimizer and all states after the current step; training goes on."));
}

ActionAnswer stopAnswer(const ActionContext& context)
{
    const bool visible = context.hasRun && isLive(context.state);
    if (const QString reason = whyNotLive(context); !reason.isEmpty())
        return disabled(reason, visible);
    if (context.state == RunState::Preparing)
        return disabled(tr("The engine is still preparing; there is nothing to save yet."));
    if (context.state == RunState::Stopping || context.stopSent)
        return disabled(tr("The run is stopping: it finishes the step and saves a checkpoint."));
    return enabled(
        tr("Finishes the step, saves a checkpoint and ends. The run can be resumed exactly there."));
}

ActionAnswer killAnswer(const ActionContext& context)
{
    if (!context.hasRun || !isLive(context.state))
        return disabled(whyNotLive(context));
    if (!context.onThisMachine)
        return disabled(tr("The engine runs on another machine."));
    return enabled(tr("Ends the engine at once. %1").arg(keptAfterKill(context)));
}

ActionAnswer deleteAnswer(const ActionContext& context)
{
    if (const QString reason = obstacle(context); !reason.isEmpty())
        return disabled(reason);
    if (isLive(context.state))
        return disabled(tr("An engine is at work in this run; stop it first."));
    return enabled(tr("Moves the run's folder to the trash of the desktop."));
}

ActionAnswer runAnswer(const ActionContext& context, const char* tip)
{
    return context.hasRun ? enabled(tr(tip)) : disabled(tr("No run is in view."));
}

} // namespace

QString keptAfterKill(const ActionContext& context)
{
    if (!context.lastCheckpoint)
        return tr(
            "There is no checkpoint yet: the recorded numbers are kept, the training done so far is lost.");
    return tr("Kept: checkpoint %1 and all recorded numbers. Lost: the training since then.")
        .arg(stepText(*context.lastCheckpoint));
}

ActionAnswer answerFor(ActionId id, const ActionContext& context)
{
    switch (id) {
    case ActionId::Start:
        return startAnswer(context);
    case ActionId::ResumeRun:
        return resumeRunAnswer(context);
    case ActionId::PauseOrResume:
        return pauseAnswer(context);
    case ActionId::CheckpointNow:
        return checkpointAnswer(context);
    case ActionId::StopAndSave:
        return stopAnswer(context);
    case ActionId::Kill:
        return killAnswer(context);
    case ActionId::Delete:
        return deleteAnswer(context);
    case ActionId::CopyAsNew:
        return runAnswer(context, QT_TRANSLATE_NOOP("lens", "Opens the form with this run's settings."));
    case ActionId::Rename:
        return runAnswer(context,
                         QT_TRANSLATE_NOOP("lens", "Changes the name shown; the folder keeps its own."));
    case ActionId::EditTags:
        return runAnswer(context, QT_TRANSLATE_NOOP("lens", "Words to find the run by."));
    case ActionId::ShowFolder:
        return runAnswer(context, QT_TRANSLATE_NOOP("lens", "Opens the run's folder in the file manager."));
    case ActionId::TabLive:
    case ActionId::TabSamples:
    case ActionId::TabLog:
    case ActionId::TabConfiguration:
    case ActionId::FitPlots:
        return runAnswer(context, "");
    default:
        return enabled({});
    }
}

std::optional<ActionId> primaryVerb(const ActionContext& context)
{
    if (!context.hasRun)
        return std::nullopt;
    if (isLive(context.state))
        return ActionId::StopAndSave;
    if (context.state == RunState::Queued)
        return ActionId::Start;
    if (canContinue(context.state))
        return ActionId::ResumeRun;
    return std::nullopt;
}

} // namespace lens
