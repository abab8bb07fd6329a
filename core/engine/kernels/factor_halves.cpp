// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/factor_halves.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <cstring>

namespace lens::kernels {
namespace {

using Half = std::uint16_t; // the bits of a bfloat16

constexpr std::int64_t kElementsOfATask = 1 << 14;

// To nearest, ties to even; NaN stays one.
inline Half rounded(float x)
{
    std::uint32_t bits = 0;
    std::memcpy(&bits, &x, sizeof bits);
    const std::uint32_t up = (bits + 0x7FFFu + ((bits >> 16) & 1u)) >> 16;
    return static_cast<Half>((bits & 0x7FFFFFFFu) > 0x7F800000u ? 0x7FC0u : up);
}

inline float widened(Half x)
{
    const std::uint32_t bits = static_cast<std::uint32_t>(x) << 16;
    float result = 0;
    std::memcpy(&result, &bits, sizeof result);
    return result;
}

Half* halvesOf(const at::Tensor& x)
{
    return reinterpret_cast<Half*>(x.data_ptr<at::BFloat16>());
}

template <typename Work>
void forEachRow(std::int64_t rows, std::int64_t width, const Work& work)
{
    const std::int64_t grain = std::max<std::int64_t>(1, kElementsOfATask / std::max<std::int64_t>(1, width));
    at::parallel_for(0, rows, grain, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row)
            work(row);
    });
}

at::Tensor highOf(const at::Tensor& x)
{
    return x.to(at::kBFloat16);
}

} // namespace

void joinHalves(const at::Tensor& products, double scale, const at::Tensor& halves)
{
    const std::int64_t n = products.size(1) / 2;
    if (!products.device().is_cpu()) {
        const at::Tensor sum = (products.narrow(1, 0, n) + products.narrow(1, n, n)).mul_(scale);
        const at::Tensor high = highOf(sum);
        halves.narrow(1, 0, n).copy_(high);
        halves.narrow(1, n, n).copy_(sum.sub(high.to(at::kFloat)));
        return;
    }
    const float* from = products.data_ptr<float>();
    const auto factor = static_cast<float>(scale);
    forEachRow(products.size(0), n, [&](std::int64_t row) {
        const float* source = from + row * products.stride(0);
        Half* target = halvesOf(halves) + row * halves.stride(0);
        for (std::int64_t i = 0; i < n; ++i) {
            const float value = factor * (source[i] + source[n + i]);
            target[i] = rounded(value);
            target[n + i] = rounded(value - widened(target[i]));
        }
    });
}

void placeHalves(const at::Tensor& halves, const at::Tensor& first, const at::Tensor& rest)
{
    const std::int64_t n = halves.size(1) / 2;
    if (!halves.device().is_cpu()) {
        first.narrow(1, 0, n).copy_(halves.narrow(1, 0, n));
        first.narrow(1, n, n).copy_(halves.narrow(1, 0, n));
        rest.copy_(halves.narrow(1, n, n));
        return;
    }
    const std::size_t bytes = static_cast<std::size_t>(n) * sizeof(Half);
    forEachRow(halves.size(0), n, [&](std::int64_t row) {
        const Half* source = halvesOf(halves) + row * halves.stride(0);
        Half* begin = halvesOf(first) + row * first.stride(0);
        std::memcpy(begin, source, bytes);
        std::memcpy(begin + n, source, bytes);
        std::memcpy(halvesOf(rest) + row * rest.stride(0), source + n, bytes);
    });
}

} // namespace lens::kernels
