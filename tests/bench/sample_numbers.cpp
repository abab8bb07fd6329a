// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/bench/sample_numbers.h"

#include "core/base/clock.h"

#include <cmath>

namespace lens::test {

SegmentInfo segmentInfo(std::uint64_t segment, std::uint64_t firstStep)
{
    SegmentInfo info{"bench", segment, firstStep, "{}", {}};
    for (std::size_t i = 0; i < kModules; ++i)
        info.moduleNames.push_back("model.layers." + std::to_string(i) + ".mlp.down_proj");
    return info;
}

MetricsRow rowAt(std::uint64_t step)
{
    MetricsRow row;
    row.step = step;
    row.seconds = monotonicSeconds();
    for (std::size_t i = 0; i < 22; ++i) { // a run on the CPU: no device series
        if (static_cast<Series>(i) != Series::EvalLoss || step % 500 == 0)
            row.set(static_cast<Series>(i),
                    std::sin(static_cast<double>(step * 7 + i)) + static_cast<double>(i));
    }
    return row;
}

ModulesRow modulesAt(std::uint64_t step)
{
    ModulesRow row{step, monotonicSeconds(), std::vector<float>(kModules * kModuleFieldCount)};
    for (std::size_t i = 0; i < row.values.size(); ++i)
        row.values[i] = std::sin(static_cast<float>(step + i));
    return row;
}

} // namespace lens::test
