// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The frozen weight of a linear module in 4 bits a number (NF4, QLoRA). It is never trained, and computed
// with as the matrix that dequantiseInto() gives, in the type of that matrix.
#pragma once

#include "core/engine/kernels/nf4.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>

namespace lens {

class QuantisedWeight {
public:
    // Of a weight (out, in) of any type of floats on the CPU, kept on `device`. `nested`: the scales are
    // quantised, too ("double quantisation"): 0.516 bytes a number in place of 0.5625. Throws Error naming
    // `where` if a value is not finite.
    static QuantisedWeight of(const at::Tensor& weight, bool nested, at::Device device,
                              const std::string& where);
    // `stored`: the float type that was quantised. Throws Error naming `where` if the tensors do not fit the
    // shape or each other, or hold scales that are not finite.
    QuantisedWeight(std::int64_t outFeatures, std::int64_t inFeatures, at::ScalarType stored,
                    Nf4Tensors tensors, const std::string& where);

    std::int64_t outFeatures() const { return m_out; }
    std::int64_t inFeatures() const { return m_in; }
    at::ScalarType storedType() const { return m_stored; } // of the weight before it was quantised
    const Nf4Tensors& tensors() const { return m_tensors; }
    at::Device device() const { return m_tensors.codes.device(); }
    std::int64_t bytes() const; // of codes and scales
    QuantisedWeight to(at::Device device) const;

    // Fills `view` (out, in), float32, bfloat16 or float64, any strides, on the same device.
    void dequantiseInto(const at::Tensor& view) const;
    at::Tensor dequantised(at::ScalarType type) const; // (out, in) contiguous

private:
    std::int64_t m_out = 0;
    std::int64_t m_in = 0;
    at::ScalarType m_stored;
    Nf4Tensors m_tensors;
};

} // namespace lens
