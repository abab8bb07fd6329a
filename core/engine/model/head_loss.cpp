// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/head_loss.h"

#include "core/engine/kernels/cross_entropy.h"
#include "core/engine/kernels/product.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

namespace lens {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Float32 logits at once: below the 32 MiB from which malloc asks the system for memory each time. Products
// of fewer rows than kRowsAtLeast read the weight too often.
constexpr std::int64_t kLogitsAtOnce = std::int64_t{13} << 19; // 26 MiB
constexpr std::int64_t kRowsAtLeast = 128;

struct HeadTargets {
    at::Tensor ids; // (tokens)
    std::int64_t piece = 1;
    double softcap = 0;
    bool hiddenGradient = false;
    bool weightGradient = false;
};

// Logits of these rows in the type of sums, into `place` where they fit the products of oneDNN.
at::Tensor logitsOf(const at::Tensor& rows, const at::Tensor& weight, const at::Tensor& place)
{
    if (!rows.device().is_cpu())
        return rows.mm(weight.t()).to(place.scalar_type());
    const at::Tensor logits = place.narrow(0, 0, rows.size(0));
    multiply(logits, rows, weight.t());
    return logits;
}

class HeadLossFunction : public torch::autograd::Function<HeadLossFunction> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& hidden, const at::Tensor& weight,
                              const HeadTargets& targets)
    {
        const bool wantsGradient = targets.hiddenGradient || targets.weightGradient;
        const auto wide = hidden.scalar_type() == at::kDouble ? at::kDouble : at::kFloat;
        const std::int64_t most = std::min(targets.piece, hidden.size(0));
        const at::Tensor place = at::empty({most, weight.size(0)}, hidden.options().dtype(wide));
        const at::Tensor small = wantsGradient && wide != weight.scalar_type()
                                     ? at::empty(place.sizes(), weight.options().requires_grad(false))
                                     : at::Tensor();
        const at::Tensor dHidden =
            targets.hiddenGradient ? at::empty(hidden.sizes(), hidden.options()) : at::Tensor();
        const at::Tensor dWeight = targets.weightGradient ? at::zeros_like(weight) : at::Tensor();
        const at::Tensor losses = at::empty({hidden.size(0)}, hidden.options().dtype(at::kDouble));
        for (std::int64_t begin = 0; begin < hidden.size(0); begin += most) {
            const std::int64_t count = std::min(most, hidden.size(0) - begin);
            const at::Tensor rows = hidden.narrow(0, begin, count);
            const at::Tensor logits = logitsOf(rows, weight, place);
            kernels::CrossEntropyOutputs out{losses.narrow(0, begin, count), {}, {}, {}};
            if (wantsGradient)
                out.gradient = small.defined() ? small.narrow(0, 0, count) : logits;
            kernels::crossEntropy(out, logits, targets.ids.narrow(0, begin, count), targets.softcap);
            if (targets.hiddenGradient)
                multiply(dHidden.narrow(0, begin, count), out.gradient, weight);
            if (targets.weightGradient)
                multiply(dWeight, out.gradient.t(), rows, true);
        }
        context->saved_data["dHidden"] = dHidden;
        context->saved_data["dWeight"] = dWeight;
        return losses.sum().to(wide);
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
    HeadTargets head{targets,
                     std::max(kRowsAtLeast, kLogitsAtOnce / weight.size(0) / kRowsAtLeast * kRowsAtLeast),
                     softcap, gradients && hidden.requires_grad(), gradients && weight.requires_grad()};
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
