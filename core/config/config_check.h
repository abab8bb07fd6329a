// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Whether a configuration makes sense: ranges of the settings and how they fit together. Cheap, looks at no
// file: a form calls it at every change. Whether the files are there is core/run/launch_check.h.
#pragma once

#include "core/base/error.h"
#include "core/base/translate.h"
#include "core/config/run_config.h"

#include <vector>

namespace lens {

// Every problem; `where` is the setting's path ("training.learning_rate"), so that a form can show it there.
std::vector<Problem> checkConfig(const RunConfig& config, const Translator& translator = {});

} // namespace lens
