// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A checkpoint being written: a temporary folder that becomes `checkpoint-<step>` in one rename, after its
// manifest was written and everything was flushed to disk. Whatever goes wrong before leaves no trace.
#pragma once

#include "core/checkpoint/manifest.h"

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace lens {

class CheckpointDraft {
public:
    // Makes the temporary folder inside `checkpointsFolder`. Throws Error.
    CheckpointDraft(std::filesystem::path checkpointsFolder, std::uint64_t step);
    ~CheckpointDraft(); // removes what was not published
    CheckpointDraft(const CheckpointDraft&) = delete;
    CheckpointDraft& operator=(const CheckpointDraft&) = delete;

    const std::filesystem::path& folder() const { return m_folder; } // write the files here
    // Writes the manifest, flushes files and folders, renames. An older folder of the same step is replaced
    // only once the new one is complete. Throws Error.
    Manifest publish();

    static bool isDraftName(std::string_view folderName);

private:
    std::filesystem::path m_parent;
    std::filesystem::path m_folder;
    std::uint64_t m_step;
};

} // namespace lens
