// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The loops of sums.h.
#pragma once

#include "core/engine/kernels/instruction_set.h"
#include "core/engine/kernels/storage.h"

#include <cstdint>

namespace lens::kernels {

struct SumLoops {
    // Σ x² to sums[0], Σ x·y to sums[1].
    void (*pair)(const float* x, const float* y, std::int64_t count, double* sums);
    double (*squares)(const float* x, std::int64_t count);
    double (*squaresOfBfloat16)(const Bfloat16* x, std::int64_t count);
};

template <InstructionSet kSet>
SumLoops sumLoops();

} // namespace lens::kernels
