// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// `train --dry-run`: loads everything, runs the worst batch forward and backward once, tells memory and
// time. Writes nothing.
#pragma once

#include "core/config/run_config.h"
#include "core/engine/train/progress_sink.h"

namespace lens {

// Throws Error if the run could not start, out of memory included.
void runDry(const RunConfig& config, ProgressSink& progress);

} // namespace lens
