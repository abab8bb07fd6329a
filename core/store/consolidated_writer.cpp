// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/store/consolidated_writer.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/store/record_type.h"
#include "core/store/stored_text.h"
#include "core/store/table.h"

#include <algorithm>
#include <hdf5.h>
#include <limits>

namespace lens {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();

// A format that every HDF5 since 1.8 and every program built on it reads.
PropertyHandle accessProperties()
{
    PropertyHandle list(H5Pcreate(H5P_FILE_ACCESS));
    checked(H5Pset_libver_bounds(list.get(), H5F_LIBVER_EARLIEST, H5F_LIBVER_V110), "cannot set up", {});
    return list;
}

GroupHandle createGroup(Hdf5Id location, const char* name)
{
    return GroupHandle(
        checked(H5Gcreate2(location, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), "cannot create", name));
}

template <typename Value, typename Row, typename Get>
std::vector<Value> column(std::span<const Row> rows, Get get)
{
    std::vector<Value> values;
    values.reserve(rows.size());
    for (const Row& row : rows)
        values.push_back(static_cast<Value>(get(row)));
    return values;
}

} // namespace

ConsolidatedWriter::ConsolidatedWriter(const std::filesystem::path& path, ConsolidatedHeader header)
    : m_path(path)
    , m_header(std::move(header))
{
    std::uint64_t from = kNever;
    m_supersededFrom.assign(m_header.segments.size(), kNever);
    for (std::size_t i = m_header.segments.size(); i-- > 0;) {
        m_supersededFrom[i] = from;
        from = std::min(from, m_header.segments[i].firstStep);
        m_header.segments[i].rows = 0;
        m_header.segments[i].modulesRows = 0;
    }
    m_file = FileHandle(checked(H5Fcreate(path.c_str(), H5F_ACC_EXCL, H5P_DEFAULT, accessProperties().get()),
                                "cannot create", path));
    createScalars();
    if (!m_header.moduleNames.empty())
        createModules();
}

// HDF5 does not survive a file that it cannot write to its end (a full disk): such a file is left to the
// system.
ConsolidatedWriter::~ConsolidatedWriter()
{
    if (m_finished)
        return;
    for (DatasetHandle* table : {&m_step, &m_segment, &m_active, &m_time, &m_present, &m_modulesValues,
                                 &m_modulesStep, &m_modulesSegment, &m_modulesActive, &m_modulesTime})
        table->release();
    for (Column& series : m_series)
        series.table.release();
    m_scalars.release();
    m_modules.release();
    m_file.release();
}

DatasetHandle ConsolidatedWriter::createColumn(Hdf5Id group, const char* name, Hdf5Id type,
                                               const char* description)
{
    DatasetHandle table =
        createTable(group, name, type, {}, {layout::kConsolidatedChunkRows, layout::kDeflateLevel, nullptr});
    writeAttribute(table.get(), layout::kDescription, std::string(description));
    return table;
}

void ConsolidatedWriter::createScalars()
{
    m_scalars = createGroup(m_file.get(), layout::kScalarsGroup);
    const Hdf5Id group = m_scalars.get();
    m_step = createColumn(group, layout::kStep, H5T_STD_U64LE, "optimizer steps done; 0 is before training");
    m_segment = createColumn(group, layout::kSegmentColumn, H5T_STD_U32LE, "number of the engine start");
    m_active = createColumn(
        group, layout::kActive, H5T_STD_U8LE,
        "1, or 0 where a later engine start went on from an earlier step and made the step anew");
    m_time = createColumn(group, layout::kTime, H5T_IEEE_F64LE,
                          "seconds since the start of the run without pauses");
    writeAttribute(m_time.get(), layout::kUnit, std::string("s"));
    m_present =
        createColumn(group, layout::kPresent, H5T_STD_U64LE,
                     "bit i: the i-th series (attribute 'bit' of its dataset) has a value in this row; where "
                     "it has none its dataset holds NaN, which else means that NaN was computed");
}

