// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Rules that one file can break by itself.
#pragma once

#include "tests/architecture/source_tree.h"
#include "tests/architecture/violation.h"

namespace lens::test {

inline constexpr int kLongFile = 450;    // lines: worth a second thought
inline constexpr int kTooLongFile = 500; // lines: a violation

// The two SPDX lines at the top of sources, build files and scripts.
Violations checkLicenceLines(const SourceTree& tree);

// #pragma once; quoted includes written from the project root and found there; own header first.
Violations checkIncludes(const SourceTree& tree);

// Length of the files of app, core and widgets; those between the two limits are returned in `longFiles`.
Violations checkLength(const SourceTree& tree, std::vector<std::string>* longFiles = nullptr);

// snake_case file names without util, manager, helper; nothing declared or called instance() but Qt's own;
// no bare delete.
Violations checkNames(const SourceTree& tree);

// Debian 12's moc finds no classes in a file with a raw string that holds an odd number of quotes.
Violations checkMocTrap(const SourceTree& tree);

} // namespace lens::test
