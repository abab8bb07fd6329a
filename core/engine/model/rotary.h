// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Rotary positions (Su et al. 2021, arXiv 2104.09864) in the half-split form of transformers: of the r
// rotated elements of a head, i is paired with i + r/2; elements after them pass unchanged.
#pragma once

#include "core/engine/model/rotary_frequencies.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <vector>

namespace lens {

// cos and sin of positions × r/2 frequencies. Undefined: nothing is rotated.
struct RotaryAngles {
    at::Tensor cosine; // (tokens, r/2) float32, rounded to the model's type
    at::Tensor sine;
};

class RotaryTable {
public:
    RotaryTable(const RopeConfig& config, at::Device device, at::ScalarType type);

    // Of documents one behind the other, whose first token stands at position `past`: dynamic and longrope
    // choose their frequencies by the length of the document, or by `frequencyLength` if that is above 0.
    // Computed once, extended when a longer one comes.
    RotaryAngles angles(const std::vector<std::int64_t>& lengths, std::int64_t past,
                        std::int64_t frequencyLength = 0);

private:
    RotaryAngles ofDocument(std::int64_t past, std::int64_t count, std::int64_t frequencyLength);
    RotaryAngles filled(std::int64_t size, std::int64_t length) const;

    RopeConfig m_config;
    at::TensorOptions m_options; // of the frequencies
    at::ScalarType m_type;
    std::map<std::int64_t, RotaryAngles> m_tables; // by frequencyVariant()
};

} // namespace lens
