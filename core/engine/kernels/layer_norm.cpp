// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/layer_norm.h"

#include "core/engine/kernels/dispatch.h"
#include "core/engine/kernels/layer_norm_loops.h"

#include <ATen/ATen.h>

namespace lens::kernels {
namespace {

at::ScalarType computed(at::ScalarType type)
{
    return type == at::kDouble ? at::kDouble : at::kFloat;
}

// Weight and bias as they are computed with.
LayerWeight widened(const LayerWeight& weight, at::ScalarType type)
{
    LayerWeight wide;
    wide.weight = weight.weight.detach().to(type).contiguous();
    wide.bias =
        weight.bias.defined() ? weight.bias.detach().to(type).contiguous() : at::zeros_like(wide.weight);
    wide.epsilon = weight.epsilon;
    return wide;
}

// x̂ (tokens, width)
at::Tensor normalised(const LayerNormGradient& gradient)
{
    const at::Tensor wide = gradient.sum.to(gradient.mean.scalar_type());
    return (wide - gradient.mean.unsqueeze(1)).mul_(gradient.inverse.unsqueeze(1));
}

void plainForward(const LayerNormOutputs& out, const at::Tensor& x, const at::Tensor& residual,
                  const LayerWeight& weight)
{
    at::Tensor sum = out.sum;
    if (residual.defined())
        at::add_out(sum, x, residual);
    else if (sum.defined())
        sum.copy_(x);
    const at::Tensor wide = (sum.defined() ? sum : x).to(computed(x.scalar_type()));
    const at::Tensor mean = wide.mean(-1, true);
    const at::Tensor distance = wide - mean;
    const at::Tensor inverse = distance.square().mean(-1, true).add_(weight.epsilon).rsqrt_();
    at::Tensor(out.normed).copy_((distance * inverse).mul_(weight.weight).add_(weight.bias));
    at::Tensor(out.mean).copy_(mean.squeeze(-1));
    at::Tensor(out.inverse).copy_(inverse.squeeze(-1));
}

void plainBackward(const at::Tensor& dx, const LayerNormGradient& gradient, const LayerWeight& weight)
{
    const at::Tensor along = normalised(gradient);
    at::Tensor wide = gradient.dNormed.to(along.scalar_type()) * weight.weight;
    const at::Tensor mean = wide.mean(-1, true);
    const at::Tensor product = (wide * along).mean(-1, true);
    wide.sub_(mean).sub_(along.mul(product)).mul_(gradient.inverse.unsqueeze(1));
    if (gradient.dSum.defined())
        wide.add_(gradient.dSum);
    at::Tensor(dx).copy_(wide);
}

void checkForward(const LayerNormOutputs& out, const at::Tensor& x, const at::Tensor& residual,
                  const LayerWeight& weight)
{
    const std::int64_t rows = x.size(0);
    const std::int64_t width = x.size(1);
    const at::ScalarType type = x.scalar_type();
    checkRows(x, rows, width, type, "x");
    checkRows(out.normed, rows, width, type, "normed");
    checkFlat(out.mean, rows, computed(type), "mean");
    checkFlat(out.inverse, rows, computed(type), "inverse");
    checkFlat(weight.weight, width, computed(type), "weight");
    checkFlat(weight.bias, width, computed(type), "bias");
    if (residual.defined())
        checkRows(residual, rows, width, type, "residual");
    if (residual.defined() || out.sum.defined())
        checkRows(out.sum, rows, width, type, "sum");
}

void checkBackward(const at::Tensor& dx, const LayerNormGradient& gradient, const LayerWeight& weight)
{
    const std::int64_t rows = dx.size(0);
    const std::int64_t width = dx.size(1);
    const at::ScalarType type = dx.scalar_type();
    checkRows(dx, rows, width, type, "dx");
    checkRows(gradient.dNormed, rows, width, type, "dNormed");
    checkRows(gradient.sum, rows, width, type, "sum");
    checkFlat(gradient.mean, rows, computed(type), "mean");
    checkFlat(gradient.inverse, rows, computed(type), "inverse");
    checkFlat(weight.weight, width, computed(type), "weight");
    if (gradient.dSum.defined())
        checkRows(gradient.dSum, rows, width, type, "dSum");
}

} // namespace

void layerNorm(const LayerNormOutputs& out, const at::Tensor& x, const at::Tensor& residual,
               const LayerWeight& weight)
{
    const at::NoGradGuard guard;
    const LayerWeight wide = widened(weight, computed(x.scalar_type()));
    if (!x.is_cpu())
        return plainForward(out, x, residual, wide);
    checkForward(out, x, residual, wide);
    withType(x.scalar_type(), [&]<class T>() {
        using C = Compute<T>;
        const LayerNormForward<T> rows{
            rowsOf<const T>(x),     rowsOf<const T>(residual), rowsOf<T>(out.sum),
            rowsOf<T>(out.normed),  flatOf<C>(out.mean),       flatOf<C>(out.inverse),
            flatOf<C>(wide.weight), flatOf<C>(wide.bias),      x.size(1),
            weight.epsilon};
        const auto loops = withSet([]<InstructionSet kSet>() { return layerNormLoops<kSet, T>(); });
        overRows(x.size(0), x.size(1),
                 [&](std::int64_t first, std::int64_t last) { loops.forward(rows, first, last); });
    });
}

void layerNormBackward(const at::Tensor& dx, const LayerNormGradient& gradient, const LayerWeight& weight)
{
    const at::NoGradGuard guard;
    const LayerWeight wide = widened(weight, computed(dx.scalar_type()));
    if (!dx.is_cpu())
        return plainBackward(dx, gradient, wide);
    checkBackward(dx, gradient, wide);
    withType(dx.scalar_type(), [&]<class T>() {
        using C = Compute<T>;
        const LayerNormBackward<T> rows{rowsOf<T>(dx),
                                        rowsOf<const T>(gradient.dNormed),
                                        rowsOf<const T>(gradient.sum),
                                        rowsOf<const T>(gradient.dSum),
                                        flatOf<C>(gradient.mean),
                                        flatOf<C>(gradient.inverse),
                                        flatOf<C>(wide.weight),
                                        dx.size(1)};
        const auto loops = withSet([]<InstructionSet kSet>() { return layerNormLoops<kSet, T>(); });
        overRows(dx.size(0), dx.size(1),
                 [&](std::int64_t first, std::int64_t last) { loops.backward(rows, first, last); });
    });
}

LayerWeightGradient layerNormWeightGradient(const LayerNormGradient& gradient)
{
    const at::NoGradGuard guard;
    const at::Tensor along = normalised(gradient);
    const at::Tensor dy = gradient.dNormed.to(along.scalar_type());
    return {(dy * along).sum(0), dy.sum(0)};
}

} // namespace lens::kernels
