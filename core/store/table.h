// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Datasets whose rows are appended along the first dimension. Private to core/store. All throw Error.
#pragma once

#include "core/store/hdf5_handle.h"

#include <cstdint>
#include <vector>

namespace lens {

// What stands after the first dimension; empty for a plain column.
using RowShape = std::vector<std::uint64_t>;

struct TableFormat {
    std::size_t chunkRows = 1;
    int deflateLevel = 0;       // with shuffle; 0: none, as live files must have it
    const void* fill = nullptr; // one value of the type, for rows that are skipped; nullptr: zero
};

// An empty table.
DatasetHandle createTable(Hdf5Id location, const char* name, Hdf5Id type, const RowShape& row,
                          const TableFormat& format);
// Opens a table and checks that its rows have that shape; the type is the caller's affair.
DatasetHandle openTable(Hdf5Id location, const char* name, const RowShape& row);
std::uint64_t tableRows(const DatasetHandle& table);
// Rows [first, first + count); the table becomes first + count rows long.
void writeRows(const DatasetHandle& table, Hdf5Id type, std::uint64_t first, std::uint64_t count,
               const void* rows);
void readRows(const DatasetHandle& table, Hdf5Id type, std::uint64_t first, std::uint64_t count, void* rows);

} // namespace lens
