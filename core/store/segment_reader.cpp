// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/store/segment_reader.h"

#include "core/base/error.h"
#include "core/store/module_map.h"
#include "core/store/read_driver.h"
#include "core/store/record_type.h"
#include "core/store/stored_text.h"
#include "core/store/table.h"

#include <algorithm>
#include <hdf5.h>

namespace lens {
namespace {

// Few at a time while following, so that HDF5's global lock is never held for long.
constexpr std::size_t kScalarBlock = 8192;
constexpr std::size_t kModulesBlockFloats = 4u << 20;

// The rows are taken as they lie in the file, so its record must be laid out like ours. Names of columns may
// differ: an older engine called a column spare that has a name now.
void requireLayout(const DatasetHandle& table, const TypeHandle& expected, const char* name)
{
    const TypeHandle stored(checked(H5Dget_type(table.get()), "cannot read", name));
    const int members = H5Tget_nmembers(expected.get());
    bool same = H5Tget_class(stored.get()) == H5T_COMPOUND &&
                H5Tget_size(stored.get()) == H5Tget_size(expected.get()) &&
                H5Tget_nmembers(stored.get()) == members;
    for (int i = 0; same && i < members; ++i) {
        const auto index = static_cast<unsigned>(i);
        const TypeHandle storedMember(H5Tget_member_type(stored.get(), index));
        const TypeHandle expectedMember(H5Tget_member_type(expected.get(), index));
        same = H5Tequal(storedMember.get(), expectedMember.get()) > 0 &&
               H5Tget_member_offset(stored.get(), index) == H5Tget_member_offset(expected.get(), index);
    }
    if (!same)
        throw Error("rows have an unexpected layout", name, "the file comes from another version");
}

} // namespace

SegmentReader::SegmentReader(const std::filesystem::path& path)
    : m_path(path)
    , m_file(openForReading(path, true))
{
    readHeader();
    openTables();
}

void SegmentReader::readHeader()
{
    const Hdf5Id root = m_file.get();
    if (textAttribute(root, layout::kSchema) != layout::kSegmentSchema)
        throw Error("is not a metrics segment", m_path.string());
    const std::uint64_t version = numberAttribute(root, layout::kVersion).value_or(0);
    if (version != layout::kSchemaVersion)
        throw Error("has version " + std::to_string(version) + " of the format, this program reads version " +
                        std::to_string(layout::kSchemaVersion),
                    m_path.string());
    m_header.runId = textAttribute(root, layout::kRunId).value_or("");
    m_header.segment = numberAttribute(root, layout::kSegment).value_or(0);
    m_header.part = numberAttribute(root, layout::kPart).value_or(1);
    m_header.firstStep = numberAttribute(root, layout::kFirstStep).value_or(0);
    m_header.firstSeq = std::max<std::uint64_t>(1, numberAttribute(root, layout::kFirstSeq).value_or(1));
    m_header.firstModulesSeq =
        std::max<std::uint64_t>(1, numberAttribute(root, layout::kFirstModulesSeq).value_or(1));
    m_header.created = textAttribute(root, layout::kCreated).value_or("");
    m_header.engineVersion = textAttribute(root, layout::kEngineVersion).value_or("");
    m_header.configJson = readText(root, layout::kConfig);
    m_header.moduleNames = readTexts(root, layout::kModuleNames);
}

void SegmentReader::openTables()
{
    m_scalarType = scalarRecordType();
    m_indexType = modulesIndexType();
    m_scalars = openTable(m_file.get(), layout::kScalars, {});
    requireLayout(m_scalars, m_scalarType, layout::kScalars);
    if (m_header.moduleNames.empty())
        return;
    m_fieldCount = readTexts(m_file.get(), layout::kModuleFields).size();
    if (m_header.moduleNames.size() > layout::kMaxModules || m_fieldCount == 0 || m_fieldCount > 64)
        throw Error("has an impossible number of modules", m_path.string());
    m_modules = openTable(m_file.get(), layout::kModules, {m_header.moduleNames.size(), m_fieldCount});
    m_modulesIndex = openTable(m_file.get(), layout::kModulesIndex, {});
    requireLayout(m_modulesIndex, m_indexType, layout::kModulesIndex);
}

void SegmentReader::skipTo(std::uint64_t seq, std::uint64_t modulesSeq)
{
    m_nextRow = seq >= m_header.firstSeq ? seq - m_header.firstSeq + 1 : 0;
    m_nextModulesRow = modulesSeq >= m_header.firstModulesSeq ? modulesSeq - m_header.firstModulesSeq + 1 : 0;
}

std::uint64_t SegmentReader::refreshedRows(const DatasetHandle& table)
{
    checked(H5Drefresh(table.get()), "cannot read", m_path);
    return tableRows(table);
}

std::size_t SegmentReader::readScalars(std::vector<MetricsRow>& rows, std::size_t most)
{
    const std::uint64_t end = refreshedRows(m_scalars);
    std::size_t taken = 0;
    while (m_nextRow < end && taken < most) {
        const auto count =
            static_cast<std::size_t>(std::min<std::uint64_t>({end - m_nextRow, most - taken, kScalarBlock}));
        m_scalarBuffer.resize(count);
        readRows(m_scalars, m_scalarType.get(), m_nextRow, count, m_scalarBuffer.data());
        for (const layout::ScalarRecord& record : m_scalarBuffer) {
            if (record.seq != m_header.firstSeq + m_nextRow || record.crc != crcOf(record))
                return taken;
            rows.push_back(rowOf(record));
            ++m_nextRow;
            ++taken;
        }
    }
    return taken;
}

std::size_t SegmentReader::readModules(std::vector<ModulesRow>& rows, std::size_t most)
{
    if (!m_modulesIndex)
        return 0;
    const std::uint64_t indexed = refreshedRows(m_modulesIndex);
    if (indexed <= m_nextModulesRow)
        return 0;
    const std::uint64_t end = std::min(indexed, refreshedRows(m_modules));
    const std::size_t width = m_header.moduleNames.size() * m_fieldCount;
    std::size_t taken = 0;
    while (m_nextModulesRow < end && taken < most) {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(
            {end - m_nextModulesRow, most - taken, std::max<std::size_t>(1, kModulesBlockFloats / width)}));
        m_indexBuffer.resize(count);
        m_modulesBuffer.resize(count * width);
        readRows(m_modulesIndex, m_indexType.get(), m_nextModulesRow, count, m_indexBuffer.data());
        readRows(m_modules, H5T_NATIVE_FLOAT, m_nextModulesRow, count, m_modulesBuffer.data());
        for (std::size_t i = 0; i < count; ++i) {
            const layout::ModulesIndexRecord& index = m_indexBuffer[i];
            const auto stored = std::span(m_modulesBuffer).subspan(i * width, width);
            if (index.seq != m_header.firstModulesSeq + m_nextModulesRow || index.crc != crcOf(index, stored))
                return taken;
            rows.push_back({index.step, index.seconds, withKnownFields(stored, m_fieldCount)});
            ++m_nextModulesRow;
            ++taken;
        }
    }
    return taken;
}

MetricsRow SegmentReader::rowOf(const layout::ScalarRecord& record) const
{
    MetricsRow row;
    row.step = record.step;
    row.seconds = record.seconds;
    // Series of a newer engine that this program does not know are left out.
    row.present = record.present & ((std::uint64_t{1} << kSeriesCount) - 1);
    std::copy_n(record.values.begin(), kSeriesCount, row.values.begin());
    return row;
}

} // namespace lens
