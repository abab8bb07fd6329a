// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// One broken rule at one place.
#pragma once

#include <string>
#include <vector>

namespace lens::test {

struct Violation {
    std::string rule; // short name: "rank", "library", "length" …
    std::string file; // from the project root
    int line = 0;     // 1-based; 0: the file as a whole
    std::string what;
};

using Violations = std::vector<Violation>;

} // namespace lens::test
