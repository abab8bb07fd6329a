// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Writes one segment of a run's metrics: HDF5 in SWMR mode by the protocol of layout.h. Rows are handed over
// to an own thread through a bounded queue; handing over takes microseconds and never waits for the disk.
#pragma once

#include "core/metrics/metrics_row.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace lens {

struct SegmentInfo {
    std::string runId;
    std::uint64_t segment = 1;
    std::uint64_t firstStep = 0; // rows of older segments at this step or later are superseded
    std::string configJson;
    std::vector<std::string> moduleNames; // of ModulesRow, in order
};

class RunWriter {
public:
    // Creates <metricsFolder>/seg-NNNN.h5 (temporary name, SWMR start, rename). Throws Error.
    RunWriter(const std::filesystem::path& metricsFolder, SegmentInfo info);
    ~RunWriter(); // close(), errors swallowed
    RunWriter(const RunWriter&) = delete;
    RunWriter& operator=(const RunWriter&) = delete;

    // Training thread. Never blocks for long; throws nothing. When the queue is full (the disk does not take
    // rows) the row is kept in memory and written later.
    void append(const MetricsRow& row);
    void append(ModulesRow row);

    // Waits until all handed-over rows are flushed and synced to disk (before a checkpoint is published, at
    // the end). Returns false if the disk refuses them at present.
    bool sync();
    // Empty while all is well; else why rows cannot be written at present ("No space left on device").
    std::string trouble() const;
    // Writes what is left, syncs and closes the file. Throws Error if rows could not be written.
    void close();

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace lens
