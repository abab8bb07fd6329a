// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/checkpoint_keeper.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/checkpoint/best_checkpoint.h"
#include "core/checkpoint/checkpoint_layout.h"
#include "core/checkpoint/checkpoint_list.h"
#include "core/run/retention.h"

#include <algorithm>

namespace lens {

CheckpointKeeper::CheckpointKeeper(const RunPaths& paths, RunJournal& journal, RunWriter& metrics)
    : m_paths(paths)
    , m_journal(journal)
    , m_metrics(metrics)
{
}

double CheckpointKeeper::save(const CheckpointContents& contents, const CheckpointSettings& settings,
                              std::string_view reason)
{
    const double begin = monotonicSeconds();
    if (!m_metrics.sync())
        throw Error(m_metrics.trouble(), m_paths.segments().string());
    const Manifest manifest = writeCheckpoint(m_paths.checkpoints(), contents);
    const double seconds = monotonicSeconds() - begin;
    m_lastSaved = contents.state.step;
    m_journal.write(EventType::Checkpoint,
                    {{"path", "checkpoints/" + checkpointName(contents.state.step)},
                     {"reason", reason},
                     {"bytes", manifest.bytes()},
                     {"seconds", seconds}},
                    true);
    removeOld(contents.trainerState.logHistory, settings);
    return seconds;
}

void CheckpointKeeper::removeOld(const Json& logHistory, const CheckpointSettings& settings)
{
    std::vector<std::uint64_t> steps;
    for (const CheckpointEntry& entry : listCheckpoints(m_paths.checkpoints()))
        steps.push_back(entry.step);
    const auto keepLast = static_cast<std::size_t>(std::max(0, settings.saveTotalLimit));
    for (const std::uint64_t step : checkpointsToRemove(steps, keepLast, bestCheckpoint(steps, logHistory))) {
        std::error_code code;
        std::filesystem::remove_all(m_paths.checkpoint(step), code);
        if (!code)
            m_journal.writeAt(step, EventType::CheckpointRemoved,
                              {{"path", "checkpoints/" + checkpointName(step)}});
    }
}

} // namespace lens
