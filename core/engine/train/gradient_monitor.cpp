// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/gradient_monitor.h"

#include "core/engine/train/vector_sums.h"

#include <ATen/Functions.h>

#include <cmath>

namespace lens {

GradientMonitor::GradientMonitor(const ParameterBuffer& parameters)
    : m_previous(at::zeros_like(parameters.gradient()))
{
}

GradientNumbers GradientMonitor::measure(const at::Tensor& gradient) const
{
    GradientNumbers numbers;
    double squares = 0;
    if (m_hasPrevious) {
        const PairSums sums = pairSums(gradient, m_previous);
        squares = sums.squaresOfA;
        numbers.cosine = cosineOf(sums.products, sums.squaresOfA, sums.squaresOfB);
    } else {
        squares = sumOfSquares(gradient);
    }
    numbers.norm = std::sqrt(squares);
    if (!std::isfinite(squares))
        numbers.nonFinite = nonFiniteElements(gradient);
    return numbers;
}

void GradientMonitor::keep(const at::Tensor& gradient)
{
    m_previous.copy_(gradient);
    m_hasPrevious = true;
}

void GradientMonitor::restore(const at::Tensor& previous)
{
    keep(previous);
}

std::string firstNonFiniteTensor(const ParameterBuffer& parameters)
{
    for (const ParameterSlice& slice : parameters.slices())
        if (nonFiniteElements(parameters.gradient().narrow(0, slice.offset, slice.elements)) > 0)
            return slice.key;
    return {};
}

} // namespace lens
