// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A run's rows as a real one could make them, from formulas, so that pictures and benchmarks look alike each
// time.
#pragma once

#include "core/metrics/metrics_row.h"

#include <cstdint>
#include <vector>

namespace lens::test {

// Steps first to last, one row each; an evaluation every `evalEvery` steps.
std::vector<MetricsRow> sampleRows(std::uint64_t first, std::uint64_t last, std::uint64_t evalEvery = 250);

} // namespace lens::test
