// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The checkpoints of a run: which there are, which are whole, which is the newest that can be trusted. Used
// by the window's pages, by retention and by resume.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace lens {

struct CheckpointEntry {
    std::uint64_t step = 0;
    std::filesystem::path folder;
    bool whole = false;      // manifest there and all sizes as it says
    std::uint64_t bytes = 0; // as the manifest says; 0 without one
};

// Sorted by step. A missing folder gives none; temporary folders are not listed.
std::vector<CheckpointEntry> listCheckpoints(const std::filesystem::path& checkpointsFolder);

// The newest checkpoint whose checksums are right. Absent if there is none.
std::optional<CheckpointEntry> latestValidCheckpoint(const std::filesystem::path& checkpointsFolder);

// Moves checkpoints after `step` to superseded/segment-<segment>/: a run that goes on from an older one makes
// these steps anew, and they must not be mistaken for the newest. Nothing is deleted. Throws Error.
void setAsideLaterCheckpoints(const std::filesystem::path& checkpointsFolder, std::uint64_t step,
                              std::uint64_t segment);

// Removes what a killed engine left half-written (temporary folders). Only for the holder of the run's lock.
void removeUnfinishedCheckpoints(const std::filesystem::path& checkpointsFolder);

} // namespace lens
