// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A matrix as the product of two thin ones, and the largest such part of a weight (PiSSA, Meng et al. 2024,
// arXiv 2404.02948). Plain tensors, no gradients.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <string>

namespace lens {

struct LowRankFactors {
    at::Tensor a; // (r, in) float32
    at::Tensor b; // (out, r) float32
};

// Factors with s B A = the part of `weight` (out, in) with the r largest singular values: A = √(S/s) Vᵀ,
// B = U √(S/s). `rounds`: by that many rounds of subspace iteration from random vectors (Halko et al. 2009,
// algorithm 4.4) in place of a full decomposition. Throws Error if the weight has no r singular values;
// `where` names it.
LowRankFactors principalFactors(const at::Tensor& weight, std::int64_t rank, double scale,
                                std::optional<int> rounds, at::Generator& random, const std::string& where);

// W − s B A of a weight (out, in), computed in float32, in the weight's type.
at::Tensor residual(const at::Tensor& weight, const LowRankFactors& factors, double scale);

} // namespace lens
