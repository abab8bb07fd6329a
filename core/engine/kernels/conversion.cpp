// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/conversion.h"

#include "core/engine/kernels/conversion_loops.h"
#include "core/engine/kernels/dispatch.h"

#include <ATen/ATen.h>

namespace lens::kernels {
namespace {

template <class To, class From>
void run(const at::Tensor& out, const at::Tensor& x, double scale, bool add)
{
    const ConversionRows<To, From> rows{rowsOf<To>(out), rowsOf<const From>(x), x.size(1), scale};
    const auto loops = withSet([]<InstructionSet kSet>() { return conversionLoops<kSet, To, From>(); });
    const auto loop = add ? loops.add : loops.convert;
    overRows(x.size(0), x.size(1), [&](std::int64_t first, std::int64_t last) { loop(rows, first, last); });
}

void runPlainly(const at::Tensor& out, const at::Tensor& x, double scale, bool add)
{
    at::Tensor target = out;
    if (add)
        target.add_(x, scale);
    else if (scale == 1)
        target.copy_(x);
    else
        target.copy_(x.to(x.scalar_type() == at::kDouble ? at::kDouble : at::kFloat).mul(scale));
}

void runAny(const at::Tensor& out, const at::Tensor& x, double scale, bool add)
{
    const at::NoGradGuard guard;
    const at::ScalarType to = out.scalar_type();
    const at::ScalarType from = x.scalar_type();
    if (!out.is_cpu() || !x.is_cpu())
        return runPlainly(out, x, scale, add);
    checkRows(x, x.size(0), x.dim() == 2 ? x.size(1) : 0, from, "x");
    checkRows(out, x.size(0), x.size(1), to, "out");
    if (to == at::kFloat && from == at::kFloat)
        return run<float, float>(out, x, scale, add);
    if (to == at::kFloat && from == at::kBFloat16)
        return run<float, Bfloat16>(out, x, scale, add);
    if (to == at::kBFloat16 && from == at::kFloat)
        return run<Bfloat16, float>(out, x, scale, add);
    if (to == at::kBFloat16 && from == at::kBFloat16)
        return run<Bfloat16, Bfloat16>(out, x, scale, add);
    if (to == at::kDouble && from == at::kDouble)
        return run<double, double>(out, x, scale, add);
    runPlainly(out, x, scale, add);
}

} // namespace

void convert(const at::Tensor& out, const at::Tensor& x, double scale)
{
    runAny(out, x, scale, false);
}

void addScaled(const at::Tensor& out, const at::Tensor& x, double scale)
{
    runAny(out, x, scale, true);
}

void splitHalves(const at::Tensor& high, const at::Tensor& low, const at::Tensor& x, double scale,
                 const at::Tensor& highAgain)
{
    const at::NoGradGuard guard;
    if (!x.is_cpu()) {
        const at::Tensor value = x.mul(scale);
        at::Tensor(high).copy_(value);
        at::Tensor(low).copy_(value - high);
        if (highAgain.defined())
            at::Tensor(highAgain).copy_(high);
        return;
    }
    const std::int64_t width = x.dim() == 2 ? x.size(1) : 0;
    checkRows(x, x.size(0), width, at::kFloat, "x");
    checkRows(high, x.size(0), width, at::kBFloat16, "high");
    checkRows(low, x.size(0), width, at::kBFloat16, "low");
    if (highAgain.defined())
        checkRows(highAgain, x.size(0), width, at::kBFloat16, "highAgain");
    const SplitRows rows{rowsOf<Bfloat16>(high),
                         rowsOf<Bfloat16>(low),
                         rowsOf<Bfloat16>(highAgain),
                         rowsOf<const float>(x),
                         width,
                         static_cast<float>(scale)};
    const SplitLoop loop = withSet([]<InstructionSet kSet>() { return splitLoop<kSet>(); });
    overRows(x.size(0), width, [&](std::int64_t first, std::int64_t last) { loop(rows, first, last); });
}

} // namespace lens::kernels
