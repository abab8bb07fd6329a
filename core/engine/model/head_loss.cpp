// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/head_loss.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

namespace lens {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t kLogitsAtOnce = std::int64_t{1} << 23; // float32: 32 MiB

struct HeadTargets {
    at::Tensor ids; // (tokens)
    std::int64_t piece = 1;
    double softcap = 0;
    bool hiddenGradient = false;
    bool weightGradient = false;
};

class HeadLossFunction : public torch::autograd::Function<HeadLossFunction> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& hidden, const at::Tensor& weight,
                              const HeadTargets& targets)
    {
        at::Tensor dHidden = targets.hiddenGradient ? at::empty_like(hidden) : at::Tensor();
        at::Tensor dWeight = targets.weightGradient ? at::zeros_like(weight) : at::Tensor();
        at::Tensor sum = at::zeros({}, hidden.options().dtype(at::kDouble));
        for (std::int64_t begin = 0; begin < hidden.size(0); begin += targets.piece) {
            const std::int64_t count = std::min(targets.piece, hidden.size(0) - begin);
            const at::Tensor rows = hidden.narrow(0, begin, count);
            const at::Tensor ids = targets.ids.narrow(0, begin, count).unsqueeze(1);
            at::Tensor g = rows.mm(weight.t()).to(at::kFloat);
            at::Tensor capped;
            if (targets.softcap > 0) {
                capped = g.div_(targets.softcap).tanh_();
                g = capped.mul(targets.softcap);
            }
            const at::Tensor normaliser = g.logsumexp(1, true);
            sum.add_((normaliser - g.gather(1, ids)).sum(at::kDouble));
            if (!targets.hiddenGradient && !targets.weightGradient)
                continue;
            g.sub_(normaliser).exp_();
            g.scatter_add_(1, ids, at::full_like(normaliser, -1));
            if (capped.defined()) // tanh′ = 1 − tanh²
                g.addcmul_(g * capped, capped, -1);
            g = g.to(weight.scalar_type());
            at::Tensor target;
            if (targets.hiddenGradient) {
                target = dHidden.narrow(0, begin, count);
                at::mm_out(target, g, weight);
            }
            if (targets.weightGradient)
                dWeight.addmm_(g.t(), rows);
        }
        context->saved_data["dHidden"] = dHidden;
        context->saved_data["dWeight"] = dWeight;
        return sum.to(at::kFloat);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto scaled = [&](const char* name) {
            const at::Tensor gradient = context->saved_data[name].toTensor();
            return gradient.defined() ? gradient.mul(gradients[0]) : at::Tensor();
        };
        return {scaled("dHidden"), scaled("dWeight"), at::Tensor()};
    }
};

} // namespace

at::Tensor softcapped(const at::Tensor& logits, double softcap)
{
    return softcap > 0 ? logits.div(softcap).tanh_().mul(softcap) : logits;
}

at::Tensor headLossSum(const at::Tensor& hidden, const at::Tensor& weight, const at::Tensor& targets,
                       double softcap, std::optional<std::int64_t> piece)
{
    const bool gradients = at::GradMode::is_enabled();
    HeadTargets head{targets, std::max<std::int64_t>(16, kLogitsAtOnce / weight.size(0)), softcap,
                     gradients && hidden.requires_grad(), gradients && weight.requires_grad()};
    if (piece)
        head.piece = *piece;
    return HeadLossFunction::apply(hidden, weight, head);
}

at::Tensor tokenLosses(const at::Tensor& logits, const at::Tensor& targets)
{
    const at::Tensor wide = logits.to(at::kFloat);
    return wide.logsumexp(1) - wide.gather(1, targets.unsqueeze(1)).squeeze(1);
}

} // namespace lens
