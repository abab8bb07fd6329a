// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Writes the checkpoints of a run and throws old ones away: journal, metrics and retention around
// writeCheckpoint(). Training thread only.
#pragma once

#include "core/config/run_config.h"
#include "core/engine/train/checkpoint_files.h"
#include "core/engine/train/run_journal.h"
#include "core/engine/train/training_progress.h"
#include "core/run/run_paths.h"
#include "core/store/run_writer.h"

#include <optional>
#include <string_view>

namespace lens {

class CheckpointKeeper {
public:
    CheckpointKeeper(const RunPaths& paths, RunJournal& journal, RunWriter& metrics);

    // Makes the numbers so far durable, publishes the checkpoint, journals it and removes what retention no
    // longer wants. Returns the seconds it took. Throws Error if it cannot be written; older checkpoints are
    // then untouched.
    double save(const CheckpointContents& contents, const CheckpointSettings& settings,
                std::string_view reason);

    std::optional<std::uint64_t> lastSavedStep() const { return m_lastSaved; }
    void setLastSavedStep(std::uint64_t step) { m_lastSaved = step; }

private:
    void removeOld(const Json& logHistory, const CheckpointSettings& settings);

    RunPaths m_paths;
    RunJournal& m_journal;
    RunWriter& m_metrics;
    std::optional<std::uint64_t> m_lastSaved;
};

} // namespace lens