void ConsolidatedWriter::createModules()
{
    m_modules = createGroup(m_file.get(), layout::kModulesGroup);
    const Hdf5Id group = m_modules.get();
    const std::size_t rowBytes = m_header.moduleNames.size() * kModuleFieldCount * sizeof(float);
    const std::size_t chunkRows = std::clamp<std::size_t>((1u << 20) / rowBytes, 1, 256);
    m_modulesValues =
        createTable(group, layout::kValues, H5T_IEEE_F32LE, {m_header.moduleNames.size(), kModuleFieldCount},
                    {chunkRows, layout::kModulesDeflateLevel, nullptr});
    writeAttribute(
        m_modulesValues.get(), layout::kDescription,
        std::string("[row, module, field]; modules in 'names', fields in 'fields'; NaN where absent"));
    m_modulesStep = createColumn(group, layout::kStep, H5T_STD_U64LE, "optimizer steps done");
    m_modulesSegment =
        createColumn(group, layout::kSegmentColumn, H5T_STD_U32LE, "number of the engine start");
    m_modulesActive = createColumn(group, layout::kActive, H5T_STD_U8LE, "as in scalars");
    m_modulesTime = createColumn(group, layout::kTime, H5T_IEEE_F64LE, "as in scalars");
    writeTexts(group, layout::kNames, m_header.moduleNames);
    std::vector<std::string> fields;
    for (const ModuleFieldInfo& field : moduleFieldCatalogue()) {
        fields.emplace_back(field.key);
        writeAttribute(m_modulesValues.get(), fields.back().c_str(), std::string(field.definition));
    }
    writeTexts(group, layout::kFields, fields);
}

void ConsolidatedWriter::addScalars(std::size_t segment, std::span<const MetricsRow> rows)
{
    const auto steps = column<std::uint64_t>(rows, [](const MetricsRow& row) { return row.step; });
    const auto times = column<double>(rows, [](const MetricsRow& row) { return row.seconds; });
    const auto present = column<std::uint64_t>(rows, [](const MetricsRow& row) { return row.present; });
    const auto active =
        column<std::uint8_t>(rows, [&](const MetricsRow& row) { return isActive(segment, row.step); });
    const std::vector<std::uint32_t> segments(rows.size(),
                                              static_cast<std::uint32_t>(m_header.segments[segment].segment));
    writeRows(m_step, H5T_NATIVE_UINT64, m_rows, rows.size(), steps.data());
    writeRows(m_segment, H5T_NATIVE_UINT32, m_rows, rows.size(), segments.data());
    writeRows(m_active, H5T_NATIVE_UINT8, m_rows, rows.size(), active.data());
    writeRows(m_time, H5T_NATIVE_DOUBLE, m_rows, rows.size(), times.data());
    writeRows(m_present, H5T_NATIVE_UINT64, m_rows, rows.size(), present.data());
    for (std::size_t i = 0; i < kSeriesCount; ++i)
        addSeries(static_cast<Series>(i), rows);
    for (std::size_t i = 0; i < rows.size(); ++i)
        m_summary.add(rows[i], active[i] != 0);
    m_rows += rows.size();
    m_header.segments[segment].rows += rows.size();
}

// A series gets its dataset with its first value.
void ConsolidatedWriter::addSeries(Series series, std::span<const MetricsRow> rows)
{
    const auto hasValue = [series](const MetricsRow& row) { return row.has(series); };
    if (std::none_of(rows.begin(), rows.end(), hasValue))
        return;
    Column& target = m_series[static_cast<std::size_t>(series)];
    const SeriesInfo& info = seriesInfo(series);
    if (!target.table) {
        target.table = createTable(m_scalars.get(), std::string(info.key).c_str(), H5T_IEEE_F64LE, {},
                                   {layout::kConsolidatedChunkRows, layout::kDeflateLevel, &kNone});
        writeAttribute(target.table.get(), layout::kName, std::string(info.title));
        writeAttribute(target.table.get(), layout::kUnit, std::string(info.unit));
        writeAttribute(target.table.get(), layout::kDescription, std::string(info.definition));
        writeAttribute(target.table.get(), layout::kBit, static_cast<std::uint64_t>(series));
    }
    const auto values =
        column<double>(rows, [&](const MetricsRow& row) { return row.get(series).value_or(kNone); });
    writeRows(target.table, H5T_NATIVE_DOUBLE, m_rows, rows.size(), values.data());
    target.rows = m_rows + rows.size();
}

