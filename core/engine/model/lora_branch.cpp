// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/lora_branch.h"

#include "core/engine/kernels/product.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace lens {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// What the branch is computed in.
at::ScalarType wideType(const at::Tensor& x)
{
    return x.scalar_type() == at::kDouble ? at::kDouble : at::kFloat;
}

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
        const auto wide = wideType(x);
        at::Tensor y = at::empty({x.size(0), weight.size(0)}, x.options().dtype(wide).requires_grad(false));
        multiply(y, x, weight.t());
        if (fixed.base.bias.defined())
            y.add_(fixed.base.bias);
        const at::Tensor u = at::empty({x.size(0), a.size(0)}, y.options());
        multiply(u, fixed.mask.applied(x.to(wide)), a.t());
        multiply(y, at::Tensor(u).mul_(fixed.scale), b.t(), true);
        return y.to(x.scalar_type());
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
        const auto wide = wideType(x);
        const at::Tensor g = gradients[0].to(wide).contiguous();
        const at::Tensor input = mask.applied(x.to(wide));
        at::Tensor v = at::empty({g.size(0), a.size(0)}, g.options());
        multiply(v, g, b);
        v.mul_(scale); // (tokens, r)
        at::Tensor u = at::empty(v.sizes(), v.options());
        multiply(u, input, a.t());
        u.mul_(scale);
        at::Tensor dx;
        if (context->needs_input_grad(0)) {
            dx = at::empty(x.sizes(), g.options());
            multiply(dx, gradients[0].contiguous(), context->saved_data["weight"].toTensor());
            if (mask.keep.defined()) {
                const at::Tensor branch = at::empty(x.sizes(), g.options());
                multiply(branch, v, a);
                dx.add_(mask.applied(branch));
            } else {
                multiply(dx, v, a, true);
            }
            dx = dx.to(x.scalar_type());
        }
        const at::Tensor dA = at::empty(a.sizes(), g.options());
        const at::Tensor dB = at::empty(b.sizes(), g.options());
        multiply(dA, v.t(), input);
        multiply(dB, g.t(), u);
        return {dx, dA, dB, at::Tensor()};
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
