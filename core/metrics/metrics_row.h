// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// One step's numbers, as the monitor makes them, the writer stores them and the plots receive them.
#pragma once

#include "core/metrics/catalogue.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace lens {

struct MetricsRow {
    std::uint64_t step = 0;    // optimizer steps done; 0 = before training
    double seconds = 0;        // since the first start of the run, pauses left out
    std::uint64_t present = 0; // bit i: series i has a value (a NaN value is a computed NaN)
    std::array<double, kSeriesCount> values{};

    void set(Series series, double value)
    {
        values[static_cast<std::size_t>(series)] = value;
        present |= std::uint64_t{1} << static_cast<unsigned>(series);
    }
    bool has(Series series) const { return (present >> static_cast<unsigned>(series)) & 1u; }
    std::optional<double> get(Series series) const
    {
        return has(series) ? std::optional(values[static_cast<std::size_t>(series)]) : std::nullopt;
    }
};

// Fields of all adapted modules at one step: values[module * kModuleFieldCount + field]; absent = NaN.
struct ModulesRow {
    std::uint64_t step = 0;
    double seconds = 0;
    std::vector<float> values;
};

} // namespace lens
