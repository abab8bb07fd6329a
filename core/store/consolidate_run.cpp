// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// consolidateRun() of run_reader.h: what may be consolidated, and the order in which files appear and vanish,
// so that a reader or a crash at any moment finds every row.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/file_lock.h"
#include "core/store/consolidated_reader.h"
#include "core/store/consolidation.h"
#include "core/store/hdf5_handle.h"
#include "core/store/layout.h"
#include "core/store/run_reader.h"
#include "core/store/segment_name.h"

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace lens {
namespace {

struct RunFiles {
    std::filesystem::path folder;

    std::filesystem::path segments() const { return folder / layout::kSegmentsFolder; }
    std::filesystem::path consolidated() const { return folder / layout::kConsolidatedFile; }
    std::filesystem::path temporary() const
    {
        return folder / (std::string(layout::kConsolidatedFile) + ".tmp");
    }
    std::filesystem::path segment(const SegmentName& name) const
    {
        return segments() / segmentFileName(name);
    }
};

// Segments that a consolidation was interrupted in removing.
std::vector<SegmentName> removeConsolidated(const RunFiles& files, std::vector<SegmentName> names)
{
    if (!std::filesystem::exists(files.consolidated()) || names.empty())
        return names;
    const ConsolidatedReader reader(files.consolidated());
    const auto isContained = [&](const SegmentName& name) {
        return std::any_of(reader.segments().begin(), reader.segments().end(),
                           [&](const auto& record) { return record.segment == name.segment; });
    };
    for (const SegmentName& name : names) {
        if (isContained(name))
            std::filesystem::remove(files.segment(name));
    }
    std::erase_if(names, isContained);
    return names;
}

void requireEnded(const RunFiles& files, const std::vector<SegmentName>& names)
{
    std::uintmax_t bytes = 0;
    for (const SegmentName& name : names) {
        if (isFileLocked(files.segment(name)))
            throw Error("is still being written", files.segment(name).string());
        bytes += std::filesystem::file_size(files.segment(name));
    }
    if (freeBytes(files.folder) < bytes)
        throw Error("not enough room on the disk to consolidate the metrics", files.folder.string(),
                    std::to_string((bytes >> 20) + 1) + " MiB are needed");
}

void removeTemporary(const RunFiles& files)
{
    // Emptied first: HDF5 may still have it open after a failure.
    if (::truncate(files.temporary().c_str(), 0) == 0)
        ::unlink(files.temporary().c_str());
}

void consolidate(const RunFiles& files, const std::vector<SegmentName>& names)
{
    removeTemporary(files);
    try {
        Consolidation(files.consolidated(), files.segments(), names).writeTo(files.temporary());
        syncPath(files.temporary());
        if (::rename(files.temporary().c_str(), files.consolidated().c_str()) != 0)
            throw systemError("cannot rename into place", files.consolidated().string(), errno);
    } catch (...) {
        removeTemporary(files);
        throw;
    }
    syncPath(files.folder);
    for (const SegmentName& name : names)
        std::filesystem::remove(files.segment(name));
}

} // namespace

void consolidateRun(const std::filesystem::path& runFolder)
{
    silenceHdf5();
    const RunFiles files{runFolder};
    if (listSegments(files.segments()).empty())
        return;
    const FileLock lock(runFolder / layout::kMaintenanceLock, "another program is at work on this run");
    try {
        const auto names = removeConsolidated(files, listSegments(files.segments()));
        if (names.empty())
            return;
        requireEnded(files, names);
        consolidate(files, names);
    } catch (const std::filesystem::filesystem_error& error) {
        throw Error(error.code().message(), error.path1().string());
    }
}

} // namespace lens
