// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Rotary positions (Su et al. 2021, arXiv 2104.09864) in the half-split form of transformers: of the r
// rotated elements of a head, i is paired with i + r/2; elements after them pass unchanged.
#pragma once

#include "core/engine/model/rotary_frequencies.h"

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace lens {

// cos and sin of positions × r/2 frequencies. Undefined: nothing is rotated.
struct RotaryAngles {
    at::Tensor cosine; // (time, 1, r/2), float32 rounded to the model's type
    at::Tensor sine;
};

class RotaryTable {
public:
    RotaryTable(const RopeConfig& config, at::Device device, at::ScalarType type);

    // Angles of positions first … first + count − 1 of a row that ends there: dynamic and longrope choose
    // their frequencies by its length. Computed once, extended when a longer row comes.
    RotaryAngles angles(std::int64_t first, std::int64_t count);

private:
    void fill(std::int64_t size, std::int64_t length);

    RopeConfig m_config;
    at::TensorOptions m_options; // of the frequencies
    at::ScalarType m_type;
    std::int64_t m_variant = 0; // which frequencies the table was made with: frequencyVariant()
    at::Tensor m_cosine;        // (positions, 1, r/2)
    at::Tensor m_sine;
};

// x (rows, time, heads, d), any strides, rotated, given back as (rows, heads, time, d), contiguous. The
// gradient is the rotation by the negative angle, nothing but the angles is kept.
at::Tensor rotate(const at::Tensor& x, const RotaryAngles& angles);

} // namespace lens
