// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/gated_activation.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace lens {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

class GatedSiluFunction : public torch::autograd::Function<GatedSiluFunction> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& gate, const at::Tensor& up)
    {
        context->save_for_backward({gate, up});
        return at::silu(gate).mul_(up);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        const at::Tensor dUp = at::silu(saved[0]).mul_(gradients[0]);
        const at::Tensor dGate = at::silu_backward(gradients[0] * saved[1], saved[0]);
        return {dGate, dUp};
    }
};

} // namespace

at::Tensor gatedSilu(const at::Tensor& gate, const at::Tensor& up)
{
    return GatedSiluFunction::apply(gate, up);
}

} // namespace lens
