// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// `train --dry-run`: loads everything, trains the largest micro-batch of the run once or twice, tells memory
// and time. Writes nothing.
#pragma once

#include "core/config/run_config.h"
#include "core/engine/train/progress_sink.h"

namespace lens {

// Throws Error if the run could not start, out of memory included.
void runDry(const RunConfig& config, ProgressSink& progress);

} // namespace lens
