// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/linear.h"

#include "core/engine/kernels/product.h"
#include "core/engine/model/dora_branch.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace lens {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// y = x Wᵀ: dx = g W, dW = gᵀ x. x (tokens, in), weight (out, in) of any strides.
class LinearFunction : public torch::autograd::Function<LinearFunction> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& weight)
    {
        // What only the other's gradient needs is not kept.
        context->saved_data["x"] = weight.requires_grad() ? x : at::Tensor();
        context->saved_data["weight"] = weight;
        context->saved_data["inputGradient"] = x.requires_grad();
        const at::Tensor y = at::empty({x.size(0), weight.size(0)}, x.options().requires_grad(false));
        multiply(y, x, weight.t());
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const at::Tensor x = context->saved_data["x"].toTensor();
        const at::Tensor weight = context->saved_data["weight"].toTensor();
        const at::Tensor g = gradients[0].stride(1) == 1 ? gradients[0] : gradients[0].contiguous();
        at::Tensor dx;
        at::Tensor dWeight;
        if (context->saved_data["inputGradient"].toBool()) {
            dx = at::empty({g.size(0), weight.size(1)}, g.options());
            multiply(dx, g, weight);
        }
        if (x.defined()) {
            dWeight = at::empty({weight.size(0), weight.size(1)}, weight.options().requires_grad(false));
            multiply(dWeight, g.t(), x);
        }
        return {dx, dWeight};
    }
};

} // namespace

at::Tensor plainProduct(const at::Tensor& x, const at::Tensor& weight)
{
    at::Tensor rows = x.dim() == 2 ? x : x.reshape({-1, x.size(-1)});
    if (rows.stride(1) != 1)
        rows = rows.contiguous();
    std::vector<std::int64_t> shape = x.sizes().vec();
    shape.back() = weight.size(0);
    return LinearFunction::apply(rows, weight).view(shape);
}

at::Tensor Linear::matrix() const
{
    if (quantised)
        return quantised->dequantised(quantisedType);
    return inputMajor ? weight.t() : weight;
}

at::Tensor Linear::forward(const at::Tensor& x, const AdapterPass& pass) const
{
    if (!lora || !pass.active)
        return bias.defined() ? plainProduct(x, matrix()) + bias : plainProduct(x, matrix());
    const at::Tensor tokens = x.reshape({-1, x.size(-1)});
    const DropoutMask mask = DropoutMask::drawn(tokens, lora->dropout, pass.dropout);
    // A trained bias is added by itself: autograd sees it then.
    const bool trainsBias = bias.defined() && bias.requires_grad();
    const FrozenBase base{matrix(), trainsBias ? at::Tensor() : bias};
    std::vector<std::int64_t> shape = x.sizes().vec();
    shape.back() = outFeatures();
    const bool isDora = lora->magnitude.defined();
    const at::Tensor y = (isDora ? doraForward : loraForward)(tokens, base, *lora, mask).view(shape);
    return trainsBias ? y + bias : y;
}

} // namespace lens
