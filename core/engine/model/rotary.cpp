// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/rotary.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lens {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// target = x rotated by sign · angle. Both (rows, time, heads, d), any strides.
void rotateInto(at::Tensor target, const at::Tensor& x, const at::Tensor& cosine, const at::Tensor& sine,
                int sign)
{
    const std::int64_t half = x.size(-1) / 2;
    const at::Tensor first = x.narrow(-1, 0, half);
    const at::Tensor second = x.narrow(-1, half, half);
    at::Tensor out = target.narrow(-1, 0, half);
    at::mul_out(out, first, cosine);
    out.addcmul_(second, sine, -sign);
    out = target.narrow(-1, half, half);
    at::mul_out(out, second, cosine);
    out.addcmul_(first, sine, sign);
}

class RotateFunction : public torch::autograd::Function<RotateFunction> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const RotaryAngles& angles)
    {
        context->saved_data["cosine"] = angles.cosine;
        context->saved_data["sine"] = angles.sine;
        at::Tensor out = at::empty({x.size(0), x.size(2), x.size(1), x.size(3)}, x.options());
        rotateInto(out.transpose(1, 2), x, angles.cosine, angles.sine, 1);
        return out;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const at::Tensor& dy = gradients[0]; // (rows, heads, time, d)
        at::Tensor dx = at::empty({dy.size(0), dy.size(2), dy.size(1), dy.size(3)}, dy.options());
        rotateInto(dx, dy.transpose(1, 2), context->saved_data["cosine"].toTensor(),
                   context->saved_data["sine"].toTensor(), -1);
        return {dx, at::Tensor()};
    }
};

float scaledByLlama3(float frequency, const RopeConfig& config)
{
    const auto original = static_cast<float>(config.originalMaxPositions);
    const auto low = static_cast<float>(config.lowFreqFactor);
    const auto high = static_cast<float>(config.highFreqFactor);
    const auto factor = static_cast<float>(config.factor);
    const float wavelength = 2 * std::numbers::pi_v<float> / frequency;
    if (wavelength > original / low)
        return frequency / factor;
    if (wavelength < original / high)
        return frequency;
    const float smooth = (original / wavelength - low) / (high - low);
    return (1 - smooth) * frequency / factor + smooth * frequency;
}

} // namespace

std::vector<float> rotaryFrequencies(const RopeConfig& config, std::int64_t headDim)
{
    std::vector<float> frequencies;
    for (std::int64_t i = 0; i < headDim; i += 2) {
        const float exponent = static_cast<float>(i) / static_cast<float>(headDim);
        float frequency = 1.0F / std::pow(static_cast<float>(config.theta), exponent);
        if (config.kind == RopeKind::Linear)
            frequency /= static_cast<float>(config.factor);
        if (config.kind == RopeKind::Llama3)
            frequency = scaledByLlama3(frequency, config);
        frequencies.push_back(frequency);
    }
    return frequencies;
}

RotaryTable::RotaryTable(const RopeConfig& config, std::int64_t headDim, at::Device device,
                         at::ScalarType type)
    : m_type(type)
{
    std::vector<float> frequencies = rotaryFrequencies(config, headDim);
    const auto count = static_cast<std::int64_t>(frequencies.size());
    m_frequencies = at::from_blob(frequencies.data(), {count}, at::kFloat).clone().to(device);
}

RotaryAngles RotaryTable::angles(std::int64_t first, std::int64_t count)
{
    const std::int64_t needed = first + count;
    const std::int64_t have = m_cosine.defined() ? m_cosine.size(0) : 0;
    if (needed > have) {
        const at::NoGradGuard guard;
        const std::int64_t size = std::max(needed, std::min<std::int64_t>(2 * have, needed + 4096));
        const at::Tensor positions = at::arange(size, m_frequencies.options());
        const at::Tensor angles = positions.unsqueeze(1).mul(m_frequencies).unsqueeze(1);
        m_cosine = angles.cos().to(m_type);
        m_sine = angles.sin().to(m_type);
    }
    return {m_cosine.narrow(0, first, count), m_sine.narrow(0, first, count)};
}

at::Tensor rotate(const at::Tensor& x, const RotaryAngles& angles)
{
    return RotateFunction::apply(x, angles);
}

} // namespace lens
