// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The list of a checkpoint's files with sizes and CRC-32. It is written last, so a folder without one is
// unfinished, and one whose files differ from it is damaged.
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lens {

struct ManifestFile {
    std::string name; // inside the folder, no separators
    std::uint64_t bytes = 0;
    std::uint32_t crc32 = 0;

    bool operator==(const ManifestFile&) const = default;
};

struct Manifest {
    std::uint64_t step = 0;
    std::vector<ManifestFile> files; // sorted by name

    std::uint64_t bytes() const;
};

// Reads all files of the folder (no sub-folders) and takes their sizes and checksums. Throws Error.
Manifest makeManifest(const std::filesystem::path& folder, std::uint64_t step);
void writeManifest(const std::filesystem::path& folder, const Manifest& manifest);
// Throws Error if it is missing, unreadable or names a path that leaves the folder.
Manifest readManifest(const std::filesystem::path& folder);

enum class Thoroughness { Sizes, Checksums };

// What is wrong with a checkpoint folder: nothing if all files are as the manifest says. Sizes are compared
// in microseconds, checksums read every byte. Never throws for faults of the folder.
std::vector<Problem> verifyCheckpoint(const std::filesystem::path& folder, Thoroughness thoroughness);

} // namespace lens
