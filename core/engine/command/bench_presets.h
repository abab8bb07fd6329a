// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Shapes of known models, for measuring without their weights.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lens {

struct BenchPreset {
    std::string_view name;
    std::string_view config; // text of a config.json; empty: the demo's own folder, with its weights
};

const std::vector<BenchPreset>& benchPresets();
const BenchPreset* benchPreset(std::string_view name);

} // namespace lens
