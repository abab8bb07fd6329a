// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Who a process is: a pid alone is reused by the kernel, a pid with its start time is not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace lens {

// Field 22 of /proc/<pid>/stat (clock ticks since boot); nothing if there is no such process.
std::optional<std::uint64_t> processStart(std::int64_t pid);
std::int64_t ownPid();
std::string hostName();

} // namespace lens
