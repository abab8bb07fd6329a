// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Cycles among folders, and among headers, found from the includes alone (not from the table of ranks).
#pragma once

#include "tests/architecture/source_tree.h"
#include "tests/architecture/violation.h"

namespace lens::test {

Violations checkCycles(const SourceTree& tree);

} // namespace lens::test
