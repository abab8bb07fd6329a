// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/store/table.h"

#include "core/base/error.h"

#include <algorithm>
#include <hdf5.h>
#include <utility>

namespace lens {
namespace {

using Sizes = std::vector<hsize_t>;

Sizes sizesOf(const DatasetHandle& table)
{
    const SpaceHandle space(checked(H5Dget_space(table.get()), "cannot read a table's size", {}));
    const int rank = checked(H5Sget_simple_extent_ndims(space.get()), "cannot read a table's size", {});
    if (rank < 1)
        throw Error("is not a table");
    Sizes sizes(static_cast<std::size_t>(rank));
    checked(H5Sget_simple_extent_dims(space.get(), sizes.data(), nullptr), "cannot read a table's size", {});
    return sizes;
}

Sizes withFirst(hsize_t first, const RowShape& row)
{
    Sizes sizes{first};
    sizes.insert(sizes.end(), row.begin(), row.end());
    return sizes;
}

// Selects rows in the table and gives the matching memory space.
std::pair<SpaceHandle, SpaceHandle> selection(const DatasetHandle& table, std::uint64_t first,
                                              std::uint64_t count)
{
    Sizes sizes = sizesOf(table);
    Sizes start(sizes.size(), 0);
    start.front() = first;
    sizes.front() = count;
    SpaceHandle file(checked(H5Dget_space(table.get()), "cannot select rows", {}));
    checked(H5Sselect_hyperslab(file.get(), H5S_SELECT_SET, start.data(), nullptr, sizes.data(), nullptr),
            "cannot select rows", {});
    SpaceHandle memory(checked(H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr),
                               "cannot select rows", {}));
    return {std::move(file), std::move(memory)};
}

PropertyHandle creationOf(Hdf5Id type, const RowShape& row, const TableFormat& format, const char* name)
{
    PropertyHandle list(checked(H5Pcreate(H5P_DATASET_CREATE), "cannot create", name));
    const Sizes chunk = withFirst(format.chunkRows, row);
    checked(H5Pset_chunk(list.get(), static_cast<int>(chunk.size()), chunk.data()), "cannot create", name);
    if (format.fill)
        checked(H5Pset_fill_value(list.get(), type, format.fill), "cannot create", name);
    if (format.deflateLevel > 0) {
        checked(H5Pset_shuffle(list.get()), "cannot create", name);
        checked(H5Pset_deflate(list.get(), static_cast<unsigned>(format.deflateLevel)), "cannot create",
                name);
    }
    return list;
}

} // namespace

DatasetHandle createTable(Hdf5Id location, const char* name, Hdf5Id type, const RowShape& row,
                          const TableFormat& format)
{
    const Sizes sizes = withFirst(0, row);
    const Sizes largest = withFirst(H5S_UNLIMITED, row);
    const SpaceHandle space(
        checked(H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), largest.data()),
                "cannot create", name));
    const PropertyHandle creation = creationOf(type, row, format, name);
    return DatasetHandle(
        checked(H5Dcreate2(location, name, type, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT),
                "cannot create", name));
}

DatasetHandle openTable(Hdf5Id location, const char* name, const RowShape& row)
{
    DatasetHandle table(checked(H5Dopen2(location, name, H5P_DEFAULT), "cannot open", name));
    const Sizes sizes = sizesOf(table);
    if (!std::equal(sizes.begin() + 1, sizes.end(), row.begin(), row.end()))
        throw Error("the table has an unexpected shape", name);
    return table;
}

std::uint64_t tableRows(const DatasetHandle& table)
{
    return sizesOf(table).front();
}

void writeRows(const DatasetHandle& table, Hdf5Id type, std::uint64_t first, std::uint64_t count,
               const void* rows)
{
    Sizes sizes = sizesOf(table);
    sizes.front() = first + count;
    checked(H5Dset_extent(table.get(), sizes.data()), "cannot extend a table", {});
    if (count == 0)
        return;
    const auto [file, memory] = selection(table, first, count);
    checked(H5Dwrite(table.get(), type, memory.get(), file.get(), H5P_DEFAULT, rows), "cannot write rows",
            {});
}

void readRows(const DatasetHandle& table, Hdf5Id type, std::uint64_t first, std::uint64_t count, void* rows)
{
    const auto [file, memory] = selection(table, first, count);
    checked(H5Dread(table.get(), type, memory.get(), file.get(), H5P_DEFAULT, rows), "cannot read rows", {});
}

} // namespace lens
