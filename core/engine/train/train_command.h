// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The body of `train`: everything about arguments and files of configuration is settled by the caller
// (core/engine/command); what happens from the lock to the last word in the journal is settled here.
#pragma once

#include "core/config/config_difference.h"
#include "core/config/run_config.h"
#include "core/engine/train/progress_sink.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace lens {

struct TrainOptions {
    // The run folder: exists, and holds config.json. Empty for a dry run.
    std::filesystem::path runFolder;
    // Checked; paths are absolute. On resume: that of run.json with `changes` already applied.
    RunConfig config;
    bool resume = false;
    std::optional<std::uint64_t> fromStep; // resume from this checkpoint; absent: the newest whole one
    std::vector<ConfigDifference> changes; // on resume: what differs from run.json, for the start event
    bool dryRun = false;                   // load, tokenize, worst batch once, print; writes nothing
};

// Runs to the end. Installs handlers for SIGINT and SIGTERM (first: save and stop, second: abort).
// Returns an exit code: 0 finished or stopped, 1 failed. What failed is in the journal (a run that has a
// folder) and is thrown as Error for the caller to print.
int runTrain(const TrainOptions& options, ProgressSink& progress);

} // namespace lens
