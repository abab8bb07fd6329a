// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Fills run.json from what was loaded, and says what differs from it when a run is resumed.
#pragma once

#include "core/base/json.h"
#include "core/dataset/dataset.h"
#include "core/engine/model/model.h"
#include "core/engine/train/schedule.h"
#include "core/run/run_record.h"

#include <string>

namespace lens {

// Fingerprints of the files a configuration names; milliseconds.
std::string modelFingerprint(const std::filesystem::path& modelFolder);

RunRecord makeRunRecord(const std::string& runId, const RunConfig& config, const Model& model,
                        const Dataset& data, const StepPlan& plan, int threads);

// {"path", "before", "after"} of engine version, host, model and data that are not those of run.json.
Json changesSince(const RunRecord& record, const RunConfig& config);

} // namespace lens
