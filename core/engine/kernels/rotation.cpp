// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/rotation.h"

#include "core/base/error.h"
#include "core/engine/kernels/dispatch.h"
#include "core/engine/kernels/rotary_loops.h"

#include <ATen/ATen.h>

namespace lens::kernels {
namespace {

void rotatePlainly(const at::Tensor& x, const at::Tensor& cosine, const at::Tensor& sine, int sign)
{
    const std::int64_t half = cosine.size(1);
    at::Tensor low = x.narrow(2, 0, half);
    at::Tensor high = x.narrow(2, half, half);
    const at::Tensor c = cosine.unsqueeze(1);
    const at::Tensor s = sine.unsqueeze(1).mul(sign);
    const at::Tensor first = low.to(c.scalar_type());
    const at::Tensor second = high.to(c.scalar_type());
    const at::Tensor turned = first * c - second * s;
    high.copy_(second * c + first * s);
    low.copy_(turned);
}

void check(const at::Tensor& x, const at::Tensor& cosine, const at::Tensor& sine)
{
    const at::ScalarType type = x.scalar_type() == at::kDouble ? at::kDouble : at::kFloat;
    if (x.dim() != 3 || (x.size(2) > 1 && x.stride(2) != 1) || cosine.dim() != 2 ||
        2 * cosine.size(1) > x.size(2))
        throw Error("x is not (tokens, heads, d) with unit stride in the last, of at least twice the angles",
                    "kernels: rotateInPlace");
    checkRows(cosine, x.size(0), cosine.size(1), type, "cosine");
    checkRows(sine, x.size(0), cosine.size(1), type, "sine");
}

} // namespace

void rotateInPlace(const at::Tensor& x, const at::Tensor& cosine, const at::Tensor& sine, int sign)
{
    const at::NoGradGuard guard;
    if (!x.is_cpu())
        return rotatePlainly(x, cosine, sine, sign);
    check(x, cosine, sine);
    withType(x.scalar_type(), [&]<class T>() {
        const RotaryRows<T> rows{rowsOf<T>(x),
                                 x.stride(1),
                                 x.size(1),
                                 rowsOf<const Compute<T>>(cosine),
                                 rowsOf<const Compute<T>>(sine),
                                 cosine.size(1),
                                 static_cast<Compute<T>>(sign)};
        const RotaryLoop<T> loop = withSet([]<InstructionSet kSet>() { return rotaryLoop<kSet, T>(); });
        overRows(x.size(0), x.size(1) * x.size(2),
                 [&](std::int64_t first, std::int64_t last) { loop(rows, first, last); });
    });
}

} // namespace lens::kernels
