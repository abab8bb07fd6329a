// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Resident memory of this process, read every step: files of /proc kept open, about 20 µs.
#pragma once

#include <optional>

namespace lens {

struct ProcessMemory {
    std::optional<double> residentBytes;     // now
    std::optional<double> residentPeakBytes; // since the process started (VmHWM)
};

class ProcessMemoryReader {
public:
    ProcessMemoryReader();
    ~ProcessMemoryReader();
    ProcessMemoryReader(const ProcessMemoryReader&) = delete;
    ProcessMemoryReader& operator=(const ProcessMemoryReader&) = delete;

    ProcessMemory read() const;

private:
    int m_statm;
    int m_status;
};

} // namespace lens
