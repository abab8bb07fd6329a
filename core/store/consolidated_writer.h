// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Writes a consolidated file: one compressed dataset per series, with name, unit and description as
// attributes. Used by consolidateRun() only. Everything throws Error; a writer that is destroyed before
// finish() leaves a file that is of no use.
#pragma once

#include "core/metrics/metrics_row.h"
#include "core/store/hdf5_handle.h"
#include "core/store/layout.h"
#include "core/store/row_summary.h"

#include <array>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace lens {

struct ConsolidatedHeader {
    std::string runId;
    std::string engineVersion;
    std::string configJson;
    std::vector<std::string> moduleNames;
    // In order. The numbers of rows are filled in while writing.
    std::vector<layout::SegmentRecord> segments;
};

class ConsolidatedWriter {
public:
    ConsolidatedWriter(const std::filesystem::path& path, ConsolidatedHeader header);
    ~ConsolidatedWriter();
    ConsolidatedWriter(const ConsolidatedWriter&) = delete;
    ConsolidatedWriter& operator=(const ConsolidatedWriter&) = delete;

    // Rows of the segment with this place in the header; segments one after the other.
    void addScalars(std::size_t segment, std::span<const MetricsRow> rows);
    void addModules(std::size_t segment, std::span<const ModulesRow> rows);
    // Summary, levels of detail, close.
    void finish();

private:
    struct Column {
        DatasetHandle table;
        std::uint64_t rows = 0; // written; behind lie rows without a value
    };

    void createScalars();
    void createModules();
    DatasetHandle createColumn(Hdf5Id group, const char* name, Hdf5Id type, const char* description);
    void addSeries(Series series, std::span<const MetricsRow> rows);
    void padSeries();
    void writeSegments();
    void writeSummary();
    void writeLevels();
    bool isActive(std::size_t segment, std::uint64_t step) const { return step < m_supersededFrom[segment]; }

    std::filesystem::path m_path;
    ConsolidatedHeader m_header;
    std::vector<std::uint64_t> m_supersededFrom; // by segment: rows at this step or later are not active
    FileHandle m_file;
    GroupHandle m_scalars;
    GroupHandle m_modules;
    DatasetHandle m_step, m_segment, m_active, m_time, m_present;
    std::array<Column, kSeriesCount> m_series;
    DatasetHandle m_modulesValues, m_modulesStep, m_modulesSegment, m_modulesActive, m_modulesTime;
    std::uint64_t m_rows = 0;
    std::uint64_t m_modulesRows = 0;
    RowSummary m_summary;
    bool m_finished = false;
};

} // namespace lens
