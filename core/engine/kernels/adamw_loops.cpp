// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/adamw_loops.h"

#include "core/engine/kernels/lanes.h"

namespace lens::kernels {
namespace {

void update(const AdamWSpan& span, const AdamWFactors& f)
{
    float* __restrict values = span.values;
    const float* __restrict gradient = span.gradient;
    float* __restrict first = span.first;
    float* __restrict second = span.second;
    // As torch's lerp_: exact at both ends.
    const bool fromOld = f.firstWeight < 0.5F;
    const float firstKeep = 1 - f.firstWeight;
#pragma omp simd
    for (std::int64_t i = 0; i < span.count; ++i) {
        const float g = gradient[i] * f.gradient;
        const float m = first[i];
        const float average = fromOld ? m + f.firstWeight * (g - m) : g - (g - m) * firstKeep;
        const float square = second[i] * f.secondKeep + f.secondWeight * g * g;
        const float root = squareRoot(square) / f.secondRoot + f.epsilon;
        first[i] = average;
        second[i] = square;
        values[i] = values[i] * f.decay + f.minusStepSize * average / root;
    }
}

} // namespace

template <InstructionSet kSet>
AdamWLoop adamWLoop()
{
    return update;
}

template AdamWLoop adamWLoop<kThisSet>();

} // namespace lens::kernels
