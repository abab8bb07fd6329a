// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/vector_sums.h"

#include "core/engine/kernels/sums.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace lens {

double sumOfSquares(const at::Tensor& a)
{
    if (!a.device().is_cpu()) {
        const at::Tensor x = a.to(at::kDouble);
        return at::dot(x, x).item<double>();
    }
    constexpr std::int64_t kBlock = 1 << 16;
    const float* x = a.data_ptr<float>();
    const std::int64_t blocks = (a.numel() + kBlock - 1) / kBlock;
    std::vector<double> parts(static_cast<std::size_t>(blocks));
    at::parallel_for(0, blocks, 1, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t block = first; block < last; ++block)
            parts[static_cast<std::size_t>(block)] =
                kernels::sumSquares(x + block * kBlock, std::min(kBlock, a.numel() - block * kBlock));
    });
    double total = 0;
    for (const double part : parts)
        total += part;
    return total;
}

std::int64_t nonFiniteElements(const at::Tensor& a)
{
    return a.numel() - at::isfinite(a).sum().item<std::int64_t>();
}

std::optional<double> cosineOf(double products, double squaresOfA, double squaresOfB)
{
    if (squaresOfA == 0 || squaresOfB == 0)
        return std::nullopt;
    const double cosine = products / (std::sqrt(squaresOfA) * std::sqrt(squaresOfB));
    return std::isnan(cosine) ? cosine : std::clamp(cosine, -1.0, 1.0);
}

} // namespace lens
