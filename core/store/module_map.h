// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Brings rows of one segment's modules into the order of a whole run's. Nearly always the two are the same.
// Private to core/store.
#pragma once

#include "core/metrics/metrics_row.h"

#include <limits>
#include <span>
#include <string>
#include <vector>

namespace lens {

inline constexpr float kAbsentField = std::numeric_limits<float>::quiet_NaN();

class ModuleMap {
public:
    ModuleMap() = default;
    // Appends names to `all` that are not in it yet.
    ModuleMap(const std::vector<std::string>& names, std::vector<std::string>& all);
    // Modules that the row has nothing about become NaN; names appended later are beyond its end.
    void apply(ModulesRow& row) const;

private:
    std::vector<std::size_t> m_target; // empty: nothing to do
    std::size_t m_size = 0;
};

// A stored row of all modules with `fieldCount` fields each, as a row with the fields of this version's
// catalogue: older files have fewer, newer ones more.
std::vector<float> withKnownFields(std::span<const float> stored, std::size_t fieldCount);

} // namespace lens
