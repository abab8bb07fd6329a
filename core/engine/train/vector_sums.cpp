// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/vector_sums.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace lens {
namespace {

constexpr std::int64_t kBlock = 1 << 16;
constexpr std::size_t kLanes = 8; // independent sums, so that the compiler may use vector registers

PairSums sumsOfBlock(const float* a, const float* b, std::int64_t count)
{
    std::array<double, kLanes> squaresOfA{};
    std::array<double, kLanes> squaresOfB{};
    std::array<double, kLanes> products{};
    std::int64_t i = 0;
    for (; i + static_cast<std::int64_t>(kLanes) <= count; i += static_cast<std::int64_t>(kLanes)) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            const auto x = static_cast<double>(a[i + static_cast<std::int64_t>(lane)]);
            const auto y = static_cast<double>(b[i + static_cast<std::int64_t>(lane)]);
            squaresOfA[lane] += x * x;
            squaresOfB[lane] += y * y;
            products[lane] += x * y;
        }
    }
    PairSums sums;
    for (; i < count; ++i) {
        const auto x = static_cast<double>(a[i]);
        const auto y = static_cast<double>(b[i]);
        sums.squaresOfA += x * x;
        sums.squaresOfB += y * y;
        sums.products += x * y;
    }
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
        sums.squaresOfA += squaresOfA[lane];
        sums.squaresOfB += squaresOfB[lane];
        sums.products += products[lane];
    }
    return sums;
}

double squaresOfBlock(const float* a, std::int64_t count)
{
    std::array<double, kLanes> squares{};
    std::int64_t i = 0;
    for (; i + static_cast<std::int64_t>(kLanes) <= count; i += static_cast<std::int64_t>(kLanes)) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            const auto x = static_cast<double>(a[i + static_cast<std::int64_t>(lane)]);
            squares[lane] += x * x;
        }
    }
    double sum = 0;
    for (; i < count; ++i)
        sum += static_cast<double>(a[i]) * static_cast<double>(a[i]);
    for (const double lane : squares)
        sum += lane;
    return sum;
}

// Calls work(block, begin, count) for every block, on the threads of LibTorch where it pays.
template <typename Work>
void forEachBlock(std::int64_t elements, const Work& work)
{
    const std::int64_t blocks = (elements + kBlock - 1) / kBlock;
    at::parallel_for(0, blocks, 4, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t block = first; block < last; ++block)
            work(static_cast<std::size_t>(block), block * kBlock,
                 std::min(kBlock, elements - block * kBlock));
    });
}

std::size_t blocksOf(const at::Tensor& a)
{
    return static_cast<std::size_t>((a.numel() + kBlock - 1) / kBlock);
}

} // namespace

PairSums pairSums(const at::Tensor& a, const at::Tensor& b)
{
    PairSums total;
    if (!a.device().is_cpu()) {
        const at::Tensor x = a.to(at::kDouble);
        const at::Tensor y = b.to(at::kDouble);
        const at::Tensor sums = at::stack({at::dot(x, x), at::dot(y, y), at::dot(x, y)}).cpu();
        const double* values = sums.data_ptr<double>();
        return {values[0], values[1], values[2]};
    }
    const float* x = a.data_ptr<float>();
    const float* y = b.data_ptr<float>();
    std::vector<PairSums> parts(blocksOf(a));
    forEachBlock(a.numel(), [&](std::size_t block, std::int64_t begin, std::int64_t count) {
        parts[block] = sumsOfBlock(x + begin, y + begin, count);
    });
    for (const PairSums& part : parts) {
        total.squaresOfA += part.squaresOfA;
        total.squaresOfB += part.squaresOfB;
        total.products += part.products;
    }
    return total;
}

double sumOfSquares(const at::Tensor& a)
{
    if (!a.device().is_cpu()) {
        const at::Tensor x = a.to(at::kDouble);
        return at::dot(x, x).item<double>();
    }
    const float* x = a.data_ptr<float>();
    std::vector<double> parts(blocksOf(a));
    forEachBlock(a.numel(), [&](std::size_t block, std::int64_t begin, std::int64_t count) {
        parts[block] = squaresOfBlock(x + begin, count);
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
