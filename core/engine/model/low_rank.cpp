// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/low_rank.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <string>
#include <tuple>

namespace lens {
namespace {

struct Decomposition {
    at::Tensor u;  // (out, r)
    at::Tensor s;  // (r)
    at::Tensor vt; // (r, in)
};

Decomposition exact(const at::Tensor& weight, std::int64_t rank)
{
    const auto [u, s, vt] = at::linalg_svd(weight, false);
    return {u.narrow(1, 0, rank), s.narrow(0, 0, rank), vt.narrow(0, 0, rank)};
}

at::Tensor orthonormal(const at::Tensor& x)
{
    return std::get<0>(at::linalg_qr(x));
}

Decomposition approximate(const at::Tensor& weight, std::int64_t rank, int rounds, at::Generator& random)
{
    const at::Tensor start =
        at::empty({weight.size(1), rank}, at::kFloat).normal_(0, 1, random).to(weight.device());
    at::Tensor q = orthonormal(weight.mm(start)); // (out, r)
    for (int i = 0; i < rounds; ++i)
        q = orthonormal(weight.mm(orthonormal(weight.t().mm(q))));
    Decomposition small = exact(q.t().mm(weight), rank);
    small.u = q.mm(small.u);
    return small;
}

} // namespace

LowRankFactors principalFactors(const at::Tensor& weight, std::int64_t rank, double scale,
                                std::optional<int> rounds, at::Generator& random, const std::string& where)
{
    const at::NoGradGuard guard;
    if (rank > std::min(weight.size(0), weight.size(1)))
        throw Error("has no " + std::to_string(rank) + " singular values", where,
                    "PiSSA needs a rank of at most " +
                        std::to_string(std::min(weight.size(0), weight.size(1))));
    if (!(scale > 0))
        throw Error("PiSSA needs a scale above 0", where);
    const at::Tensor wide = weight.to(at::kFloat);
    const Decomposition parts = rounds ? approximate(wide, rank, *rounds, random) : exact(wide, rank);
    const at::Tensor root = parts.s.div(scale).sqrt_();
    return {parts.vt.mul(root.unsqueeze(1)).contiguous(), parts.u.mul(root).contiguous()};
}

at::Tensor residual(const at::Tensor& weight, const LowRankFactors& factors, double scale)
{
    const at::NoGradGuard guard;
    return at::addmm(weight.to(at::kFloat), factors.b, factors.a, 1, -scale).to(weight.scalar_type());
}

} // namespace lens
