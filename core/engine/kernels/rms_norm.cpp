// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/rms_norm.h"

#include "core/engine/kernels/dispatch.h"
#include "core/engine/kernels/norm_loops.h"

#include <ATen/ATen.h>

namespace lens::kernels {
namespace {

at::ScalarType computed(at::ScalarType type)
{
    return type == at::kDouble ? at::kDouble : at::kFloat;
}

// The factor of normalised values, as it is computed with.
at::Tensor factorOf(const RmsWeight& weight, at::ScalarType type)
{
    const at::Tensor wide = weight.weight.detach().to(type).contiguous();
    return weight.onePlus ? wide.add(1) : wide;
}

void plainForward(const NormOutputs& out, const at::Tensor& x, const at::Tensor& residual,
                  const RmsWeight& weight)
{
    at::Tensor sum = out.sum;
    if (residual.defined())
        at::add_out(sum, x, residual);
    else if (sum.defined())
        sum.copy_(x);
    const at::ScalarType type = computed(x.scalar_type());
    const at::Tensor wide = (sum.defined() ? sum : x).to(type);
    const at::Tensor inverse = wide.square().mean(-1, true).add_(weight.epsilon).rsqrt_();
    at::Tensor value = wide * inverse;
    if (!weight.onePlus)
        value = value.to(x.scalar_type()).to(type);
    at::Tensor(out.normed).copy_(value.mul_(factorOf(weight, type)));
    at::Tensor(out.inverse).copy_(inverse.squeeze(-1));
}

void plainBackward(const at::Tensor& dx, const NormGradient& gradient, const RmsWeight& weight)
{
    const at::ScalarType type = gradient.inverse.scalar_type();
    const at::Tensor inverse = gradient.inverse.unsqueeze(-1);
    const at::Tensor normalised = gradient.sum.to(type) * inverse;
    at::Tensor wide = gradient.dNormed.to(type) * factorOf(weight, type);
    const at::Tensor mean = (wide * normalised).mean(-1, true);
    wide.sub_(normalised.mul(mean)).mul_(inverse);
    if (gradient.dSum.defined())
        wide.add_(gradient.dSum);
    at::Tensor(dx).copy_(wide);
}

void checkForward(const NormOutputs& out, const at::Tensor& x, const at::Tensor& residual,
                  const at::Tensor& factor)
{
    const std::int64_t rows = x.size(0);
    const std::int64_t width = x.size(1);
    const at::ScalarType type = x.scalar_type();
    checkRows(x, rows, width, type, "x");
    checkRows(out.normed, rows, width, type, "normed");
    checkFlat(out.inverse, rows, computed(type), "inverse");
    checkFlat(factor, width, computed(type), "weight");
    if (residual.defined())
        checkRows(residual, rows, width, type, "residual");
    if (residual.defined() || out.sum.defined())
        checkRows(out.sum, rows, width, type, "sum");
}

void checkBackward(const at::Tensor& dx, const NormGradient& gradient, const at::Tensor& factor)
{
    const std::int64_t rows = dx.size(0);
    const std::int64_t width = dx.size(1);
    const at::ScalarType type = dx.scalar_type();
    checkRows(dx, rows, width, type, "dx");
    checkRows(gradient.dNormed, rows, width, type, "dNormed");
    checkRows(gradient.sum, rows, width, type, "sum");
    checkFlat(gradient.inverse, rows, computed(type), "inverse");
    checkFlat(factor, width, computed(type), "weight");
    if (gradient.dSum.defined())
        checkRows(gradient.dSum, rows, width, type, "dSum");
}

} // namespace

void rmsNorm(const NormOutputs& out, const at::Tensor& x, const at::Tensor& residual, const RmsWeight& weight)
{
    const at::NoGradGuard guard;
    if (!x.is_cpu())
        return plainForward(out, x, residual, weight);
    const at::Tensor factor = factorOf(weight, computed(x.scalar_type()));
    checkForward(out, x, residual, factor);
    withType(x.scalar_type(), [&]<class T>() {
        const NormForward<T> arguments{rowsOf<const T>(x),
                                       rowsOf<const T>(residual),
                                       rowsOf<T>(out.sum),
                                       rowsOf<T>(out.normed),
                                       flatOf<Compute<T>>(out.inverse),
                                       flatOf<Compute<T>>(factor),
                                       x.size(1),
                                       weight.epsilon,
                                       !weight.onePlus};
        const NormLoops<T> loops = withSet([]<InstructionSet kSet>() { return normLoops<kSet, T>(); });
        overRows(x.size(0), x.size(1),
                 [&](std::int64_t first, std::int64_t last) { loops.forward(arguments, first, last); });
    });
}

void rmsNormBackward(const at::Tensor& dx, const NormGradient& gradient, const RmsWeight& weight)
{
    const at::NoGradGuard guard;
    if (!dx.is_cpu())
        return plainBackward(dx, gradient, weight);
    const at::Tensor factor = factorOf(weight, computed(dx.scalar_type()));
    checkBackward(dx, gradient, factor);
    withType(dx.scalar_type(), [&]<class T>() {
        const NormBackward<T> arguments{rowsOf<T>(dx),
                                        rowsOf<const T>(gradient.dNormed),
                                        rowsOf<const T>(gradient.sum),
                                        rowsOf<const T>(gradient.dSum),
                                        flatOf<Compute<T>>(gradient.inverse),
                                        flatOf<Compute<T>>(factor),
                                        dx.size(1)};
        const NormLoops<T> loops = withSet([]<InstructionSet kSet>() { return normLoops<kSet, T>(); });
        overRows(dx.size(0), dx.size(1),
                 [&](std::int64_t first, std::int64_t last) { loops.backward(arguments, first, last); });
    });
}

at::Tensor rmsNormWeightGradient(const NormGradient& gradient)
{
    const at::NoGradGuard guard;
    const at::ScalarType type = gradient.inverse.scalar_type();
    const at::Tensor normalised = gradient.sum.to(type) * gradient.inverse.unsqueeze(-1);
    return (gradient.dNormed.to(type) * normalised).sum(0);
}

} // namespace lens::kernels
