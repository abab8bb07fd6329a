// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Who may include whom: ranks of folders and the homes of libraries. This table is the design; a folder that
// is not in it is a violation.
#pragma once

#include "tests/architecture/source_tree.h"
#include "tests/architecture/violation.h"

#include <optional>
#include <string>

namespace lens::test {

// The rank of a file within its target; nothing for a file in a folder the design does not know.
std::optional<int> rankOf(const std::string& path);

// Includes that point at the own folder or a lower rank of the same target, or at a target below.
Violations checkRanks(const SourceTree& tree);

// HDF5, Qt, QCustomPlot, LibTorch, PCRE2 … only where they belong.
Violations checkLibraries(const SourceTree& tree);

} // namespace lens::test
