// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/rotary.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <vector>

namespace lens {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// target = x rotated by sign · angle. Both (rows, time, heads, d), any strides.
void rotateInto(at::Tensor target, const at::Tensor& x, const at::Tensor& cosine, const at::Tensor& sine,
                int sign)
{
    const std::int64_t half = cosine.size(-1);
    const std::int64_t rest = x.size(-1) - 2 * half;
    if (rest > 0)
        target.narrow(-1, 2 * half, rest).copy_(x.narrow(-1, 2 * half, rest));
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

} // namespace

RotaryTable::RotaryTable(const RopeConfig& config, at::Device device, at::ScalarType type)
    : m_config(config)
    , m_options(at::TensorOptions().dtype(at::kFloat).device(device))
    , m_type(type)
{
}

void RotaryTable::fill(std::int64_t size, std::int64_t length)
{
    const at::NoGradGuard guard;
    std::vector<float> turns = rotaryFrequencies(m_config, length);
    const auto count = static_cast<std::int64_t>(turns.size());
    const at::Tensor frequencies =
        at::from_blob(turns.data(), {count}, at::kFloat).clone().to(m_options.device());
    const at::Tensor positions = at::arange(size, m_options);
    const at::Tensor angles = positions.unsqueeze(1).mul(frequencies).unsqueeze(1);
    m_cosine = angles.cos().mul_(m_config.attentionFactor).to(m_type);
    m_sine = angles.sin().mul_(m_config.attentionFactor).to(m_type);
}

RotaryAngles RotaryTable::angles(std::int64_t first, std::int64_t count)
{
    const std::int64_t needed = first + count;
    const std::int64_t variant = frequencyVariant(m_config, needed);
    const std::int64_t have = m_cosine.defined() && variant == m_variant ? m_cosine.size(0) : 0;
    if (needed > have) {
        const std::int64_t more = std::min<std::int64_t>(2 * have, needed + 4096);
        fill(std::max(needed, more), needed);
        m_variant = variant;
    }
    return {m_cosine.narrow(0, first, count), m_sine.narrow(0, first, count)};
}

at::Tensor rotate(const at::Tensor& x, const RotaryAngles& angles)
{
    if (!angles.cosine.defined())
        return x.transpose(1, 2).contiguous();
    return RotateFunction::apply(x, angles);
}

} // namespace lens
