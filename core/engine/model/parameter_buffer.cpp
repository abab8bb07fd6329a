// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/parameter_buffer.h"

#include <ATen/ATen.h>

namespace lens {

ParameterBuffer::ParameterBuffer(std::vector<ParameterSlice> slices, at::Device device)
    : m_slices(std::move(slices))
{
    std::int64_t total = 0;
    for (ParameterSlice& slice : m_slices) {
        slice.offset = total;
        slice.elements = 1;
        for (const std::int64_t size : slice.shape)
            slice.elements *= size;
        total += slice.elements;
    }
    const auto options = at::TensorOptions().dtype(at::kFloat).device(device);
    m_values = at::zeros({total}, options);
    m_gradient = at::zeros({total}, options);
    for (const ParameterSlice& slice : m_slices) {
        // Detached, so that autograd sees a leaf; the storage stays the buffer's.
        at::Tensor parameter = m_values.narrow(0, slice.offset, slice.elements).view(slice.shape).detach();
        parameter.set_requires_grad(true);
        parameter.mutable_grad() = m_gradient.narrow(0, slice.offset, slice.elements).view(slice.shape);
        m_parameters.push_back(parameter);
    }
}

void ParameterBuffer::zeroGradient()
{
    m_gradient.zero_();
}

void ParameterBuffer::swapGradient(at::Tensor& other)
{
    TORCH_INTERNAL_ASSERT(other.storage().nbytes() == m_gradient.storage().nbytes() &&
                          other.device() == m_gradient.device());
    at::DataPtr memory = other.storage().set_data_ptr(at::DataPtr(nullptr, other.device()));
    memory = m_gradient.storage().set_data_ptr(std::move(memory));
    other.storage().set_data_ptr(std::move(memory));
}

} // namespace lens
