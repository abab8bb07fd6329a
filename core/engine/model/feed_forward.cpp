// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/feed_forward.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace lens {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr double kQuick = 1.702;

at::Tensor value(const at::Tensor& x, Activation activation)
{
    switch (activation) {
    case Activation::Silu:
        break;
    case Activation::Gelu:
        return at::gelu(x);
    case Activation::GeluTanh:
        return at::gelu(x, "tanh");
    case Activation::QuickGelu:
        return x.mul(kQuick).sigmoid_().mul_(x);
    case Activation::Relu:
        return x.relu();
    }
    return at::silu(x);
}

// dy act′(x)
at::Tensor gradient(const at::Tensor& dy, const at::Tensor& x, Activation activation)
{
    switch (activation) {
    case Activation::Silu:
        break;
    case Activation::Gelu:
        return at::gelu_backward(dy, x);
    case Activation::GeluTanh:
        return at::gelu_backward(dy, x, "tanh");
    case Activation::QuickGelu: {
        const at::Tensor s = x.mul(kQuick).sigmoid_();
        // σ(cx) (1 + cx (1 − σ(cx)))
        return s.mul(-1).add_(1).mul_(x).mul_(kQuick).add_(1).mul_(s).mul_(dy);
    }
    case Activation::Relu:
        return dy.mul(x.gt(0));
    }
    return at::silu_backward(dy, x);
}

class GatedFunction : public torch::autograd::Function<GatedFunction> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& gate, const at::Tensor& up,
                              std::int64_t activation)
    {
        context->save_for_backward({gate, up});
        context->saved_data["activation"] = activation;
        return value(gate, static_cast<Activation>(activation)).mul_(up);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        const auto activation = static_cast<Activation>(context->saved_data["activation"].toInt());
        const at::Tensor dUp = value(saved[0], activation).mul_(gradients[0]);
        const at::Tensor dGate = gradient(gradients[0] * saved[1], saved[0], activation);
        return {dGate, dUp, at::Tensor()};
    }
};

class ActivationFunction : public torch::autograd::Function<ActivationFunction> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, std::int64_t activation)
    {
        context->save_for_backward({x});
        context->saved_data["activation"] = activation;
        return value(x, static_cast<Activation>(activation));
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        const auto activation = static_cast<Activation>(context->saved_data["activation"].toInt());
        return {gradient(gradients[0], saved[0], activation), at::Tensor()};
    }
};

} // namespace

at::Tensor gated(const at::Tensor& gate, const at::Tensor& up, Activation activation)
{
    return GatedFunction::apply(gate, up, static_cast<std::int64_t>(activation));
}

at::Tensor activated(const at::Tensor& x, Activation activation)
{
    return ActivationFunction::apply(x, static_cast<std::int64_t>(activation));
}

} // namespace lens
