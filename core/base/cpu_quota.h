// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// How much processor time a control group may take: containers and systemd's CPUQuota.
#pragma once

#include <filesystem>
#include <optional>

namespace lens {

// The least that the group of this process and the groups around it allow, in processors (1.5); nothing
// without a limit. Groups of both versions. `root`: under which /proc and /sys lie.
std::optional<double> cpuQuota(const std::filesystem::path& root = "/");

} // namespace lens
