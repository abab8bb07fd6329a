// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What is known of a step's accumulated gradient before it is clipped: norm, cosine with the step before,
// non-finite elements, of all and of every slice. Keeps the previous gradient, which checkpoints carry, so
// that the cosine of the first resumed step is the true one.
#pragma once

#include "core/engine/model/parameter_buffer.h"
#include "core/engine/train/slice_sums.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lens {

struct GradientNumbers {
    double norm = 0;              // L2 over all trained parameters; not finite if an element is not
    std::optional<double> cosine; // with the previous step's; absent where a norm is 0 or there is none
    std::int64_t nonFinite = 0;   // elements that are NaN or infinite
};

class GradientMonitor {
public:
    explicit GradientMonitor(const ParameterBuffer& parameters);

    // One pass over gradient() and the previous one.
    GradientNumbers measure(const ParameterBuffer& parameters);
    // Of a slice (index into ParameterBuffer::slices()), from the last measure().
    double norm(std::size_t slice) const;
    // Of some slices together; absent where a norm is 0 or there is no previous gradient.
    std::optional<double> cosine(const std::vector<std::size_t>& slices) const;

    // The measured gradient, which nobody changed since, is now the previous one. The buffer's gradient gets
    // the memory of the one before it and so holds no numbers of use.
    void keep(ParameterBuffer& parameters);
    // The next step has no previous gradient (its own was not finite).
    void forget() { m_hasPrevious = false; }

    bool hasPrevious() const { return m_hasPrevious; }
    const at::Tensor& previous() const { return m_previous; } // (elements) float32
    // For a resumed run.
    void restore(const at::Tensor& previous);

private:
    SliceSummation m_summation;
    at::Tensor m_previous;
    bool m_hasPrevious = false;
    std::vector<SliceSums> m_sums;         // of the last measured gradient; products with the previous one
    std::vector<SliceSums> m_previousSums; // of m_previous
};

// Key of the first tensor of the buffer whose gradient is not finite; empty if all are.
std::string firstNonFiniteTensor(const ParameterBuffer& parameters);

} // namespace lens
