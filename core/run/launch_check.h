// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Whether the files a configuration names are there and of the right kind. Reads headers and configuration
// files: for a worker thread of the form and for the engine before a start, not for every keystroke.
#pragma once

#include "core/base/error.h"
#include "core/base/translate.h"
#include "core/config/run_config.h"

#include <vector>

namespace lens {

// `where` is the setting's path ("model.path"), as with checkConfig(). Paths must be absolute; empty ones are
// checkConfig()'s.
std::vector<Problem> checkFiles(const RunConfig& config, const Translator& translator = {});

} // namespace lens
