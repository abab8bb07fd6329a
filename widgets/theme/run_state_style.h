// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// How a run's state looks: word, colour and shape. Used by the chip, the library and the status bar.
#pragma once

#include "core/run/run_status.h"
#include "widgets/theme/marks.h"

#include <QColor>
#include <QString>

namespace lens {

struct Theme;

QString stateText(RunState state); // "Training", translated
QColor stateColour(const Theme& theme, RunState state);
Mark stateMark(RunState state);

} // namespace lens
