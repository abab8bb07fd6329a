// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/checkpoint/checkpoint_list.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/checkpoint/checkpoint_draft.h"
#include "core/checkpoint/checkpoint_layout.h"
#include "core/checkpoint/manifest.h"

#include <algorithm>

namespace lens {

std::vector<CheckpointEntry> listCheckpoints(const std::filesystem::path& checkpointsFolder)
{
    std::vector<CheckpointEntry> entries;
    std::error_code code;
    for (std::filesystem::directory_iterator it(checkpointsFolder, code), end; !code && it != end;
         it.increment(code)) {
        const auto step = checkpointStep(it->path().filename().string());
        std::error_code kind;
        if (!step || !it->is_directory(kind))
            continue;
        CheckpointEntry entry{*step, it->path(), verifyCheckpoint(it->path(), Thoroughness::Sizes).empty(),
                              0};
        try {
            entry.bytes = readManifest(it->path()).bytes();
        } catch (const Error&) {
            entry.whole = false;
        }
        entries.push_back(std::move(entry));
    }
    std::sort(entries.begin(), entries.end(),
              [](const CheckpointEntry& a, const CheckpointEntry& b) { return a.step < b.step; });
    return entries;
}

std::optional<CheckpointEntry> latestValidCheckpoint(const std::filesystem::path& checkpointsFolder)
{
    const std::vector<CheckpointEntry> entries = listCheckpoints(checkpointsFolder);
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
        if (entry->whole && verifyCheckpoint(entry->folder, Thoroughness::Checksums).empty())
            return *entry;
    return std::nullopt;
}

void setAsideLaterCheckpoints(const std::filesystem::path& checkpointsFolder, std::uint64_t step,
                              std::uint64_t segment)
{
    const std::filesystem::path aside =
        checkpointsFolder / "superseded" / ("segment-" + std::to_string(segment));
    for (const CheckpointEntry& entry : listCheckpoints(checkpointsFolder)) {
        if (entry.step <= step)
            continue;
        makeFolder(aside);
        std::error_code code;
        std::filesystem::rename(entry.folder, aside / entry.folder.filename(), code);
        if (code)
            throw Error("cannot be moved aside: " + code.message(), entry.folder.string());
    }
}

void removeUnfinishedCheckpoints(const std::filesystem::path& checkpointsFolder)
{
    std::error_code code;
    std::vector<std::filesystem::path> unfinished;
    for (std::filesystem::directory_iterator it(checkpointsFolder, code), end; !code && it != end;
         it.increment(code))
        if (CheckpointDraft::isDraftName(it->path().filename().string()))
            unfinished.push_back(it->path());
    for (const std::filesystem::path& folder : unfinished)
        std::filesystem::remove_all(folder, code);
}

} // namespace lens
