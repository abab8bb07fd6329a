// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Which checkpoints have had their time.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

namespace lens {

// `steps`: the checkpoints there are, in any order. Kept are the newest keepLast (0: all), the best one and
// those pinned. Returns the steps to remove, oldest first.
std::vector<std::uint64_t> checkpointsToRemove(const std::vector<std::uint64_t>& steps, std::size_t keepLast,
                                               std::optional<std::uint64_t> best,
                                               const std::set<std::uint64_t>& pinned = {});

} // namespace lens
