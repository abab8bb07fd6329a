// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/factor_numbers.h"

#include <ATen/Functions.h>

#include <map>
#include <tuple>

namespace lens {
namespace {

// ‖L R‖ of (k, m, q) and (k, q, n): √tr((LᵀL)(RRᵀ)).
at::Tensor productNorm(const at::Tensor& left, const at::Tensor& right)
{
    const at::Tensor gramLeft = left.transpose(1, 2).bmm(left);
    const at::Tensor gramRight = right.bmm(right.transpose(1, 2));
    return gramLeft.mul_(gramRight).sum({1, 2}).clamp_min_(0).sqrt_();
}

// Modules whose factors have the same shapes.
std::vector<std::vector<std::size_t>> groupsOf(const std::vector<AdaptedModule>& modules)
{
    std::map<std::tuple<int, std::int64_t, std::int64_t>, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < modules.size(); ++i)
        groups[{modules[i].rank, modules[i].inFeatures, modules[i].outFeatures}].push_back(i);
    std::vector<std::vector<std::size_t>> list;
    for (auto& [shapes, members] : groups)
        list.push_back(std::move(members));
    return list;
}

struct Factors {
    at::Tensor a; // (k, r, in)
    at::Tensor b; // (k, out, r)
};

Factors stacked(const Model& model, const at::Tensor& flat, const std::vector<std::size_t>& group)
{
    std::vector<at::Tensor> a;
    std::vector<at::Tensor> b;
    const auto viewOf = [&](int index) {
        const ParameterSlice& slice = model.parameters().slices()[static_cast<std::size_t>(index)];
        return flat.narrow(0, slice.offset, slice.elements).view(slice.shape);
    };
    for (const std::size_t i : group) {
        a.push_back(viewOf(model.modules()[i].sliceA));
        b.push_back(viewOf(model.modules()[i].sliceB));
    }
    return {at::stack(a), at::stack(b)};
}

Factors stacked(const std::vector<LowRankFactors>& factors, const std::vector<std::size_t>& group)
{
    std::vector<at::Tensor> a;
    std::vector<at::Tensor> b;
    for (const std::size_t i : group) {
        a.push_back(factors[i].a);
        b.push_back(factors[i].b);
    }
    return {at::stack(a), at::stack(b)};
}

} // namespace

at::Tensor factorNumbers(const at::Tensor& a, const at::Tensor& newA, const at::Tensor& b,
                         const at::Tensor& newB)
{
    const at::Tensor oldA = a.to(at::kDouble);
    const at::Tensor oldB = b.to(at::kDouble);
    const at::Tensor wideA = newA.to(at::kDouble);
    const at::Tensor wideB = newB.to(at::kDouble);
    // B'A' − BA = [B' − B, B'] [A; A' − A]
    const at::Tensor distance =
        productNorm(at::cat({wideB - oldB, wideB}, 2), at::cat({oldA, wideA - oldA}, 1));
    return at::stack({wideA.square().sum({1, 2}).sqrt_(), wideB.square().sum({1, 2}).sqrt_(),
                      productNorm(wideB, wideA), distance},
                     1);
}

ModuleNumbers moduleNumbers(const Model& model, const at::Tensor& before, const at::Tensor& after,
                            const std::vector<LowRankFactors>& initial)
{
    ModuleNumbers result;
    std::vector<at::Tensor> parts;
    for (const std::vector<std::size_t>& group : groupsOf(model.modules())) {
        const Factors old = stacked(model, before, group);
        const Factors now = stacked(model, after, group);
        parts.push_back(factorNumbers(old.a, now.a, old.b, now.b));
        if (!initial.empty()) {
            const Factors first = stacked(initial, group);
            parts.back().select(1, 2).copy_(factorNumbers(first.a, now.a, first.b, now.b).select(1, 3));
        }
        result.modules.insert(result.modules.end(), group.begin(), group.end());
    }
    result.numbers = at::cat(parts);
    return result;
}

} // namespace lens
