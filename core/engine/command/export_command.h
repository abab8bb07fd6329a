// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The body of `export`: what a run or adapter learned, in a form that other programs take. So far: merged
// into its base model.
#pragma once

#include "core/engine/command/arguments.h"
#include "core/engine/train/progress_sink.h"

namespace lens {

// Returns an exit code; throws Error (UsageError for words that are none).
int runExport(const Arguments& arguments, ProgressSink& progress);

} // namespace lens
