// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/store/consolidated_reader.h"

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

bool exists(Hdf5Id location, const std::string& name)
{
    return H5Lexists(location, name.c_str(), H5P_DEFAULT) > 0;
}

GroupHandle openGroup(Hdf5Id location, const char* name)
{
    return GroupHandle(checked(H5Gopen2(location, name, H5P_DEFAULT), "cannot open", name));
}

DatasetHandle openColumn(const GroupHandle& group, const char* name, std::uint64_t rows)
{
    DatasetHandle table = openTable(group.get(), name, {});
    if (tableRows(table) != rows)
        throw Error("has another number of rows than its file", name);
    return table;
}

// Rows before segment `place`, counted by `member`.
std::uint64_t rowsBefore(const std::vector<layout::SegmentRecord>& segments, std::size_t place,
                         std::uint64_t layout::SegmentRecord::*member)
{
    std::uint64_t rows = 0;
    for (std::size_t i = 0; i < place; ++i)
        rows += segments[i].*member;
    return rows;
}

} // namespace

ConsolidatedReader::ConsolidatedReader(const std::filesystem::path& path)
    : m_path(path)
    , m_file(openForReading(path, false))
{
    readHeader();
    openScalars();
    if (exists(m_file.get(), layout::kModulesGroup))
        openModules();
}

void ConsolidatedReader::readHeader()
{
    const Hdf5Id root = m_file.get();
    if (textAttribute(root, layout::kSchema) != layout::kConsolidatedSchema)
        throw Error("is not a metrics file", m_path.string());
    const std::uint64_t version = numberAttribute(root, layout::kVersion).value_or(0);
    if (version != layout::kSchemaVersion)
        throw Error("has version " + std::to_string(version) + " of the format, this program reads version " +
                        std::to_string(layout::kSchemaVersion),
                    m_path.string());
    m_runId = textAttribute(root, layout::kRunId).value_or("");
    m_engineVersion = textAttribute(root, layout::kEngineVersion).value_or("");
    m_configJson = readText(root, layout::kConfig);
    const TypeHandle type = segmentRecordType();
    const DatasetHandle table = openTable(root, layout::kSegments, {});
    const std::uint64_t count = tableRows(table);
    if (count > 1000000)
        throw Error("names an impossible number of segments", m_path.string());
    m_segments.resize(count);
    readRows(table, type.get(), 0, count, m_segments.data());
    for (std::size_t i = 1; i < m_segments.size(); ++i) {
        if (m_segments[i].segment <= m_segments[i - 1].segment)
            throw Error("names its segments out of order", m_path.string());
    }
}

void ConsolidatedReader::openScalars()
{
    const GroupHandle group = openGroup(m_file.get(), layout::kScalarsGroup);
    const std::uint64_t rows = rowsBefore(m_segments, m_segments.size(), &layout::SegmentRecord::rows);
    m_step = openColumn(group, layout::kStep, rows);
    m_time = openColumn(group, layout::kTime, rows);
    m_present = openColumn(group, layout::kPresent, rows);
    for (const SeriesInfo& info : seriesCatalogue()) {
        const std::string name(info.key);
        if (!exists(group.get(), name))
            continue;
        const auto place = static_cast<std::size_t>(info.series);
        m_series[place] = openColumn(group, name.c_str(), rows);
        m_known |= std::uint64_t{1} << place;
    }
}

void ConsolidatedReader::openModules()
{
    const GroupHandle group = openGroup(m_file.get(), layout::kModulesGroup);
    const std::uint64_t rows = rowsBefore(m_segments, m_segments.size(), &layout::SegmentRecord::modulesRows);
    m_moduleNames = readTexts(group.get(), layout::kNames);
    m_fieldCount = readTexts(group.get(), layout::kFields).size();
    if (m_moduleNames.empty() || m_moduleNames.size() > layout::kMaxModules || m_fieldCount == 0 ||
        m_fieldCount > 64)
        throw Error("has an impossible number of modules", m_path.string());
    m_modulesValues = openTable(group.get(), layout::kValues, {m_moduleNames.size(), m_fieldCount});
    if (tableRows(m_modulesValues) != rows)
        throw Error("has another number of rows than its file", layout::kValues);
    m_modulesStep = openColumn(group, layout::kStep, rows);
    m_modulesTime = openColumn(group, layout::kTime, rows);
}

void ConsolidatedReader::readScalars(std::size_t segment, std::uint64_t first, std::uint64_t count,
                                     std::vector<MetricsRow>& rows)
{
    const std::uint64_t begin = first + rowsBefore(m_segments, segment, &layout::SegmentRecord::rows);
    std::vector<std::uint64_t> numbers(count);
    std::vector<double> values(count);
    const std::size_t offset = rows.size();
    rows.resize(offset + count);
    const auto target = std::span(rows).subspan(offset);
    readRows(m_step, H5T_NATIVE_UINT64, begin, count, numbers.data());
    for (std::size_t i = 0; i < count; ++i)
        target[i].step = numbers[i];
    readRows(m_present, H5T_NATIVE_UINT64, begin, count, numbers.data());
    for (std::size_t i = 0; i < count; ++i)
        target[i].present = numbers[i] & m_known;
    readRows(m_time, H5T_NATIVE_DOUBLE, begin, count, values.data());
    for (std::size_t i = 0; i < count; ++i)
        target[i].seconds = values[i];
    for (std::size_t series = 0; series < kSeriesCount; ++series) {
        if (!m_series[series])
            continue;
        readRows(m_series[series], H5T_NATIVE_DOUBLE, begin, count, values.data());
        for (std::size_t i = 0; i < count; ++i)
            target[i].values[series] = values[i];
    }
}

void ConsolidatedReader::readModules(std::size_t segment, std::uint64_t first, std::uint64_t count,
                                     std::vector<ModulesRow>& rows)
{
    const std::uint64_t begin = first + rowsBefore(m_segments, segment, &layout::SegmentRecord::modulesRows);
    const std::size_t width = m_moduleNames.size() * m_fieldCount;
    std::vector<std::uint64_t> steps(count);
    std::vector<double> times(count);
    std::vector<float> values(count * width);
    readRows(m_modulesStep, H5T_NATIVE_UINT64, begin, count, steps.data());
    readRows(m_modulesTime, H5T_NATIVE_DOUBLE, begin, count, times.data());
    readRows(m_modulesValues, H5T_NATIVE_FLOAT, begin, count, values.data());
    for (std::size_t i = 0; i < count; ++i)
        rows.push_back(
            {steps[i], times[i], withKnownFields(std::span(values).subspan(i * width, width), m_fieldCount)});
}

} // namespace lens
