// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Whole files: read with a bound, written so that a reader or a crash sees the old or the new content, never
// half.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace lens {

// Throws Error if the file cannot be read or is larger than maxBytes.
std::string readFile(const std::filesystem::path& path, std::size_t maxBytes = 1u << 30);

// Temporary file beside it, fsync, rename, fsync of the folder. Throws Error; on failure the old file is
// untouched.
void writeFileAtomically(const std::filesystem::path& path, std::string_view bytes);

// fsync of a file or folder that was written by other means.
void syncPath(const std::filesystem::path& path);

// Creates a folder with missing parents; throws Error.
void makeFolder(const std::filesystem::path& path);

// Bytes free to this user on the file system of `path` (or of its nearest existing parent).
std::uintmax_t freeBytes(const std::filesystem::path& path);

} // namespace lens
