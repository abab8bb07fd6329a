// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The innermost loop of dequantising NF4, for the instructions that the processor has.
#pragma once

#include "core/engine/kernels/instruction_set.h"

#include <cstdint>

namespace lens {

// out[i] = level of code i · scale, for codes of whole blocks: `count` values in blocks of `block` (a
// multiple of 32) with a scale each. The products are float32; bfloat16 is rounded to nearest, ties to even.
struct Nf4Functions {
    void (*toFloat)(const std::uint8_t* codes, const float* scales, std::int64_t count, std::int64_t block,
                    float* out);
    void (*toBFloat16)(const std::uint8_t* codes, const float* scales, std::int64_t count, std::int64_t block,
                       std::uint16_t* out);
};

Nf4Functions nf4Functions(kernels::InstructionSet set = kernels::currentSet());

} // namespace lens
