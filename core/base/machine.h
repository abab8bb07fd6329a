// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What this machine is made of, as far as /proc and /sys tell: for run.json, doctor, thread counts, status
// bar.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lens {

struct Machine {
    std::string host;
    std::string system;    // "Debian GNU/Linux 12 (bookworm)"
    std::string kernel;    // "6.1.0-18-amd64"
    std::string cpu;       // "AMD EPYC 7B13"
    int physicalCores = 1; // that this process may use
    int logicalCores = 1;  // that this process may use
    std::uint64_t memoryBytes = 0;
    std::uint64_t availableBytes = 0; // MemAvailable now
    std::vector<std::string>
        features; // of those that matter to LibTorch: avx2, avx512f, avx512_bf16, amx_bf16 …
    std::vector<std::string> gpus; // as the NVIDIA driver names them; empty without one
};

Machine readMachine();
// Physical cores among the processors this process may run on (taskset), no more than its control group may
// keep busy (a container's limit); at least 1.
int physicalCores();

} // namespace lens
