// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// All trained parameters in one flat float32 buffer, their gradients in another: one norm, one AdamW step,
// one copy for a checkpoint. Each parameter is a leaf view whose .grad is a view of the gradient buffer.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace lens {

struct ParameterSlice {
    std::string key;         // as PEFT (or the model file) names it: "base_model.model.….lora_A.weight"
    std::int64_t offset = 0; // in elements
    std::vector<std::int64_t> shape;
    std::int64_t elements = 0;
    bool decay = true; // false: bias and norm weights get no weight decay
    int module = -1;   // index of the adapted module, -1 where it belongs to none
    bool isB = false;  // of an adapted module: lora_B
};

class ParameterBuffer {
public:
    // Slices are laid out in the given order (sorted by key). Values start at 0.
    ParameterBuffer(std::vector<ParameterSlice> slices, at::Device device);

    const std::vector<ParameterSlice>& slices() const { return m_slices; }
    std::int64_t elements() const { return m_values.numel(); }
    at::Tensor& values() { return m_values; } // (elements), float32; every parameter is a view of it
    const at::Tensor& values() const { return m_values; }
    at::Tensor& gradient() { return m_gradient; } // (elements), float32
    const at::Tensor& gradient() const { return m_gradient; }
    // Leaf tensor of slice i, requires_grad, sharing memory with values(); autograd adds into gradient().
    const at::Tensor& parameter(std::size_t i) const { return m_parameters[i]; }
    void zeroGradient();
    // The gradient gets the memory of `other` (elements) float32 on the same device, and `other` that of the
    // gradient. All views of either stay what they are views of; pointers to their numbers do not.
    void swapGradient(at::Tensor& other);

private:
    std::vector<ParameterSlice> m_slices;
    at::Tensor m_values;
    at::Tensor m_gradient;
    std::vector<at::Tensor> m_parameters;
};

} // namespace lens
