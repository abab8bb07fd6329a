// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/norm.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace lens {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

class RmsNormFunction : public torch::autograd::Function<RmsNormFunction> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& weight,
                              double epsilon, bool onePlus)
    {
        const at::Tensor wide = x.to(at::kFloat);
        const at::Tensor inverse = wide.square().mean(-1, true).add_(epsilon).rsqrt_();
        context->save_for_backward({x, weight, inverse});
        context->saved_data["onePlus"] = onePlus;
        // As transformers does it: with the weight alone, normalised values are rounded to x's type before
        // it; with 1 + weight after it.
        if (onePlus)
            return (wide * inverse).mul_(weight.to(at::kFloat).add(1)).to(x.scalar_type());
        return (wide * inverse).to(x.scalar_type()).mul_(weight);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        const at::Tensor& inverse = saved[2];
        const at::Tensor normalised = saved[0].to(at::kFloat) * inverse;
        const at::Tensor dy = gradients[0].to(at::kFloat);
        at::Tensor dx;
        at::Tensor dWeight;
        if (context->needs_input_grad(1))
            dWeight = (dy * normalised).flatten(0, -2).sum(0).to(saved[1].scalar_type());
        if (context->needs_input_grad(0)) {
            const bool onePlus = context->saved_data["onePlus"].toBool();
            dx = onePlus ? dy * saved[1].to(at::kFloat).add(1) : dy * saved[1];
            const at::Tensor mean = (dx * normalised).mean(-1, true);
            dx.sub_(normalised.mul(mean)).mul_(inverse);
            dx = dx.to(saved[0].scalar_type());
        }
        return {dx, dWeight, at::Tensor(), at::Tensor()};
    }
};

} // namespace

at::Tensor rmsNorm(const at::Tensor& x, const at::Tensor& weight, double epsilon, bool onePlus)
{
    return RmsNormFunction::apply(x, weight, epsilon, onePlus);
}

at::Tensor normalised(const at::Tensor& x, const Norm& norm, NormKind kind, double epsilon)
{
    switch (kind) {
    case NormKind::Rms:
        break;
    case NormKind::RmsOnePlus:
        return rmsNorm(x, norm.weight, epsilon, true);
    case NormKind::Layer:
        return at::layer_norm(x, norm.weight.sizes(), norm.weight, norm.bias, epsilon);
    }
    return rmsNorm(x, norm.weight, epsilon);
}

} // namespace lens
