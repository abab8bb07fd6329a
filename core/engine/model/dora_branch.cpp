// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/dora_branch.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <functional>

namespace lens {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t kElementsAtOnce = std::int64_t{1} << 22;

// (out, …) made of blocks of rows: copies of a weight in a wider type stay small.
at::Tensor byRows(const at::Tensor& weight, const std::function<at::Tensor(const at::Tensor&)>& make)
{
    const std::int64_t rows =
        std::max<std::int64_t>(1, kElementsAtOnce / std::max<std::int64_t>(1, weight.size(1)));
    std::vector<at::Tensor> parts;
    for (const at::Tensor& block : weight.split(rows, 0))
        parts.push_back(make(block));
    return at::cat(parts, 0);
}

// What of the function's input has no gradient.
struct Fixed {
    FrozenBase base;
    at::Tensor norms; // (out)
    DropoutMask mask;
    double scale = 1;
};

// With z = x̂ Wᵀ + s x̂ Aᵀ Bᵀ, G = dy and G' = G ∘ g:  dm = Σ G ∘ z / n,  dA = s (G' B)ᵀ x̂,  dB = s G'ᵀ (x̂ Aᵀ),
// dx = G' W + s (G' B) A; with dropout dx = G W + drop((G' − G) W + s (G' B) A).
class DoraFunction : public torch::autograd::Function<DoraFunction> {
public:
    // x (tokens, in)
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& a,
                              const at::Tensor& b, const at::Tensor& magnitude, const Fixed& fixed)
    {
        const at::Tensor weight = fixed.base.weight;
        const at::Tensor gain = magnitude / fixed.norms;
        const at::Tensor input = fixed.mask.applied(x.to(at::kFloat));
        const at::Tensor frozen = input.to(x.scalar_type()).mm(weight.t()).to(at::kFloat); // x̂ Wᵀ
        const at::Tensor z = at::addmm(frozen, input.mm(a.t()), b.t(), 1, fixed.scale);
        at::Tensor y = z.mul(gain);
        if (fixed.mask.keep.defined())
            y.sub_(frozen).add_(x.mm(weight.t()).to(at::kFloat));
        if (fixed.base.bias.defined())
            y.add_(fixed.base.bias);
        context->save_for_backward({x, a, b, magnitude});
        context->saved_data["z"] = z.to(x.scalar_type());
        context->saved_data["weight"] = weight;
        context->saved_data["norms"] = fixed.norms;
        context->saved_data["keep"] = fixed.mask.keep;
        context->saved_data["keepScale"] = fixed.mask.scale;
        context->saved_data["scale"] = fixed.scale;
        return y.to(x.scalar_type());
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        const at::Tensor& x = saved[0];
        const at::Tensor& a = saved[1];
        const at::Tensor& b = saved[2];
        auto& data = context->saved_data;
        const at::Tensor norms = data["norms"].toTensor();
        const DropoutMask mask{data["keep"].toTensor(), data["keepScale"].toDouble()};
        const double scale = data["scale"].toDouble();
        const at::Tensor g = gradients[0].to(at::kFloat);
        const at::Tensor gained = g.mul(saved[3] / norms);
        const at::Tensor input = mask.applied(x.to(at::kFloat));
        const at::Tensor v = gained.mm(b).mul_(scale); // (tokens, r)
        const at::Tensor dB = gained.t().mm(input.mm(a.t()).mul_(scale));
        const at::Tensor dMagnitude = g.mul(data["z"].toTensor()).sum(0).div_(norms);
        at::Tensor dx;
        if (context->needs_input_grad(0))
            dx = inputGradient(gradients[0], gained, v.mm(a), data["weight"].toTensor(), mask);
        return {dx, v.t().mm(input), dB, dMagnitude, at::Tensor()};
    }

private:
    // `branch` is s (G' B) A.
    static at::Tensor inputGradient(const at::Tensor& g, const at::Tensor& gained, const at::Tensor& branch,
                                    const at::Tensor& weight, const DropoutMask& mask)
    {
        const auto through = [&](const at::Tensor& y) {
            return y.to(g.scalar_type()).mm(weight).to(at::kFloat);
        };
        if (!mask.keep.defined())
            return through(gained).add_(branch).to(g.scalar_type());
        const at::Tensor kept = through(gained - g).add_(branch);
        return through(g).add_(mask.applied(kept)).to(g.scalar_type());
    }
};

// Computed again where A or B was written to since.
at::Tensor currentNorms(const at::Tensor& weight, const LoraBranch& branch)
{
    LoraBranch::Norms& kept = branch.norms;
    if (!kept.rows.defined() || kept.versionA != branch.a._version() || kept.versionB != branch.b._version())
        kept = {decomposedNorms(weight, branch), static_cast<std::uint32_t>(branch.a._version()),
                static_cast<std::uint32_t>(branch.b._version())};
    return kept.rows;
}

} // namespace

at::Tensor squaredRows(const at::Tensor& weight)
{
    return byRows(weight, [](const at::Tensor& block) { return block.to(at::kDouble).square().sum(1); });
}

at::Tensor decomposedNorms(const at::Tensor& weight, const LoraBranch& branch)
{
    const at::NoGradGuard guard;
    const at::Tensor a = branch.a.detach();
    const at::Tensor b = branch.b.detach().to(at::kDouble);
    const at::Tensor crossed =
        byRows(weight, [&](const at::Tensor& block) { return block.to(at::kFloat).mm(a.t()); });
    const at::Tensor wide = a.to(at::kDouble);
    const at::Tensor cross = crossed.to(at::kDouble).mul_(b).sum(1);
    const at::Tensor own = b.mm(wide.mm(wide.t())).mul_(b).sum(1);
    const at::Tensor squares =
        branch.rowSquares + cross.mul_(2 * branch.scale) + own.mul_(branch.scale * branch.scale);
    return squares.clamp_min_(0).sqrt_().to(at::kFloat);
}

at::Tensor doraForward(const at::Tensor& x, const FrozenBase& base, const LoraBranch& branch,
                       const DropoutMask& mask)
{
    return DoraFunction::apply(x, branch.a, branch.b, branch.magnitude,
                               Fixed{base, currentNorms(base.weight, branch), mask, branch.scale});
}

} // namespace lens
