// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/lora_branch.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace lens {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// What of the function's input has no gradient.
struct Fixed {
    FrozenBase base;
    DropoutMask mask;
    double scale = 1;
};

// With U = x Aᵀ and v = g B:  dA = s vᵀ x,  dB = s gᵀ U,  dx = g W + s v A.
class LoraFunction : public torch::autograd::Function<LoraFunction> {
public:
    // x (tokens, in)
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& a,
                              const at::Tensor& b, const Fixed& fixed)
    {
        context->save_for_backward({x, a, b});
        const at::Tensor weight = fixed.base.weight;
        context->saved_data["weight"] = weight;
        context->saved_data["keep"] = fixed.mask.keep;
        context->saved_data["keepScale"] = fixed.mask.scale;
        context->saved_data["scale"] = fixed.scale;
        at::Tensor y =
            fixed.base.bias.defined() ? at::addmm(fixed.base.bias, x, weight.t()) : x.mm(weight.t());
        const at::Tensor u = fixed.mask.applied(x.to(at::kFloat)).mm(a.t());
        y = y.to(at::kFloat);
        return y.addmm_(u, b.t(), 1, fixed.scale).to(x.scalar_type());
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        const at::Tensor& x = saved[0];
        const at::Tensor& a = saved[1];
        const at::Tensor& b = saved[2];
        const DropoutMask mask{context->saved_data["keep"].toTensor(),
                               context->saved_data["keepScale"].toDouble()};
        const double scale = context->saved_data["scale"].toDouble();
        const at::Tensor g = gradients[0].to(at::kFloat);
        const at::Tensor input = mask.applied(x.to(at::kFloat));
        const at::Tensor v = g.mm(b).mul_(scale); // (tokens, r)
        const at::Tensor u = input.mm(a.t()).mul_(scale);
        at::Tensor dx;
        if (context->needs_input_grad(0)) {
            dx = gradients[0].mm(context->saved_data["weight"].toTensor()).to(at::kFloat);
            if (mask.keep.defined())
                dx.add_(mask.applied(v.mm(a)));
            else
                dx.addmm_(v, a);
            dx = dx.to(x.scalar_type());
        }
        return {dx, v.t().mm(input), g.t().mm(u), at::Tensor()};
    }
};

} // namespace

DropoutMask DropoutMask::drawn(const at::Tensor& x, double dropout, at::Generator* generator)
{
    if (!generator || dropout <= 0)
        return {};
    const double stays = 1 - dropout;
    return {at::empty(x.sizes(), x.options().dtype(at::kBool)).bernoulli_(stays, *generator), 1 / stays};
}

at::Tensor DropoutMask::applied(const at::Tensor& x) const
{
    return keep.defined() ? x.mul(keep).mul_(scale) : x;
}

at::Tensor loraForward(const at::Tensor& x, const FrozenBase& base, const LoraBranch& branch,
                       const DropoutMask& mask)
{
    return LoraFunction::apply(x, branch.a, branch.b, Fixed{base, mask, branch.scale});
}

} // namespace lens
