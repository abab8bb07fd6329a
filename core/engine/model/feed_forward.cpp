// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/feed_forward.h"

#include "core/engine/kernels/gated_activation.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace lens {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Rows of a matrix, whatever the dimensions before the last.
at::Tensor rowsOf(const at::Tensor& x)
{
    const at::Tensor rows = x.dim() == 2 ? x : x.reshape({-1, x.size(-1)});
    return rows.stride(1) == 1 ? rows : rows.contiguous();
}

at::Tensor newLike(const at::Tensor& x)
{
    return at::empty(x.sizes(), x.options());
}

Activation activationOf(AutogradContext* context)
{
    return static_cast<Activation>(context->saved_data["activation"].toInt());
}

class GatedFunction : public torch::autograd::Function<GatedFunction> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& gate, const at::Tensor& up,
                              std::int64_t activation)
    {
        context->save_for_backward({gate, up});
        context->saved_data["activation"] = activation;
        const at::Tensor out = newLike(gate);
        kernels::activate(rowsOf(out), rowsOf(gate), rowsOf(up), activationOf(context));
        return out;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        const at::Tensor dGate = newLike(saved[0]);
        const at::Tensor dUp = newLike(saved[0]);
        kernels::activateBackward({rowsOf(dGate), rowsOf(dUp), {}}, rowsOf(gradients[0]), rowsOf(saved[0]),
                                  rowsOf(saved[1]), activationOf(context));
        return {dGate, dUp, at::Tensor()};
    }
};

class ActivationFunction : public torch::autograd::Function<ActivationFunction> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, std::int64_t activation)
    {
        context->save_for_backward({x});
        context->saved_data["activation"] = activation;
        const at::Tensor out = newLike(x);
        kernels::activate(rowsOf(out), rowsOf(x), {}, activationOf(context));
        return out;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const at::Tensor x = context->get_saved_variables()[0];
        const at::Tensor dx = newLike(x);
        kernels::activateBackward({rowsOf(dx), {}, {}}, rowsOf(gradients[0]), rowsOf(x), {},
                                  activationOf(context));
        return {dx, at::Tensor()};
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
