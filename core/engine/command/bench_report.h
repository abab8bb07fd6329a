// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Measured values as the parts of `bench`'s document.
#pragma once

#include "core/base/json.h"
#include "core/engine/command/bench_step.h"
#include "core/engine/command/bench_work.h"

#include <string>
#include <vector>

namespace lens {

// {"median", "min", "max"}; at least one value.
Json spread(const std::vector<double>& values);
// The step and each of its parts.
Json timesJson(const std::vector<StepTimes>& steps);
// Steps with monitoring and without, of the same rows in pairs: the median of their differences.
Json monitorJson(const std::vector<StepTimes>& on, const std::vector<StepTimes>& off);
// `seconds`: of each product, one entry a repetition. `type`: of the weights.
Json productsJson(const std::vector<Product>& products, const std::vector<std::vector<double>>& seconds,
                  const std::string& type);

} // namespace lens
