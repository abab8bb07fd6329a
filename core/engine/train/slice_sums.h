// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Sums over every slice of the flat buffers of a ParameterBuffer, in one pass, in float64. On the CPU in an
// order that does not depend on the number of threads; elsewhere by ATen, read back once.
#pragma once

#include "core/engine/kernels/sums.h"
#include "core/engine/model/parameter_buffer.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace lens {

using SliceSums = kernels::PairOfSums; // Σ x² and Σ x·y

class SliceSummation {
public:
    explicit SliceSummation(const ParameterBuffer& parameters);

    // Of each slice of x; y undefined: only the squares. x, y: (elements) float32, contiguous, on one device.
    std::vector<SliceSums> of(const at::Tensor& x, const at::Tensor& y) const;
    // The same by ATen's operations on any device: one small tensor is read back.
    std::vector<SliceSums> byAten(const at::Tensor& x, const at::Tensor& y) const;

private:
    struct Part {
        std::size_t slice;
        std::int64_t begin;
        std::int64_t count;
    };
    struct Slice {
        std::int64_t offset;
        std::int64_t elements;
    };
    std::vector<Slice> m_slices;
    std::vector<Part> m_parts; // of the slices, in order
    // Slices of one length, which ATen reduces together.
    std::vector<std::vector<std::size_t>> m_groups;
};

SliceSums totalOf(const std::vector<SliceSums>& slices);

} // namespace lens
