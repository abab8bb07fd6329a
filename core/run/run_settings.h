// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The configuration a run has now: run.json is frozen, the journal tells what was changed since.
#pragma once

#include "core/config/run_config.h"
#include "core/run/run_paths.h"

namespace lens {

// `recorded` (of run.json) with the changes of the last start and every later change of a live setting. What
// the user said last stands, also for the next start.
RunConfig currentConfig(const RunPaths& paths, const RunConfig& recorded);

} // namespace lens
