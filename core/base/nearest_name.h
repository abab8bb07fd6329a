// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// "Did you mean …?" for mistyped settings and commands.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lens {

// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b` (optimal string
// alignment); '-' equals '_' and case does not count.
std::size_t editDistance(std::string_view a, std::string_view b);

// The candidate with the least distance, if that is at most a third of the name's length (but 2 for short
// ones); the first of equals.
std::optional<std::string> nearestName(std::string_view name, const std::vector<std::string>& candidates);

} // namespace lens
