// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// AdamW in one pass over parameters, gradient and both running averages. One thread each.
#pragma once

#include <cstdint>

namespace lens::kernels {

// count values each, apart from each other.
struct AdamWSpan {
    float* values;
    const float* gradient;
    float* first;
    float* second;
    std::int64_t count;
};

struct AdamWFactors {
    float gradient;      // clipping
    float decay;         // 1 − lr · weight decay
    float firstWeight;   // 1 − β₁
    float secondKeep;    // β₂
    float secondWeight;  // 1 − β₂
    float secondRoot;    // √(1 − β₂ᵗ)
    float epsilon;       //
    float minusStepSize; // −lr / (1 − β₁ᵗ)
};

// g ← clipped g; θ ← θ · decay; m ← m + (1 − β₁)(g − m); v ← β₂v + (1 − β₂)g²;
// θ ← θ − stepSize · m / (√v / secondRoot + ε): torch's operations in torch's order.
void adamW(const AdamWSpan& span, const AdamWFactors& factors);

} // namespace lens::kernels
