// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Writes one segment file in SWMR mode. Used by RunWriter's thread only. While the object lives the file
// carries an F_OFD lock: whoever consolidates leaves locked segments alone. A write that failed makes the
// object useless; what was flushed before stays readable.
#pragma once

#include "core/store/hdf5_handle.h"
#include "core/store/layout.h"
#include "core/store/run_writer.h"

#include <deque>
#include <filesystem>

namespace lens {

struct SegmentPart {
    std::uint64_t part = 1;
    std::uint64_t firstSeq = 1;        // of /scalars
    std::uint64_t firstModulesSeq = 1; // of /modules
};

class SegmentWriter {
public:
    // Creates the file under a temporary name, starts SWMR, renames it to its name. Throws Error; then
    // nothing is left behind.
    SegmentWriter(const std::filesystem::path& metricsFolder, const SegmentInfo& info,
                  const SegmentPart& part);
    ~SegmentWriter();
    SegmentWriter(const SegmentWriter&) = delete;
    SegmentWriter& operator=(const SegmentWriter&) = delete;

    // Makes sure that `bytes` more fit on the disk, before HDF5 is asked to write them. Throws Error if not.
    void reserve(std::uint64_t bytes);
    // Write and flush rows; when these return, a crash of the process does not lose them. Throw Error.
    void writeModules(const std::deque<ModulesRow>& rows, std::size_t count);
    void writeScalars(const std::deque<MetricsRow>& rows, std::size_t count);
    // fdatasync: now a crash of the machine does not lose them either. Throws Error.
    void syncToDisk();
    // Throws Error if HDF5 refuses.
    void close();
    // Leaves the file as a crash of the process would, without asking HDF5 to close it: it would write.
    void abandon();

    // A write began and did not succeed.
    bool failed() const { return m_failed; }
    std::uint64_t nextSeq() const { return m_part.firstSeq + m_rows; }
    std::uint64_t nextModulesSeq() const { return m_part.firstModulesSeq + m_modulesRows; }
    std::uint64_t bytesPerModulesRow() const { return m_moduleCount * kModuleFieldCount * sizeof(float); }

private:
    void create(const std::filesystem::path& temporary, const SegmentInfo& info);
    void writeHeader(const SegmentInfo& info);
    void createTables(const SegmentInfo& info);
    void publish(const std::filesystem::path& temporary);
    void forget();
    void flush(const DatasetHandle& table);

    std::filesystem::path m_path;
    SegmentPart m_part;
    std::uint32_t m_segment = 0;
    std::size_t m_moduleCount = 0;
    // Closed in reverse order: datasets before the file.
    FileHandle m_file;
    TypeHandle m_scalarType;
    TypeHandle m_indexType;
    DatasetHandle m_scalars;
    DatasetHandle m_modules;
    DatasetHandle m_modulesIndex;
    int m_descriptor = -1; // HDF5's own, not to be closed here
    std::uint64_t m_reservedEnd = 0;
    std::uint64_t m_rows = 0;
    std::uint64_t m_modulesRows = 0;
    bool m_failed = false;
    std::vector<layout::ScalarRecord> m_scalarBuffer;
    std::vector<layout::ModulesIndexRecord> m_indexBuffer;
    std::vector<float> m_modulesBuffer;
};

} // namespace lens
