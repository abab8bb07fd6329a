// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/store/record_type.h"

#include "core/base/digest.h"
#include "core/base/error.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace lens {
namespace {

using layout::ModulesIndexRecord;
using layout::ScalarRecord;
using layout::SegmentRecord;

void insert(const TypeHandle& type, const std::string& name, std::size_t offset, hid_t member)
{
    checked(H5Tinsert(type.get(), name.c_str(), offset, member), "cannot make a record type", {});
}

TypeHandle compound(std::size_t bytes)
{
    return TypeHandle(checked(H5Tcreate(H5T_COMPOUND, bytes), "cannot make a record type", {}));
}

std::vector<hsize_t> dimensions(hid_t table)
{
    const SpaceHandle space(checked(H5Dget_space(table), "cannot read a table's size", {}));
    const int rank = checked(H5Sget_simple_extent_ndims(space.get()), "cannot read a table's size", {});
    std::vector<hsize_t> sizes(static_cast<std::size_t>(rank));
    checked(H5Sget_simple_extent_dims(space.get(), sizes.data(), nullptr), "cannot read a table's size", {});
    return sizes;
}

// Selects rows in the table and gives the matching memory space.
std::pair<SpaceHandle, SpaceHandle> selection(hid_t table, std::uint64_t first, std::uint64_t count)
{
    std::vector<hsize_t> sizes = dimensions(table);
    std::vector<hsize_t> start(sizes.size(), 0);
    start.front() = first;
    sizes.front() = count;
    SpaceHandle file(checked(H5Dget_space(table), "cannot select rows", {}));
    checked(H5Sselect_hyperslab(file.get(), H5S_SELECT_SET, start.data(), nullptr, sizes.data(), nullptr),
            "cannot select rows", {});
    SpaceHandle memory(checked(H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr),
                               "cannot select rows", {}));
    return {std::move(file), std::move(memory)};
}

bool has(hid_t location, const char* name)
{
    return H5Lexists(location, name, H5P_DEFAULT) > 0;
}

// Fixed-length texts only: the programs write no others, and variable ones cannot be read while a file grows.
std::vector<std::string> textsOf(hid_t object, hid_t space, hid_t type, const char* name,
                                 herr_t (*read)(hid_t, hid_t, void*))
{
    const hssize_t count = H5Sget_simple_extent_npoints(space);
    const std::size_t bytes = H5Tget_size(type);
    if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) != 0 || count < 0 || bytes == 0 ||
        static_cast<std::size_t>(count) > layout::kMaxTextBytes / bytes)
        throw Error("is not a text of fixed length", name);
    std::string buffer(static_cast<std::size_t>(count) * bytes, '\0');
    if (count > 0)
        checked(read(object, type, buffer.data()), "cannot read a text", name);
    std::vector<std::string> texts;
    for (hssize_t i = 0; i < count; ++i) {
        const char* begin = buffer.data() + static_cast<std::size_t>(i) * bytes;
        texts.emplace_back(begin, ::strnlen(begin, bytes));
    }
    return texts;
}

herr_t readDataset(hid_t dataset, hid_t type, void* target)
{
    return H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, target);
}

void writeValue(hid_t object, const char* name, hid_t type, const void* value)
{
    const SpaceHandle space(checked(H5Screate(H5S_SCALAR), "cannot make an attribute", name));
    const AttributeHandle attribute(
        checked(H5Acreate2(object, name, type, space.get(), H5P_DEFAULT, H5P_DEFAULT),
                "cannot make an attribute", name));
    checked(H5Awrite(attribute.get(), type, value), "cannot write an attribute", name);
}

} // namespace

TypeHandle scalarRecordType()
{
    TypeHandle type = compound(sizeof(ScalarRecord));
    insert(type, "seq", offsetof(ScalarRecord, seq), H5T_NATIVE_UINT64);
    insert(type, "step", offsetof(ScalarRecord, step), H5T_NATIVE_UINT64);
    insert(type, "t", offsetof(ScalarRecord, seconds), H5T_NATIVE_DOUBLE);
    insert(type, "mask", offsetof(ScalarRecord, present), H5T_NATIVE_UINT64);
    for (std::size_t i = 0; i < layout::kScalarColumns; ++i) {
        const std::string name =
            i < kSeriesCount ? std::string(seriesCatalogue()[i].key) : "spare_" + std::to_string(i);
        insert(type, name, offsetof(ScalarRecord, values) + i * sizeof(double), H5T_NATIVE_DOUBLE);
    }
    insert(type, "segment", offsetof(ScalarRecord, segment), H5T_NATIVE_UINT32);
    insert(type, "crc", offsetof(ScalarRecord, crc), H5T_NATIVE_UINT32);
    return type;
}

