// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/sums.h"

#include "core/engine/kernels/dispatch.h"
#include "core/engine/kernels/sum_loops.h"

namespace lens::kernels {
namespace {

SumLoops loops()
{
    return withSet([]<InstructionSet kSet>() { return sumLoops<kSet>(); });
}

} // namespace

PairOfSums sumPairs(const float* x, const float* y, std::int64_t count)
{
    double sums[2];
    loops().pair(x, y, count, sums);
    return {sums[0], sums[1]};
}

double sumSquares(const float* x, std::int64_t count)
{
    return loops().squares(x, count);
}

} // namespace lens::kernels
