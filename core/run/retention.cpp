// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/run/retention.h"

#include <algorithm>

namespace lens {

std::vector<std::uint64_t> checkpointsToRemove(const std::vector<std::uint64_t>& steps, std::size_t keepLast,
                                               std::optional<std::uint64_t> best,
                                               const std::set<std::uint64_t>& pinned)
{
    const std::set<std::uint64_t> sorted(steps.begin(), steps.end());
    if (keepLast == 0 || sorted.size() <= keepLast)
        return {};
    std::vector<std::uint64_t> old(sorted.begin(),
                                   std::prev(sorted.end(), static_cast<std::ptrdiff_t>(keepLast)));
    std::erase_if(old, [&](std::uint64_t step) { return step == best || pinned.count(step) != 0; });
    return old;
}

} // namespace lens