TypeHandle modulesIndexType()
{
    TypeHandle type = compound(sizeof(ModulesIndexRecord));
    insert(type, "seq", offsetof(ModulesIndexRecord, seq), H5T_NATIVE_UINT64);
    insert(type, "step", offsetof(ModulesIndexRecord, step), H5T_NATIVE_UINT64);
    insert(type, "t", offsetof(ModulesIndexRecord, seconds), H5T_NATIVE_DOUBLE);
    insert(type, "bytes", offsetof(ModulesIndexRecord, bytes), H5T_NATIVE_UINT32);
    insert(type, "crc", offsetof(ModulesIndexRecord, crc), H5T_NATIVE_UINT32);
    return type;
}

TypeHandle segmentRecordType()
{
    TypeHandle type = compound(sizeof(SegmentRecord));
    insert(type, "segment", offsetof(SegmentRecord, segment), H5T_NATIVE_UINT64);
    insert(type, "first_step", offsetof(SegmentRecord, firstStep), H5T_NATIVE_UINT64);
    insert(type, "rows", offsetof(SegmentRecord, rows), H5T_NATIVE_UINT64);
    insert(type, "modules_rows", offsetof(SegmentRecord, modulesRows), H5T_NATIVE_UINT64);
    return type;
}

TypeHandle textType(std::size_t bytes)
{
    TypeHandle type(checked(H5Tcopy(H5T_C_S1), "cannot make a text type", {}));
    checked(H5Tset_size(type.get(), std::max<std::size_t>(bytes, 1)), "cannot make a text type", {});
    H5Tset_strpad(type.get(), H5T_STR_NULLPAD);
    H5Tset_cset(type.get(), H5T_CSET_UTF8);
    return type;
}

std::uint32_t crcOf(const ScalarRecord& record)
{
    return crc32Of(std::as_bytes(std::span(&record, 1)).first(offsetof(ScalarRecord, crc)));
}

std::uint32_t crcOf(const ModulesIndexRecord& record, std::span<const float> row)
{
    const std::uint32_t index =
        crc32Of(std::as_bytes(std::span(&record, 1)).first(offsetof(ModulesIndexRecord, crc)));
    return crc32Of(std::as_bytes(row), index);
}

void writeAttribute(hid_t object, const char* name, const std::string& text)
{
    const TypeHandle type = textType(text.size());
    const std::string padded = text.empty() ? std::string(1, '\0') : text;
    writeValue(object, name, type.get(), padded.data());
}

void writeAttribute(hid_t object, const char* name, std::uint64_t value)
{
    writeValue(object, name, H5T_NATIVE_UINT64, &value);
}

void writeAttribute(hid_t object, const char* name, double value)
{
    writeValue(object, name, H5T_NATIVE_DOUBLE, &value);
}

std::optional<std::string> textAttribute(hid_t object, const char* name)
{
    if (H5Aexists(object, name) <= 0)
        return std::nullopt;
    const AttributeHandle attribute(checked(H5Aopen(object, name, H5P_DEFAULT), "cannot open", name));
    const SpaceHandle space(checked(H5Aget_space(attribute.get()), "cannot read", name));
    const TypeHandle type(checked(H5Aget_type(attribute.get()), "cannot read", name));
    const auto texts = textsOf(attribute.get(), space.get(), type.get(), name, H5Aread);
    return texts.size() == 1 ? std::optional(texts.front()) : std::nullopt;
}

std::optional<std::uint64_t> numberAttribute(hid_t object, const char* name)
{
    if (H5Aexists(object, name) <= 0)
        return std::nullopt;
    const AttributeHandle attribute(checked(H5Aopen(object, name, H5P_DEFAULT), "cannot open", name));
    const SpaceHandle space(checked(H5Aget_space(attribute.get()), "cannot read", name));
    const TypeHandle type(checked(H5Aget_type(attribute.get()), "cannot read", name));
    std::uint64_t value = 0;
    if (H5Tget_class(type.get()) != H5T_INTEGER || H5Sget_simple_extent_npoints(space.get()) != 1 ||
        H5Aread(attribute.get(), H5T_NATIVE_UINT64, &value) < 0)
        return std::nullopt;
    return value;
}

