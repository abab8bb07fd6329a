// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/optimizer.h"

#include <ATen/Functions.h>
#include <c10/core/GradMode.h>

#include <cmath>

namespace lens {

AdamW::AdamW(const ParameterBuffer& parameters, const TrainingSettings& settings)
    : m_beta1(settings.adamBeta1)
    , m_beta2(settings.adamBeta2)
    , m_epsilon(settings.adamEpsilon)
    , m_weightDecay(settings.weightDecay)
    , m_first(at::zeros_like(parameters.gradient()))
    , m_second(at::zeros_like(parameters.gradient()))
    , m_scratch(at::empty_like(parameters.gradient()))
{
    for (const ParameterSlice& slice : parameters.slices()) {
        const double factor = hasRateOfB(slice) ? settings.loraplusLrRatio : 1;
        const Range range{slice.offset, slice.elements, slice.decay, factor};
        m_oneRate = m_oneRate && factor == 1;
        Range* last = m_ranges.empty() ? nullptr : &m_ranges.back();
        if (last && last->offset + last->elements == range.offset && last->decayed == range.decayed &&
            last->rateFactor == factor)
            last->elements += range.elements;
        else
            m_ranges.push_back(range);
    }
}

void AdamW::decay(at::Tensor& values, double learningRate) const
{
    if (m_weightDecay == 0)
        return;
    for (const Range& range : m_ranges)
        if (range.decayed)
            values.narrow(0, range.offset, range.elements)
                .mul_(1.0 - learningRate * range.rateFactor * m_weightDecay);
}

void AdamW::move(at::Tensor& values, double stepSize) const
{
    if (m_oneRate) {
        values.addcdiv_(m_first, m_scratch, -stepSize);
        return;
    }
    const auto part = [](const at::Tensor& flat, const Range& range) {
        return flat.narrow(0, range.offset, range.elements);
    };
    for (const Range& range : m_ranges)
        part(values, range)
            .addcdiv_(part(m_first, range), part(m_scratch, range), -stepSize * range.rateFactor);
}

void AdamW::step(ParameterBuffer& parameters, double learningRate)
{
    const c10::NoGradGuard noGrad;
    ++m_steps;
    at::Tensor& values = parameters.values();
    const at::Tensor& gradient = parameters.gradient();
    decay(values, learningRate);
    m_first.lerp_(gradient, 1.0 - m_beta1);
    m_second.mul_(m_beta2).addcmul_(gradient, gradient, 1.0 - m_beta2);

    const auto steps = static_cast<double>(m_steps);
    const double stepSize = learningRate / (1.0 - std::pow(m_beta1, steps));
    const double secondRoot = std::sqrt(1.0 - std::pow(m_beta2, steps));
    at::sqrt_out(m_scratch, m_second);
    m_scratch.div_(secondRoot).add_(m_epsilon);
    move(values, stepSize);
}

bool hasRateOfB(const ParameterSlice& slice)
{
    return slice.isB || slice.shape.size() == 1;
}

double clipGradient(at::Tensor& gradient, double norm, double maxNorm)
{
    if (maxNorm <= 0)
        return 1;
    const double factor = maxNorm / (norm + 1e-6);
    if (!(factor < 1))
        return 1;
    const c10::NoGradGuard noGrad;
    gradient.mul_(factor);
    return factor;
}

} // namespace lens
