// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What is known of a step's accumulated gradient before it is clipped: norm, cosine with the step before,
// non-finite elements. Keeps the previous gradient, which checkpoints carry, so that the cosine of the first
// resumed step is the true one.
#pragma once

#include "core/engine/model/parameter_buffer.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <string>

namespace lens {

struct GradientNumbers {
    double norm = 0;              // L2 over all trained parameters; not finite if an element is not
    std::optional<double> cosine; // with the previous step's; absent where a norm is 0 or there is none
    std::int64_t nonFinite = 0;   // elements that are NaN or infinite
};

class GradientMonitor {
public:
    explicit GradientMonitor(const ParameterBuffer& parameters);

    GradientNumbers measure(const at::Tensor& gradient) const;
    // The gradient (unclipped) is now the previous one.
    void keep(const at::Tensor& gradient);
    // The next step has no previous gradient (its own was not finite).
    void forget() { m_hasPrevious = false; }

    bool hasPrevious() const { return m_hasPrevious; }
    const at::Tensor& previous() const { return m_previous; } // (elements) float32
    // For a resumed run.
    void restore(const at::Tensor& previous);

private:
    at::Tensor m_previous;
    bool m_hasPrevious = false;
};

// Key of the first tensor of the buffer whose gradient is not finite; empty if all are.
std::string firstNonFiniteTensor(const ParameterBuffer& parameters);

} // namespace lens
