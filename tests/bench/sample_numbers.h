// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Rows of numbers as a run makes them, for benchmarks of the store.
#pragma once

#include "core/store/run_writer.h"

#include <cstddef>
#include <cstdint>

namespace lens::test {

inline constexpr std::size_t kModules = 300;

SegmentInfo segmentInfo(std::uint64_t segment, std::uint64_t firstStep);
MetricsRow rowAt(std::uint64_t step);
ModulesRow modulesAt(std::uint64_t step); // of kModules

} // namespace lens::test
