// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Everything in which the supported LibTorch versions (1.13 … 2.x) differ, and the few parts of it that every
// file of core/engine needs. No other header of the engine looks at the version.
#pragma once

#include <ATen/Context.h>
#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>
#include <c10/core/GradMode.h>
#include <torch/version.h>

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 1)
#define LENS_HAS_FUSED_ATTENTION
#include <ATen/ops/scaled_dot_product_attention.h>
#endif

#include <cstdint>
#include <optional>
#include <vector>

namespace lens {

// A random generator of its own, independent of LibTorch's default one. CPU and CUDA alike.
inline at::Generator newGenerator(at::Device device, std::uint64_t seed)
{
    at::Generator generator = at::globalContext().defaultGenerator(device).clone();
    generator.set_current_seed(seed);
    return generator;
}

// A shape as ATen takes it; a std::vector<std::int64_t> converts by itself in all versions.
using Shape = std::vector<std::int64_t>;

// softmax(scale q kᵀ) v by LibTorch's fused kernels, where it has them (2.1 and later), differentiable.
// q (heads, queries, d), k and v (keyHeads, keys, d) → (heads, queries, d). causal: query i sees keys j ≤ i.
#ifdef LENS_HAS_FUSED_ATTENTION
inline std::optional<at::Tensor> fusedAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                                                bool causal, double scale)
{
    const auto group = q.size(0) / k.size(0);
    const auto repeated = [group](const at::Tensor& x) {
        return group == 1 ? x.unsqueeze(0)
                          : x.unsqueeze(1).expand({-1, group, -1, -1}).reshape({1, -1, x.size(1), x.size(2)});
    };
    return at::scaled_dot_product_attention(q.unsqueeze(0), repeated(k), repeated(v), {}, 0.0, causal, scale)
        .squeeze(0);
}
#else
inline std::optional<at::Tensor> fusedAttention(const at::Tensor&, const at::Tensor&, const at::Tensor&, bool,
                                                double)
{
    return std::nullopt;
}
#endif

} // namespace lens
