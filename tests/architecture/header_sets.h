// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What the CMakeLists.txt files list: every header is in its target's verified header set (so that
// all_verify_interface_header_sets compiles each alone) and every .cpp file is built.
#pragma once

#include "tests/architecture/source_tree.h"
#include "tests/architecture/violation.h"

namespace lens::test {

Violations checkHeaderSets(const SourceTree& tree);

} // namespace lens::test
