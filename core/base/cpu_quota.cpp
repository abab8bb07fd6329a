// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/cpu_quota.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

namespace lens {
namespace {

using Path = std::filesystem::path;

void lower(std::optional<double>& quota, double time, double period)
{
    if (time > 0 && period > 0)
        quota = std::min(quota.value_or(time / period), time / period);
}

// Microseconds of a period; "max" in the first place where there is no limit.
void readVersion2(const Path& group, std::optional<double>& quota)
{
    double time = 0;
    double period = 0;
    if (std::ifstream(group / "cpu.max") >> time >> period)
        lower(quota, time, period);
}

// −1 where there is no limit.
void readVersion1(const Path& group, std::optional<double>& quota)
{
    double time = 0;
    double period = 0;
    if (std::ifstream(group / "cpu.cfs_quota_us") >> time &&
        std::ifstream(group / "cpu.cfs_period_us") >> period)
        lower(quota, time, period);
}

// From `group` to the top. A container may see its own group as the top, whatever its name.
template <typename Read>
void readUpwards(const Path& top, Path group, Read read, std::optional<double>& quota)
{
    for (; group.has_relative_path(); group = group.parent_path())
        read(top / group.relative_path(), quota);
    read(top, quota);
}

bool names(const std::string& controllers, const std::string& wanted)
{
    std::istringstream stream(controllers);
    for (std::string one; std::getline(stream, one, ',');)
        if (one == wanted)
            return true;
    return false;
}

} // namespace

std::optional<double> cpuQuota(const Path& root)
{
    const Path mounted = root / "sys/fs/cgroup";
    std::optional<double> quota;
    std::ifstream file(root / "proc/self/cgroup");
    // "0::/user.slice/…" of version 2, "4:cpu,cpuacct:/…" of version 1
    for (std::string line; std::getline(file, line);) {
        const auto first = line.find(':');
        const auto second = first == std::string::npos ? first : line.find(':', first + 1);
        if (second == std::string::npos)
            continue;
        const std::string controllers = line.substr(first + 1, second - first - 1);
        const Path group = line.substr(second + 1);
        if (controllers.empty())
            readUpwards(mounted, group, readVersion2, quota);
        else if (names(controllers, "cpu"))
            readUpwards(mounted / "cpu", group, readVersion1, quota);
    }
    return quota;
}

} // namespace lens