void writeTexts(hid_t location, const char* name, const std::vector<std::string>& texts)
{
    std::size_t bytes = 1;
    for (const std::string& text : texts)
        bytes = std::max(bytes, text.size());
    std::string buffer(texts.size() * bytes, '\0');
    for (std::size_t i = 0; i < texts.size(); ++i)
        std::copy(texts[i].begin(), texts[i].end(), buffer.begin() + static_cast<std::ptrdiff_t>(i * bytes));
    const TypeHandle type = textType(bytes);
    const hsize_t count = texts.size();
    const SpaceHandle space(checked(H5Screate_simple(1, &count, nullptr), "cannot create", name));
    const DatasetHandle dataset(
        checked(H5Dcreate2(location, name, type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                "cannot create", name));
    if (count > 0)
        checked(H5Dwrite(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, buffer.data()),
                "cannot write", name);
}

void writeText(hid_t location, const char* name, const std::string& text)
{
    const TypeHandle type = textType(text.size());
    const std::string padded = text.empty() ? std::string(1, '\0') : text;
    const SpaceHandle space(checked(H5Screate(H5S_SCALAR), "cannot create", name));
    const DatasetHandle dataset(
        checked(H5Dcreate2(location, name, type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                "cannot create", name));
    checked(H5Dwrite(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, padded.data()), "cannot write",
            name);
}

std::vector<std::string> readTexts(hid_t location, const char* name)
{
    if (!has(location, name))
        return {};
    const DatasetHandle dataset(checked(H5Dopen2(location, name, H5P_DEFAULT), "cannot open", name));
    const SpaceHandle space(checked(H5Dget_space(dataset.get()), "cannot read", name));
    const TypeHandle type(checked(H5Dget_type(dataset.get()), "cannot read", name));
    return textsOf(dataset.get(), space.get(), type.get(), name, readDataset);
}

std::string readText(hid_t location, const char* name)
{
    const std::vector<std::string> texts = readTexts(location, name);
    return texts.empty() ? std::string() : texts.front();
}

DatasetHandle createTable(hid_t location, const char* name, hid_t type, std::size_t chunkRows,
                          const std::vector<hsize_t>& row, int deflateLevel)
{
    std::vector<hsize_t> sizes{0};
    std::vector<hsize_t> largest{H5S_UNLIMITED};
    std::vector<hsize_t> chunk{chunkRows};
    for (const hsize_t size : row) {
        sizes.push_back(size);
        largest.push_back(size);
        chunk.push_back(size);
    }
    const int rank = static_cast<int>(sizes.size());
    const SpaceHandle space(
        checked(H5Screate_simple(rank, sizes.data(), largest.data()), "cannot create", name));
    const PropertyHandle creation(checked(H5Pcreate(H5P_DATASET_CREATE), "cannot create", name));
    checked(H5Pset_chunk(creation.get(), rank, chunk.data()), "cannot create", name);
    if (deflateLevel > 0) {
        checked(H5Pset_shuffle(creation.get()), "cannot create", name);
        checked(H5Pset_deflate(creation.get(), static_cast<unsigned>(deflateLevel)), "cannot create", name);
    }
    return DatasetHandle(
        checked(H5Dcreate2(location, name, type, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT),
                "cannot create", name));
}

DatasetHandle openTable(hid_t location, const char* name, const std::vector<hsize_t>& row)
{
    DatasetHandle table(checked(H5Dopen2(location, name, H5P_DEFAULT), "cannot open", name));
    const std::vector<hsize_t> sizes = dimensions(table.get());
    if (sizes.size() != row.size() + 1 || !std::equal(row.begin(), row.end(), sizes.begin() + 1))
        throw Error("the table has an unexpected shape", name);
    return table;
}

std::uint64_t tableRows(hid_t table)
{
    const std::vector<hsize_t> sizes = dimensions(table);
    return sizes.empty() ? 0 : sizes.front();
}

std::vector<hsize_t> tableShape(hid_t table)
{
    std::vector<hsize_t> sizes = dimensions(table);
    if (!sizes.empty())
        sizes.erase(sizes.begin());
    return sizes;
}

void writeRows(hid_t table, hid_t type, std::uint64_t first, std::uint64_t count, const void* rows)
{
    std::vector<hsize_t> sizes = dimensions(table);
    sizes.front() = first + count;
    checked(H5Dset_extent(table, sizes.data()), "cannot extend a table", {});
    const auto [file, memory] = selection(table, first, count);
    checked(H5Dwrite(table, type, memory.get(), file.get(), H5P_DEFAULT, rows), "cannot write rows", {});
}

void readRows(hid_t table, hid_t type, std::uint64_t first, std::uint64_t count, void* rows)
{
    const auto [file, memory] = selection(table, first, count);
    checked(H5Dread(table, type, memory.get(), file.get(), H5P_DEFAULT, rows), "cannot read rows", {});
}

} // namespace lens
