// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/window/actions.h"

#include <QCoreApplication>

namespace lens {

#define LENS_ACTION(text) QT_TRANSLATE_NOOP("lens::Actions", text)

const std::array<ActionSpec, static_cast<std::size_t>(ActionId::Count)>& actionTable()
{
    static const std::array<ActionSpec, static_cast<std::size_t>(ActionId::Count)> table{{
        {ActionId::NewRun, "newRun", LENS_ACTION("&New run"), "Ctrl+N", false},
        {ActionId::OpenFolder, "openFolder", LENS_ACTION("&Open folder…"), "Ctrl+O", false},
        {ActionId::OpenDemo, "openDemo", LENS_ACTION("Prepare the &demo"), "", false},
        {ActionId::CopyAsNew, "copyAsNew", LENS_ACTION("&Copy as new run"), "Ctrl+D", false},
        {ActionId::Rename, "rename", LENS_ACTION("Re&name…"), "F2", false},
        {ActionId::EditTags, "editTags", LENS_ACTION("&Tags…"), "Ctrl+T", false},
        {ActionId::ShowFolder, "showFolder", LENS_ACTION("Show in &file manager"), "", false},
        {ActionId::Delete, "deleteRun", LENS_ACTION("Move to tras&h…"), "", false},
        {ActionId::Quit, "quit", LENS_ACTION("&Quit"), "Ctrl+Q", false},
        {ActionId::Start, "start", LENS_ACTION("&Start"), "Ctrl+Return", false},
        {ActionId::ResumeRun, "resumeRun", LENS_ACTION("&Resume"), "Ctrl+R", false},
        {ActionId::PauseOrResume, "pauseOrResume", LENS_ACTION("&Pause"), "Ctrl+P", false},
        {ActionId::CheckpointNow, "checkpointNow", LENS_ACTION("&Checkpoint now"), "Ctrl+S", false},
        {ActionId::StopAndSave, "stopAndSave", LENS_ACTION("S&top and save"), "Ctrl+Shift+S", false},
        {ActionId::Kill, "kill", LENS_ACTION("&Kill…"), "", false},
        {ActionId::TabLive, "tabLive", LENS_ACTION("&Live"), "Ctrl+1", false},
        {ActionId::TabSamples, "tabSamples", LENS_ACTION("&Samples"), "Ctrl+2", false},
        {ActionId::TabLog, "tabLog", LENS_ACTION("Lo&g"), "Ctrl+3", false},
        {ActionId::TabConfiguration, "tabConfiguration", LENS_ACTION("&Configuration"), "Ctrl+4", false},
        {ActionId::Filter, "filter", LENS_ACTION("&Filter the library"), "Ctrl+F", false},
        {ActionId::ToggleLibrary, "toggleLibrary", LENS_ACTION("Show the l&ibrary"), "Ctrl+Shift+L", true},
        {ActionId::ToggleSide, "toggleSide", LENS_ACTION("Show &findings and events"), "Ctrl+Shift+E", true},
        {ActionId::FitPlots, "fitPlots", LENS_ACTION("F&it all plots"), "Ctrl+0", false},
        {ActionId::FollowNewest, "followNewest", LENS_ACTION("F&ollow the newest step"), "", true},
        {ActionId::LogLoss, "logLoss", LENS_ACTION("Loga&rithmic loss axis"), "", true},
        {ActionId::OpenSettings, "openSettings", LENS_ACTION("&Settings…"), "Ctrl+,", false},
        {ActionId::CheckMachine, "checkMachine", LENS_ACTION("&Check this machine…"), "", false},
        {ActionId::ShowHelp, "showHelp", LENS_ACTION("&Help for this place"), "F1", false},
        {ActionId::About, "about", LENS_ACTION("&About Training Lens"), "", false},
    }};
    return table;
}

Actions::Actions(QObject* parent)
{
    for (const ActionSpec& spec : actionTable()) {
        auto* action = new QAction(QCoreApplication::translate("lens::Actions", spec.text), parent);
        action->setObjectName(QLatin1String(spec.name));
        action->setCheckable(spec.checkable);
        if (*spec.shortcut)
            action->setShortcut(QKeySequence(QLatin1String(spec.shortcut)));
        m_actions[static_cast<std::size_t>(spec.id)] = action;
    }
    apply({});
}

void Actions::apply(const ActionContext& context)
{
    for (const ActionSpec& spec : actionTable()) {
        QAction& action = (*this)[spec.id];
        const ActionAnswer answer = answerFor(spec.id, context);
        action.setEnabled(answer.enabled);
        action.setText(answer.text.isEmpty() ? QCoreApplication::translate("lens::Actions", spec.text)
                                             : answer.text);
        if (!answer.tip.isEmpty())
            action.setToolTip(answer.tip);
        action.setStatusTip({});
    }
}

} // namespace lens
