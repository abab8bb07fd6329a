// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/checkpoint/checkpoint_draft.h"

#include "core/base/file.h"
#include "core/base/ids.h"
#include "core/checkpoint/checkpoint_layout.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace lens {
namespace {

constexpr std::string_view kDraftPrefix = ".tmp-checkpoint-";
constexpr unsigned kExchange = 2; // RENAME_EXCHANGE

// Moves `from` to `to`; an existing `to` is swapped with it in one go, so that one of both always stands.
void moveOrSwap(const std::filesystem::path& from, const std::filesystem::path& to)
{
    std::error_code code;
    if (std::filesystem::exists(to, code)) {
        if (::syscall(SYS_renameat2, AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), kExchange) == 0)
            return;
        std::filesystem::remove_all(to, code); // a file system without swapping
    }
    if (std::rename(from.c_str(), to.c_str()) != 0)
        throw systemError("cannot rename into place", to.string(), errno);
}

} // namespace

CheckpointDraft::CheckpointDraft(std::filesystem::path checkpointsFolder, std::uint64_t step)
    : m_parent(std::move(checkpointsFolder))
    , m_folder(m_parent / (std::string(kDraftPrefix) + std::to_string(step) + "-" + randomHex(4)))
    , m_step(step)
{
    makeFolder(m_folder);
}

CheckpointDraft::~CheckpointDraft()
{
    // After a swap the temporary name holds the older folder of the same step.
    std::error_code code;
    std::filesystem::remove_all(m_folder, code);
}

Manifest CheckpointDraft::publish()
{
    Manifest manifest = makeManifest(m_folder, m_step);
    for (const ManifestFile& file : manifest.files)
        syncPath(m_folder / file.name);
    writeManifest(m_folder, manifest);
    syncPath(m_folder);
    moveOrSwap(m_folder, m_parent / checkpointName(m_step));
    syncPath(m_parent);
    return manifest;
}

bool CheckpointDraft::isDraftName(std::string_view folderName)
{
    return folderName.starts_with(kDraftPrefix);
}

} // namespace lens
