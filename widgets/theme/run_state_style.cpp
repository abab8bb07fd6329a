// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/theme/run_state_style.h"

#include "widgets/theme/theme.h"

#include <QCoreApplication>

namespace lens {

QString stateText(RunState state)
{
    const auto word = [](const char* text) { return QCoreApplication::translate("lens::RunState", text); };
    switch (state) {
    case RunState::Queued:
        return word(QT_TRANSLATE_NOOP("lens::RunState", "Queued"));
    case RunState::Preparing:
        return word(QT_TRANSLATE_NOOP("lens::RunState", "Preparing"));
    case RunState::Training:
        return word(QT_TRANSLATE_NOOP("lens::RunState", "Training"));
    case RunState::Evaluating:
        return word(QT_TRANSLATE_NOOP("lens::RunState", "Evaluating"));
    case RunState::Saving:
        return word(QT_TRANSLATE_NOOP("lens::RunState", "Saving"));
    case RunState::Paused:
        return word(QT_TRANSLATE_NOOP("lens::RunState", "Paused"));
    case RunState::Stopping:
        return word(QT_TRANSLATE_NOOP("lens::RunState", "Stopping"));
    case RunState::Finished:
        return word(QT_TRANSLATE_NOOP("lens::RunState", "Finished"));
    case RunState::Stopped:
        return word(QT_TRANSLATE_NOOP("lens::RunState", "Stopped"));
    case RunState::Failed:
        return word(QT_TRANSLATE_NOOP("lens::RunState", "Failed"));
    case RunState::Interrupted:
        return word(QT_TRANSLATE_NOOP("lens::RunState", "Interrupted"));
    }
    return {};
}

QColor stateColour(const Theme& theme, RunState state)
{
    switch (state) {
    case RunState::Training:
    case RunState::Evaluating:
    case RunState::Saving:
    case RunState::Preparing:
        return theme.good;
    case RunState::Paused:
    case RunState::Stopping:
    case RunState::Interrupted:
        return theme.attention;
    case RunState::Finished:
        return theme.accent;
    case RunState::Failed:
        return theme.failure;
    case RunState::Queued:
    case RunState::Stopped:
        break;
    }
    return theme.muted;
}

Mark stateMark(RunState state)
{
    switch (state) {
    case RunState::Queued:
        return Mark::Ring;
    case RunState::Paused:
        return Mark::Bars;
    case RunState::Finished:
        return Mark::Check;
    case RunState::Stopping:
    case RunState::Stopped:
        return Mark::Square;
    case RunState::Failed:
        return Mark::Cross;
    case RunState::Interrupted:
        return Mark::Triangle;
    default:
        return Mark::Dot;
    }
}

} // namespace lens
