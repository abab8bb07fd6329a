// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/gradient_monitor.h"

#include "core/engine/train/vector_sums.h"

#include <ATen/Functions.h>

#include <cmath>

namespace lens {

GradientMonitor::GradientMonitor(const ParameterBuffer& parameters)
    : m_summation(parameters)
    , m_previous(at::zeros_like(parameters.gradient()))
    , m_sums(parameters.slices().size())
    , m_previousSums(parameters.slices().size())
{
}

GradientNumbers GradientMonitor::measure(const ParameterBuffer& parameters)
{
    const at::Tensor& gradient = parameters.gradient();
    m_sums = m_summation.of(gradient, m_hasPrevious ? m_previous : at::Tensor());
    const SliceSums total = totalOf(m_sums);
    GradientNumbers numbers;
    numbers.norm = std::sqrt(total.squares);
    if (m_hasPrevious)
        numbers.cosine = cosineOf(total.products, total.squares, totalOf(m_previousSums).squares);
    if (!std::isfinite(total.squares))
        numbers.nonFinite = nonFiniteElements(gradient);
    return numbers;
}

double GradientMonitor::norm(std::size_t slice) const
{
    return std::sqrt(m_sums.at(slice).squares);
}

std::optional<double> GradientMonitor::cosine(const std::vector<std::size_t>& slices) const
{
    if (!m_hasPrevious)
        return std::nullopt;
    SliceSums now;
    double before = 0;
    for (const std::size_t slice : slices) {
        now.squares += m_sums.at(slice).squares;
        now.products += m_sums.at(slice).products;
        before += m_previousSums.at(slice).squares;
    }
    return cosineOf(now.products, now.squares, before);
}

void GradientMonitor::keep(ParameterBuffer& parameters)
{
    parameters.swapGradient(m_previous);
    m_previousSums = m_sums;
    m_hasPrevious = true;
}

void GradientMonitor::restore(const at::Tensor& previous)
{
    m_previous.copy_(previous);
    m_previousSums = m_summation.of(m_previous, at::Tensor());
    m_hasPrevious = true;
}

std::string firstNonFiniteTensor(const ParameterBuffer& parameters)
{
    for (const ParameterSlice& slice : parameters.slices())
        if (nonFiniteElements(parameters.gradient().narrow(0, slice.offset, slice.elements)) > 0)
            return slice.key;
    return {};
}

} // namespace lens
