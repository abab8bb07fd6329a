// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Reads a run's metrics, live or ended: consolidated file first, then segments, following the newest one
// while it is written. One object per thread; HDF5 has one global lock, so the window uses a single reader
// thread.
#pragma once

#include "core/metrics/metrics_row.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace lens {

struct MetricsBatch {
    // Rows in the order written. With `newSegment` (once for each engine start, also if it has no rows) all
    // rows delivered before with step >= `firstStep` are superseded: the receiver marks or drops them. The
    // values of modules stand in the order of moduleNames(), which only grows: a row may be shorter.
    struct Part {
        std::uint64_t segment = 0;
        std::uint64_t firstStep = 0;
        bool newSegment = false;
        std::vector<MetricsRow> rows;
        std::vector<ModulesRow> modules;
    };
    std::vector<Part> parts;
    bool empty() const { return parts.empty(); }
};

class RunReader {
public:
    explicit RunReader(std::filesystem::path runFolder);
    ~RunReader();
    RunReader(const RunReader&) = delete;
    RunReader& operator=(const RunReader&) = delete;

    // Rows that became complete since the last call; at most maxRows, perhaps fewer although more is there:
    // only an empty batch says that there is nothing more at present. Never throws on torn or missing files:
    // what is wrong is in trouble().
    MetricsBatch readNew(std::size_t maxRows = 65536);
    const std::vector<std::string>& moduleNames() const;
    std::string trouble() const;

private:
    class State;
    std::unique_ptr<State> m_state;
};

// Makes metrics.h5 from the segments of a run that ended (and the metrics.h5 there may be), verifies it,
// removes the segments. Readers may be at work meanwhile. Takes maintenance.lock. Throws Error and leaves
// everything as it was if anything is wrong: a segment that is still being written (by this process too:
// close its RunWriter first) or is damaged, no room on the disk. Does nothing where there are no segments.
void consolidateRun(const std::filesystem::path& runFolder);

} // namespace lens
