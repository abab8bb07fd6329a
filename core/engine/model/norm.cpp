// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/norm.h"

#include "core/engine/kernels/rms_norm.h"
#include "core/engine/model/roomy_rows.h"

#include <ATen/ATen.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/csrc/autograd/custom_function.h>

namespace lens {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

kernels::RmsWeight rmsWeight(AutogradContext* context)
{
    return {context->saved_data["weight"].toTensor(), context->saved_data["epsilon"].toDouble(),
            context->saved_data["onePlus"].toBool()};
}

// The root-mean-square norm of x + y. dx = dSum + r (w dy − x̂ mean(w dy x̂)), for x and y alike; dw = Σ dy x̂.
class RmsNormSumFunction : public torch::autograd::Function<RmsNormSumFunction> {
public:
    static variable_list forward(AutogradContext* context, const at::Tensor& x,
                                 const c10::optional<at::Tensor>& other, const at::Tensor& weight,
                                 const NormForm& form, const NormRoom& room)
    {
        const at::Tensor y = other.value_or(at::Tensor());
        const at::AutoDispatchBelowADInplaceOrView plain;
        const bool onePlus = form.kind == NormKind::RmsOnePlus;
        // What goes on of x alone is the same memory under another name, so that its gradient comes here.
        const at::Tensor sum =
            y.defined() ? at::empty_like(x) : x.as_strided(x.sizes(), x.strides(), x.storage_offset());
        const at::Tensor normed = roomyEmpty(x.size(0), x.size(1), room.normed, x.options());
        const auto wide = x.scalar_type() == at::kDouble ? at::kDouble : at::kFloat;
        const at::Tensor inverse = at::empty({x.size(0)}, x.options().dtype(wide).requires_grad(false));
        kernels::rmsNorm({y.defined() ? sum : at::Tensor(), normed, inverse}, x, y,
                         {weight, form.epsilon, onePlus});
        // Under yet another name: an output kept by its own function would never be freed.
        context->saved_data["sum"] = sum.as_strided(sum.sizes(), sum.strides(), sum.storage_offset());
        context->saved_data["inverse"] = inverse;
        context->saved_data["weight"] = weight;
        context->saved_data["epsilon"] = form.epsilon;
        context->saved_data["onePlus"] = onePlus;
        context->saved_data["room"] = room.gradient;
        context->saved_data["two"] = y.defined();
        context->set_materialize_grads(false);
        return {sum, normed};
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const at::Tensor sum = context->saved_data["sum"].toTensor();
        at::Tensor dx = gradients[0];
        at::Tensor dWeight;
        if (gradients[1].defined()) {
            const kernels::RmsWeight weight = rmsWeight(context);
            const kernels::NormGradient gradient{gradients[1], sum, context->saved_data["inverse"].toTensor(),
                                                 gradients[0]};
            if (weight.weight.requires_grad())
                dWeight = kernels::rmsNormWeightGradient(gradient).to(weight.weight.scalar_type());
            dx = roomyEmpty(sum.size(0), sum.size(1), context->saved_data["room"].toInt(), sum.options());
            kernels::rmsNormBackward(dx, gradient, weight);
        }
        return {dx, context->saved_data["two"].toBool() ? dx : at::Tensor(), dWeight, at::Tensor(),
                at::Tensor()};
    }
};

} // namespace

NormedSum normalisedSum(const at::Tensor& x, const at::Tensor& y, const Norm& norm, const NormForm& form,
                        const NormRoom& room)
{
    if (!norm.weight.defined() || form.kind == NormKind::Layer) {
        const at::Tensor sum = y.defined() ? x + y : x;
        return {sum, norm.weight.defined() ? normalised(sum, norm, form.kind, form.epsilon) : sum};
    }
    const auto other = y.defined() ? c10::optional<at::Tensor>(y) : c10::nullopt;
    const variable_list both = RmsNormSumFunction::apply(x, other, norm.weight, form, room);
    return {both[0], both[1]};
}

at::Tensor rmsNorm(const at::Tensor& x, const at::Tensor& weight, double epsilon, bool onePlus)
{
    const NormForm form{onePlus ? NormKind::RmsOnePlus : NormKind::Rms, epsilon};
    return normalisedSum(x.reshape({-1, x.size(-1)}), {}, {weight, {}}, form, {}).normed.reshape(x.sizes());
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
