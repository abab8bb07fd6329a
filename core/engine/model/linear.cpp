// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/linear.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace lens {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// The frozen part of the function's input.
struct FrozenBase {
    at::Tensor weight;
    at::Tensor bias;
    at::Tensor keep; // dropout: true where an element of x stays; undefined without dropout
    double keepScale = 1;
    double scale = 1;
};

at::Tensor dropped(const at::Tensor& x, const at::Tensor& keep, double keepScale)
{
    return keep.defined() ? x.mul(keep).mul_(keepScale) : x;
}

// With U = x Aᵀ and v = g B:  dA = s vᵀ x,  dB = s gᵀ U,  dx = g W + s v A.
class LoraLinearFunction : public torch::autograd::Function<LoraLinearFunction> {
public:
    // x (tokens, in)
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& a,
                              const at::Tensor& b, const FrozenBase& base)
    {
        context->save_for_backward({x, a, b});
        context->saved_data["weight"] = base.weight;
        context->saved_data["keep"] = base.keep;
        context->saved_data["keepScale"] = base.keepScale;
        context->saved_data["scale"] = base.scale;
        at::Tensor y = base.bias.defined() ? at::addmm(base.bias, x, base.weight.t()) : x.mm(base.weight.t());
        const at::Tensor u = dropped(x.to(at::kFloat), base.keep, base.keepScale).mm(a.t());
        y = y.to(at::kFloat);
        return y.addmm_(u, b.t(), 1, base.scale).to(x.scalar_type());
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        const at::Tensor& x = saved[0];
        const at::Tensor& a = saved[1];
        const at::Tensor& b = saved[2];
        const at::Tensor keep = context->saved_data["keep"].toTensor();
        const double keepScale = context->saved_data["keepScale"].toDouble();
        const double scale = context->saved_data["scale"].toDouble();
        const at::Tensor g = gradients[0].to(at::kFloat);
        const at::Tensor input = dropped(x.to(at::kFloat), keep, keepScale);
        const at::Tensor v = g.mm(b).mul_(scale); // (tokens, r)
        const at::Tensor u = input.mm(a.t()).mul_(scale);
        at::Tensor dx;
        if (context->needs_input_grad(0)) {
            dx = gradients[0].mm(context->saved_data["weight"].toTensor()).to(at::kFloat);
            if (keep.defined())
                dx.add_(dropped(v.mm(a), keep, keepScale));
            else
                dx.addmm_(v, a);
            dx = dx.to(x.scalar_type());
        }
        return {dx, v.t().mm(input), g.t().mm(u), at::Tensor()};
    }
};

} // namespace

at::Tensor Linear::matrix() const
{
    return inputMajor ? weight.t() : weight;
}

at::Tensor Linear::forward(const at::Tensor& x, const AdapterPass& pass) const
{
    if (!lora || !pass.active)
        return at::linear(x, matrix(), bias);
    FrozenBase base{matrix(), bias, {}, 1, lora->scale};
    const at::Tensor tokens = x.reshape({-1, x.size(-1)});
    if (pass.dropout && lora->dropout > 0) {
        const double stays = 1 - lora->dropout;
        base.keep =
            at::empty(tokens.sizes(), tokens.options().dtype(at::kBool)).bernoulli_(stays, *pass.dropout);
        base.keepScale = 1 / stays;
    }
    std::vector<std::int64_t> shape = x.sizes().vec();
    shape.back() = outFeatures();
    return LoraLinearFunction::apply(tokens, lora->a, lora->b, base).view(shape);
}

} // namespace lens
