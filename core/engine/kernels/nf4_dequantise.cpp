// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/error.h"
#include "core/engine/kernels/nf4.h"
#include "core/engine/kernels/nf4_blocks.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <vector>

namespace lens {
namespace {

constexpr std::int64_t kValuesAtOnce = 1 << 15; // for which a thread is worth while

// The scales of blocks first … last of a matrix on the CPU.
void readScales(const Nf4Tensors& from, std::int64_t first, std::int64_t last, float* scales)
{
    if (!from.nestedAbsmax.defined()) {
        std::copy_n(from.absmax.data_ptr<float>() + first, last - first + 1, scales);
        return;
    }
    const auto* codes = from.absmax.data_ptr<std::uint8_t>();
    const float* map = from.nestedMap.data_ptr<float>();
    const float* nested = from.nestedAbsmax.data_ptr<float>();
    for (std::int64_t b = first; b <= last; ++b)
        scales[b - first] = map[codes[b]] * nested[b / from.nestedBlock] + from.offset;
}

void copyValue(float value, float& out)
{
    out = value;
}

void copyValue(float value, double& out)
{
    out = value;
}

void copyValue(float value, at::BFloat16& out)
{
    out = value;
}

void blocks(const Nf4Functions& functions, const std::uint8_t* codes, const float* scales, std::int64_t count,
            std::int64_t block, float* out)
{
    functions.toFloat(codes, scales, count, block, out);
}

void blocks(const Nf4Functions& functions, const std::uint8_t* codes, const float* scales, std::int64_t count,
            std::int64_t block, at::BFloat16* out)
{
    functions.toBFloat16(codes, scales, count, block, reinterpret_cast<std::uint16_t*>(out));
}

// Needed in tests of gradients only.
void blocks(const Nf4Functions& functions, const std::uint8_t* codes, const float* scales, std::int64_t count,
            std::int64_t block, double* out)
{
    std::vector<float> floats(static_cast<std::size_t>(count));
    functions.toFloat(codes, scales, count, block, floats.data());
    std::copy(floats.begin(), floats.end(), out);
}

// Values first … end − 1 of the whole matrix, with the scales from the block of the first on.
template <typename T>
void dequantiseRun(const Nf4Functions& functions, const std::uint8_t* codes, const float* scales,
                   std::int64_t first, std::int64_t end, std::int64_t block, T* out)
{
    const std::int64_t begin = first;
    const std::int64_t firstBlock = first / block;
    const auto single = [&](std::int64_t to) {
        for (; first < to; ++first) {
            const int code = codes[first / 2] >> (first % 2 == 0 ? 4 : 0) & 15;
            copyValue(kNf4Levels[static_cast<std::size_t>(code)] * scales[first / block - firstBlock],
                      out[first - begin]);
        }
    };
    if (first % block != 0)
        single(std::min(end, (firstBlock + 1) * block));
    const std::int64_t whole = (end - first) / block * block;
    if (whole > 0) {
        blocks(functions, codes + first / 2, scales + (first / block - firstBlock), whole, block,
               out + (first - begin));
        first += whole;
    }
    single(end);
}

// `out` has unit stride in its rows.
template <typename T>
void dequantiseRows(const Nf4Tensors& from, const at::Tensor& out)
{
    const std::int64_t columns = out.size(1);
    const std::int64_t stride = out.stride(0);
    T* values = out.data_ptr<T>();
    const Nf4Functions functions = nf4Functions();
    const auto* codes = from.codes.data_ptr<std::uint8_t>();
    const std::int64_t grain = std::max<std::int64_t>(1, kValuesAtOnce / columns);
    at::parallel_for(0, out.size(0), grain, [&](std::int64_t begin, std::int64_t end) {
        std::vector<float> scales(static_cast<std::size_t>(columns / from.block + 2));
        for (std::int64_t row = begin; row < end; ++row) {
            const std::int64_t first = row * columns;
            readScales(from, first / from.block, (first + columns - 1) / from.block, scales.data());
            dequantiseRun(functions, codes, scales.data(), first, first + columns, from.block,
                          values + row * stride);
        }
    });
}

} // namespace

void dequantiseNf4(const Nf4Tensors& from, const at::Tensor& out)
{
    if (out.numel() == 0)
        return;
    if (!out.device().is_cpu() || out.stride(1) != 1) {
        dequantiseNf4ByTensors(from, out);
        return;
    }
    switch (out.scalar_type()) {
    case at::kFloat:
        return dequantiseRows<float>(from, out);
    case at::kBFloat16:
        return dequantiseRows<at::BFloat16>(from, out);
    case at::kDouble:
        return dequantiseRows<double>(from, out);
    default:
        dequantiseNf4ByTensors(from, out);
    }
}

at::Tensor nf4Scales(const Nf4Tensors& from)
{
    if (!from.nestedAbsmax.defined())
        return from.absmax;
    const at::Tensor nested =
        from.nestedAbsmax.repeat_interleave(from.nestedBlock).narrow(0, 0, from.absmax.numel());
    return from.nestedMap.index_select(0, from.absmax.to(at::kInt)).mul_(nested).add_(from.offset);
}

void dequantiseNf4ByTensors(const Nf4Tensors& from, const at::Tensor& out)
{
    const at::NoGradGuard guard;
    const std::int64_t count = out.numel();
    const at::Tensor scales = nf4Scales(from);
    const at::Tensor levels = at::empty({16}, at::kFloat);
    std::copy(kNf4Levels.begin(), kNf4Levels.end(), levels.data_ptr<float>());
    // Both values of a byte at once: (256, 2).
    const at::Tensor pairs =
        at::stack({levels.repeat_interleave(16), levels.repeat({16})}, 1).to(out.device());
    at::Tensor values = pairs.index_select(0, from.codes.to(at::kInt)).view({-1});
    const std::int64_t whole = count / from.block * from.block;
    if (whole > 0)
        values.narrow(0, 0, whole)
            .view({-1, from.block})
            .mul_(scales.narrow(0, 0, whole / from.block).unsqueeze(1));
    if (whole < count)
        values.narrow(0, whole, count - whole).mul_(scales.narrow(0, whole / from.block, 1));
    out.copy_(values.narrow(0, 0, count).view(out.sizes()));
}

} // namespace lens