void ConsolidatedWriter::addModules(std::size_t segment, std::span<const ModulesRow> rows)
{
    std::vector<float> values;
    for (const ModulesRow& row : rows) {
        values.insert(values.end(), row.values.begin(), row.values.end());
        values.resize((values.size() + m_header.moduleNames.size() * kModuleFieldCount - row.values.size()),
                      std::numeric_limits<float>::quiet_NaN());
    }
    const auto steps = column<std::uint64_t>(rows, [](const ModulesRow& row) { return row.step; });
    const auto times = column<double>(rows, [](const ModulesRow& row) { return row.seconds; });
    const auto active =
        column<std::uint8_t>(rows, [&](const ModulesRow& row) { return isActive(segment, row.step); });
    const std::vector<std::uint32_t> segments(rows.size(),
                                              static_cast<std::uint32_t>(m_header.segments[segment].segment));
    writeRows(m_modulesValues, H5T_NATIVE_FLOAT, m_modulesRows, rows.size(), values.data());
    writeRows(m_modulesStep, H5T_NATIVE_UINT64, m_modulesRows, rows.size(), steps.data());
    writeRows(m_modulesSegment, H5T_NATIVE_UINT32, m_modulesRows, rows.size(), segments.data());
    writeRows(m_modulesActive, H5T_NATIVE_UINT8, m_modulesRows, rows.size(), active.data());
    writeRows(m_modulesTime, H5T_NATIVE_DOUBLE, m_modulesRows, rows.size(), times.data());
    m_modulesRows += rows.size();
    m_header.segments[segment].modulesRows += rows.size();
}

void ConsolidatedWriter::finish()
{
    padSeries();
    writeSegments();
    writeSummary();
    if (m_rows > layout::kLodFrom)
        writeLevels();
    int result = 0;
    for (DatasetHandle* table : {&m_step, &m_segment, &m_active, &m_time, &m_present, &m_modulesValues,
                                 &m_modulesStep, &m_modulesSegment, &m_modulesActive, &m_modulesTime})
        result = std::min(result, table->reset());
    for (Column& series : m_series)
        result = std::min(result, series.table.reset());
    result = std::min({result, m_scalars.reset(), m_modules.reset()});
    checked(H5Fflush(m_file.get(), H5F_SCOPE_GLOBAL), "cannot write", m_path);
    checked(std::min(result, m_file.reset()), "cannot close", m_path);
    m_finished = true;
}

// All columns are of the same length.
void ConsolidatedWriter::padSeries()
{
    for (Column& series : m_series) {
        if (series.table && series.rows < m_rows)
            writeRows(series.table, H5T_NATIVE_DOUBLE, m_rows, 0, nullptr);
    }
}

void ConsolidatedWriter::writeSegments()
{
    const TypeHandle type = segmentRecordType();
    const DatasetHandle table = createTable(m_file.get(), layout::kSegments, type.get(), {}, {64});
    writeRows(table, type.get(), 0, m_header.segments.size(), m_header.segments.data());
}

void ConsolidatedWriter::writeSummary()
{
    const Hdf5Id root = m_file.get();
    writeAttribute(root, layout::kSchema, std::string(layout::kConsolidatedSchema));
    writeAttribute(root, layout::kVersion, layout::kSchemaVersion);
    writeAttribute(root, layout::kRunId, m_header.runId);
    writeAttribute(root, layout::kEngineVersion, m_header.engineVersion);
    writeAttribute(root, layout::kCreated, utcNow());
    writeAttribute(root, layout::kRows, m_summary.rows());
    writeAttribute(root, layout::kSteps, m_summary.steps());
    writeAttribute(root, layout::kSeconds, m_summary.seconds());
    if (const auto loss = m_summary.last(Series::TrainLoss))
        writeAttribute(root, layout::kFinalTrainLoss, *loss);
    if (const auto loss = m_summary.last(Series::EvalLoss))
        writeAttribute(root, layout::kFinalEvalLoss, *loss);
    if (const auto loss = m_summary.bestEvalLoss()) {
        writeAttribute(root, layout::kBestEvalLoss, *loss);
        writeAttribute(root, layout::kBestEvalStep, m_summary.bestEvalStep());
    }
    writeText(root, layout::kConfig, m_header.configJson);
}

void ConsolidatedWriter::writeLevels()
{
    const GroupHandle levels = createGroup(m_file.get(), layout::kLodGroup);
    writeAttribute(levels.get(), layout::kDescription,
                   "smallest and largest finite value of each " + std::to_string(layout::kLodRows) +
                       " rows of scalars, active rows only");
    for (const SeriesInfo& info : seriesCatalogue()) {
        if (!m_series[static_cast<std::size_t>(info.series)].table)
            continue;
        const LevelColumn& column = m_summary.levels(info.series);
        const GroupHandle group = createGroup(levels.get(), std::string(info.key).c_str());
        for (const auto& [name, values] :
             {std::pair(layout::kMin, &column.low), std::pair(layout::kMax, &column.high)}) {
            const DatasetHandle table =
                createTable(group.get(), name, H5T_IEEE_F64LE, {}, {layout::kConsolidatedChunkRows});
            writeRows(table, H5T_NATIVE_DOUBLE, 0, values->size(), values->data());
        }
    }
}

} // namespace lens
