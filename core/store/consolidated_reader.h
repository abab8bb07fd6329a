// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Reads a consolidated file (metrics.h5). Used by RunReader and the consolidation. The file never changes; a
// later consolidation puts another one in its place.
#pragma once

#include "core/metrics/metrics_row.h"
#include "core/store/hdf5_handle.h"
#include "core/store/layout.h"

#include <array>
#include <filesystem>
#include <string>
#include <vector>

namespace lens {

class ConsolidatedReader {
public:
    // Throws Error if it is not a sound consolidated file.
    explicit ConsolidatedReader(const std::filesystem::path& path);

    const std::string& runId() const { return m_runId; }
    const std::string& engineVersion() const { return m_engineVersion; }
    const std::string& configJson() const { return m_configJson; }
    const std::vector<std::string>& moduleNames() const { return m_moduleNames; }
    // Engine starts in order.
    const std::vector<layout::SegmentRecord>& segments() const { return m_segments; }

    // Appends rows [first, first + count) of the segment with this place in segments(). Throw Error.
    void readScalars(std::size_t segment, std::uint64_t first, std::uint64_t count,
                     std::vector<MetricsRow>& rows);
    void readModules(std::size_t segment, std::uint64_t first, std::uint64_t count,
                     std::vector<ModulesRow>& rows);

private:
    void readHeader();
    void openScalars();
    void openModules();

    std::filesystem::path m_path;
    FileHandle m_file;
    std::string m_runId;
    std::string m_engineVersion;
    std::string m_configJson;
    std::vector<std::string> m_moduleNames;
    std::vector<layout::SegmentRecord> m_segments;
    std::size_t m_fieldCount = 0; // as stored
    DatasetHandle m_step, m_time, m_present;
    std::array<DatasetHandle, kSeriesCount> m_series; // none: no row has a value
    std::uint64_t m_known = 0;                        // bits of the series that have a dataset
    DatasetHandle m_modulesValues, m_modulesStep, m_modulesTime;
};

} // namespace lens
