// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Names made by the program: run folders and command ids.
#pragma once

#include <string>
#include <string_view>

namespace lens {

// 2·bytes hexadecimal digits from the kernel's random source.
std::string randomHex(int bytes);
// "20261122-170512-my-run-3fa9": sortable by time, safe as a folder name (letters, digits, '-', '.', '_').
std::string newRunId(std::string_view runName);
// The name part made safe; "run" if nothing remains.
std::string safeFileName(std::string_view name);

} // namespace lens
