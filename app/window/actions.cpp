// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "app/window/actions.h"

#include <QCoreApplication>

namespace lens {

const std::array<ActionSpec, static_cast<std::size_t>(ActionId::Count)>& actionTable()
{
    static const std::array<ActionSpec, static_cast<std::size_t>(ActionId::Count)> table{{
        {ActionId::NewRun, "newRun", QT_TRANSLATE_NOOP("lens::Actions", "&New run"), "Ctrl+N", false},
        {ActionId::OpenFolder, "openFolder", QT_TRANSLATE_NOOP("lens::Actions", "&Open folder…"), "Ctrl+O",
         false},
        {ActionId::OpenDemo, "openDemo", QT_TRANSLATE_NOOP("lens::Actions", "Prepare the &demo"), "", false},
        {ActionId::CopyAsNew, "copyAsNew", QT_TRANSLATE_NOOP("lens::Actions", "&Copy as new run"), "Ctrl+D",
         false},
        {ActionId::Rename, "rename", QT_TRANSLATE_NOOP("lens::Actions", "Re&name…"), "F2", false},
        {ActionId::EditTags, "editTags", QT_TRANSLATE_NOOP("lens::Actions", "&Tags…"), "Ctrl+T", false},
        {ActionId::ShowFolder, "showFolder", QT_TRANSLATE_NOOP("lens::Actions", "Show in &file manager"), "",
         false},
        {ActionId::Delete, "deleteRun", QT_TRANSLATE_NOOP("lens::Actions", "Move to tras&h…"), "", false},
        {ActionId::Quit, "quit", QT_TRANSLATE_NOOP("lens::Actions", "&Quit"), "Ctrl+Q", false},
        {ActionId::Start, "start", QT_TRANSLATE_NOOP("lens::Actions", "&Start"), "Ctrl+Return", false},
        {ActionId::ResumeRun, "resumeRun", QT_TRANSLATE_NOOP("lens::Actions", "&Resume"), "Ctrl+R", false},
        {ActionId::PauseOrResume, "pauseOrResume", QT_TRANSLATE_NOOP("lens::Actions", "&Pause"), "Ctrl+P",
         false},
        {ActionId::CheckpointNow, "checkpointNow", QT_TRANSLATE_NOOP("lens::Actions", "&Checkpoint now"),
         "Ctrl+S", false},
        {ActionId::StopAndSave, "stopAndSave", QT_TRANSLATE_NOOP("lens::Actions", "S&top and save"),
         "Ctrl+Shift+S", false},
        {ActionId::Kill, "kill", QT_TRANSLATE_NOOP("lens::Actions", "&Kill…"), "", false},
        {ActionId::TabLive, "tabLive", QT_TRANSLATE_NOOP("lens::Actions", "&Live"), "Ctrl+1", false},
        {ActionId::TabSamples, "tabSamples", QT_TRANSLATE_NOOP("lens::Actions", "&Samples"), "Ctrl+2", false},
        {ActionId::TabLog, "tabLog", QT_TRANSLATE_NOOP("lens::Actions", "Lo&g"), "Ctrl+3", false},
        {ActionId::TabConfiguration, "tabConfiguration", QT_TRANSLATE_NOOP("lens::Actions", "&Configuration"),
         "Ctrl+4", false},
        {ActionId::Filter, "filter", QT_TRANSLATE_NOOP("lens::Actions", "&Filter the library"), "Ctrl+F",
         false},
        {ActionId::ToggleLibrary, "toggleLibrary", QT_TRANSLATE_NOOP("lens::Actions", "Show the l&ibrary"),
         "Ctrl+Shift+L", true},
        {ActionId::ToggleSide, "toggleSide", QT_TRANSLATE_NOOP("lens::Actions", "Show &findings and events"),
         "Ctrl+Shift+E", true},
        {ActionId::FitPlots, "fitPlots", QT_TRANSLATE_NOOP("lens::Actions", "F&it all plots"), "Ctrl+0",
         false},
        {ActionId::FollowNewest, "followNewest",
         QT_TRANSLATE_NOOP("lens::Actions", "F&ollow the newest step"), "", true},
        {ActionId::LogLoss, "logLoss", QT_TRANSLATE_NOOP("lens::Actions", "Loga&rithmic loss axis"), "",
         true},
        {ActionId::OpenSettings, "openSettings", QT_TRANSLATE_NOOP("lens::Actions", "&Settings…"), "Ctrl+,",
         false},
        {ActionId::CheckMachine, "checkMachine", QT_TRANSLATE_NOOP("lens::Actions", "&Check this machine…"),
         "", false},
        {ActionId::ShowHelp, "showHelp", QT_TRANSLATE_NOOP("lens::Actions", "&Help for this place"), "F1",
         false},
        {ActionId::About, "about", QT_TRANSLATE_NOOP("lens::Actions", "&About Training Lens"), "", false},
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
