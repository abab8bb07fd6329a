// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// `bench` with several variants: each in a process of this program, their results in one document.
#pragma once

#include "core/base/json.h"
#include "core/engine/command/bench_arguments.h"

namespace lens {

// Measures all variants and prints the table or the JSON. Returns an exit code; throws Error.
int runBenchProcesses(const BenchCommand& command);

// One document of those of single variants, with what comparing them says. At least one.
Json mergedBench(const std::vector<Json>& documents);

} // namespace lens
