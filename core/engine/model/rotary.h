// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Rotary positions (Su et al. 2021, arXiv 2104.09864) in the half-split form of transformers: element i is
// paired with i + d/2. Scaling forms: default, linear, llama3.
#pragma once

#include "core/model_files/model_config.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace lens {

// cos and sin of positions × d/2 frequencies.
struct RotaryAngles {
    at::Tensor cosine; // (time, 1, d/2), float32 rounded to the model's type
    at::Tensor sine;
};

class RotaryTable {
public:
    RotaryTable(const RopeConfig& config, std::int64_t headDim, at::Device device, at::ScalarType type);

    // Angles of positions first … first + count − 1. Computed once, extended when a longer row comes.
    RotaryAngles angles(std::int64_t first, std::int64_t count);

private:
    at::Tensor m_frequencies; // (d/2), float32
    at::ScalarType m_type;
    at::Tensor m_cosine; // (positions, 1, d/2)
    at::Tensor m_sine;
};

// Radians per position of each pair, float32 as transformers computes them. llama3: wavelengths above
// original/lowFreqFactor are divided by the factor, below original/highFreqFactor kept, between interpolated.
std::vector<float> rotaryFrequencies(const RopeConfig& config, std::int64_t headDim);

// x (rows, time, heads, d) rotated, given back as (rows, heads, time, d), contiguous. The gradient is the
// rotation by the negative angle, nothing but the angles is kept.
at::Tensor rotate(const at::Tensor& x, const RotaryAngles& angles);

} // namespace lens
