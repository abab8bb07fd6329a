// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/optimizer.h"

#include "core/engine/kernels/adamw.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>

namespace lens {

AdamW::AdamW(const ParameterBuffer& parameters, const TrainingSettings& settings)
    : m_beta1(settings.adamBeta1)
    , m_beta2(settings.adamBeta2)
    , m_epsilon(settings.adamEpsilon)
    , m_weightDecay(settings.weightDecay)
    , m_first(at::zeros_like(parameters.gradient()))
    , m_second(at::zeros_like(parameters.gradient()))
{
    for (const ParameterSlice& slice : parameters.slices()) {
        const Slice own{slice.decay, hasRateOfB(slice) ? settings.loraplusLrRatio : 1};
        Range* last = m_ranges.empty() ? nullptr : &m_ranges.back();
        const bool alike = last && m_slices[last->slice].decayed == own.decayed &&
                           m_slices[last->slice].rateFactor == own.rateFactor;
        if (alike && last->offset + last->elements == slice.offset)
            last->elements += slice.elements;
        else
            m_ranges.push_back({m_slices.size(), slice.offset, slice.elements});
        m_slices.push_back(own);
    }
}

double AdamW::decayFactor(const Slice& slice, double learningRate) const
{
    return slice.decayed ? 1.0 - learningRate * slice.rateFactor * m_weightDecay : 1.0;
}

AdamW::Update AdamW::begin(ParameterBuffer& parameters, double learningRate, double gradientFactor)
{
    // What was computed from the parameters and kept is out of date (views share the counter).
    parameters.values().unsafeGetTensorImpl()->bump_version();
    const auto steps = static_cast<double>(++m_steps);
    return {learningRate, gradientFactor, learningRate / (1.0 - std::pow(m_beta1, steps)),
            std::sqrt(1.0 - std::pow(m_beta2, steps))};
}

void AdamW::apply(ParameterBuffer& parameters, const Update& update, std::size_t slice, std::int64_t begin,
                  std::int64_t count)
{
    const Slice& own = m_slices.at(slice);
    const kernels::AdamWFactors factors{.gradient = static_cast<float>(update.gradientFactor),
                                        .decay = static_cast<float>(decayFactor(own, update.learningRate)),
                                        .firstWeight = static_cast<float>(1.0 - m_beta1),
                                        .secondKeep = static_cast<float>(m_beta2),
                                        .secondWeight = static_cast<float>(1.0 - m_beta2),
                                        .secondRoot = static_cast<float>(update.secondRoot),
                                        .epsilon = static_cast<float>(m_epsilon),
                                        .minusStepSize =
                                            static_cast<float>(-update.stepSize * own.rateFactor)};
    kernels::adamW({parameters.values().data_ptr<float>() + begin,
                    parameters.gradient().data_ptr<float>() + begin, m_first.data_ptr<float>() + begin,
                    m_second.data_ptr<float>() + begin, count},
                   factors);
}

void AdamW::stepOnCpu(ParameterBuffer& parameters, const Update& update)
{
    constexpr std::int64_t kGrain = 1 << 15;
    for (const Range& range : m_ranges)
        at::parallel_for(0, range.elements, kGrain, [&](std::int64_t first, std::int64_t last) {
            apply(parameters, update, range.slice, range.offset + first, last - first);
        });
}

void AdamW::stepByAten(ParameterBuffer& parameters, const Update& update)
{
    if (!m_scratch.defined())
        m_scratch = at::empty_like(parameters.gradient());
    const at::Tensor& values = parameters.values();
    at::Tensor gradient = parameters.gradient();
    if (update.gradientFactor != 1)
        gradient = at::mul_out(m_scratch, gradient, at::scalar_tensor(update.gradientFactor));
    m_first.lerp_(gradient, 1.0 - m_beta1);
    m_second.mul_(m_beta2).addcmul_(gradient, gradient, 1.0 - m_beta2);
    at::sqrt_out(m_scratch, m_second);
    m_scratch.div_(update.secondRoot).add_(m_epsilon);
    for (const Range& range : m_ranges) {
        const Slice& own = m_slices[range.slice];
        const auto part = [&range](const at::Tensor& flat) {
            return flat.narrow(0, range.offset, range.elements);
        };
        if (const double factor = decayFactor(own, update.learningRate); factor != 1)
            part(values).mul_(factor);
        part(values).addcdiv_(part(m_first), part(m_scratch), -update.stepSize * own.rateFactor);
    }
}

void AdamW::step(ParameterBuffer& parameters, double learningRate, double gradientFactor)
{
    const c10::NoGradGuard noGrad;
    const Update update = begin(parameters, learningRate, gradientFactor);
    if (parameters.values().device().is_cpu())
        stepOnCpu(parameters, update);
    else
        stepByAten(parameters, update);
}

bool hasRateOfB(const ParameterSlice& slice)
{
    return slice.isB || slice.shape.size() == 1;
}

double clipFactor(double norm, double maxNorm)
{
    if (maxNorm <= 0)
        return 1;
    const double factor = maxNorm / (norm + 1e-6);
    return factor < 1 ? factor : 1;
}

} // namespace lens
