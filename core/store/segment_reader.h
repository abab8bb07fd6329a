// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Reads one segment file, live or ended, row by row from where it stopped. Used by RunReader and the
// consolidation. After an Error the object is dead (HDF5's ids are): make a new one and skipTo() where the
// old one was.
#pragma once

#include "core/metrics/metrics_row.h"
#include "core/store/hdf5_handle.h"
#include "core/store/layout.h"

#include <filesystem>
#include <string>
#include <vector>

namespace lens {

struct SegmentHeader {
    std::string runId;
    std::uint64_t segment = 0;
    std::uint64_t part = 1;
    std::uint64_t firstStep = 0;
    std::uint64_t firstSeq = 1;
    std::uint64_t firstModulesSeq = 1;
    std::string created;
    std::string engineVersion;
    std::string configJson;
    std::vector<std::string> moduleNames;
};

class SegmentReader {
public:
    // Throws Error if it is not a readable segment.
    explicit SegmentReader(const std::filesystem::path& path);

    const SegmentHeader& header() const { return m_header; }
    // Goes on after rows that were read before (seq of the last one).
    void skipTo(std::uint64_t seq, std::uint64_t modulesSeq);
    // Appends the valid rows that follow, at most `most`; returns how many. Throw Error.
    std::size_t readScalars(std::vector<MetricsRow>& rows, std::size_t most);
    std::size_t readModules(std::vector<ModulesRow>& rows, std::size_t most);
    // seq of the last row read, 0 if none.
    std::uint64_t seq() const { return m_header.firstSeq + m_nextRow - 1; }
    std::uint64_t modulesSeq() const { return m_header.firstModulesSeq + m_nextModulesRow - 1; }

private:
    void readHeader();
    void openTables();
    std::uint64_t refreshedRows(const DatasetHandle& table);
    MetricsRow rowOf(const layout::ScalarRecord& record) const;

    std::filesystem::path m_path;
    FileHandle m_file;
    SegmentHeader m_header;
    TypeHandle m_scalarType;
    TypeHandle m_indexType;
    DatasetHandle m_scalars;
    DatasetHandle m_modules;
    DatasetHandle m_modulesIndex;
    std::size_t m_fieldCount = 0; // as stored
    std::uint64_t m_nextRow = 0;
    std::uint64_t m_nextModulesRow = 0;
    std::vector<layout::ScalarRecord> m_scalarBuffer;
    std::vector<layout::ModulesIndexRecord> m_indexBuffer;
    std::vector<float> m_modulesBuffer;
};

} // namespace lens
