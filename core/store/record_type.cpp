// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/store/record_type.h"

#include "core/base/digest.h"

#include <cstddef>
#include <hdf5.h>
#include <string>

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

} // namespace lens
