// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The body of `bench` for one variant: a few training steps, measured. Several variants:
// bench_processes.h.
#pragma once

#include "core/base/json.h"
#include "core/engine/command/bench_arguments.h"

namespace lens {

// Of the command's first variant; see the README for what each key means. Throws Error.
Json measureBench(const BenchCommand& command);
// Measures and prints. Returns an exit code; throws Error.
int runBench(const BenchCommand& command);

} // namespace lens
