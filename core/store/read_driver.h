// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// How the store's readers open files: through an HDF5 file driver of their own, which reads with pread, takes
// no locks, and never shares a file with another opening in this process. With HDF5's default driver two
// openings of one file share their metadata, and refreshing one breaks the other ("can't insert duplicate
// key", 1.10.8). Private to core/store.
#pragma once

#include "core/store/hdf5_handle.h"

#include <filesystem>

namespace lens {

// Opens for reading; `live`: the file may be growing (SWMR). Throws Error.
FileHandle openForReading(const std::filesystem::path& path, bool live);

} // namespace lens
