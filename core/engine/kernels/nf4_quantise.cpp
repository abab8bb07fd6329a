// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/error.h"
#include "core/engine/kernels/nf4.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <bit>

namespace lens {
namespace {

constexpr float kLeastScale = 1e-38f; // below it 1 / scale could be infinite
constexpr std::uint32_t kInfinityBits = 0x7f800000u;

// Where one level ends and the next begins; exactly between two the lower one is taken.
template <std::size_t Count>
std::array<float, Count - 1> middlesOf(const std::array<float, Count>& levels)
{
    std::array<float, Count - 1> middles{};
    for (std::size_t i = 0; i + 1 < Count; ++i)
        middles[i] = (levels[i] + levels[i + 1]) / 2;
    return middles;
}

// Bits of the largest magnitude: ordered as the magnitudes are, infinities and NaNs last.
std::uint32_t largestBits(const float* values, std::int64_t count)
{
    std::uint32_t largest = 0;
    for (std::int64_t i = 0; i < count; ++i)
        largest = std::max(largest, std::bit_cast<std::uint32_t>(values[i]) & 0x7fffffffu);
    return largest;
}

// One block of up to kNf4Block values to codes.
void codesOf(const float* values, std::int64_t count, float scale, std::uint8_t* packed)
{
    static const auto middles = middlesOf(kNf4Levels);
    const float inverse = 1 / std::max(scale, kLeastScale);
    float scaled[kNf4Block] = {};
    for (std::int64_t i = 0; i < count; ++i)
        scaled[i] = values[i] * inverse;
    std::int32_t codes[kNf4Block] = {};
    for (const float middle : middles)
        for (std::int64_t i = 0; i < kNf4Block; ++i)
            codes[i] += scaled[i] > middle ? 1 : 0;
    for (std::int64_t i = 0; i < count; i += 2)
        packed[i / 2] =
            static_cast<std::uint8_t>(codes[i] << 4 | codes[i + 1]); // past the end: the code of 0
}

void nest(Nf4Tensors& tensors)
{
    static const auto middles = middlesOf(dynamicMap());
    const at::Tensor scales = tensors.absmax;
    const std::int64_t count = scales.numel();
    tensors.offset = static_cast<float>(scales.sum(at::kDouble).item<double>() / static_cast<double>(count));
    tensors.nestedMap = at::empty({256}, at::kFloat);
    std::copy(dynamicMap().begin(), dynamicMap().end(), tensors.nestedMap.data_ptr<float>());
    tensors.absmax = at::empty({count}, at::kByte);
    tensors.nestedAbsmax = at::empty({(count + kNf4NestedBlock - 1) / kNf4NestedBlock}, at::kFloat);
    float rest[kNf4NestedBlock];
    for (std::int64_t begin = 0; begin < count; begin += kNf4NestedBlock) {
        const std::int64_t size = std::min(kNf4NestedBlock, count - begin);
        for (std::int64_t i = 0; i < size; ++i)
            rest[i] = scales.data_ptr<float>()[begin + i] - tensors.offset;
        const float largest = std::bit_cast<float>(largestBits(rest, size));
        const float inverse = 1 / std::max(largest, kLeastScale);
        tensors.nestedAbsmax.data_ptr<float>()[begin / kNf4NestedBlock] = largest;
        for (std::int64_t i = 0; i < size; ++i)
            tensors.absmax.data_ptr<std::uint8_t>()[begin + i] = static_cast<std::uint8_t>(
                std::lower_bound(middles.begin(), middles.end(), rest[i] * inverse) - middles.begin());
    }
}

} // namespace

Nf4Tensors quantiseNf4(const at::Tensor& matrix, bool nested, const std::string& where)
{
    constexpr std::int64_t kBlocksAtOnce = 512; // their float32 copy stays in the cache
    const at::NoGradGuard guard;
    const at::Tensor flat = matrix.contiguous().view({-1});
    const std::int64_t count = flat.numel();
    const std::int64_t blocks = (count + kNf4Block - 1) / kNf4Block;
    if (count == 0)
        throw Error("has no values to quantise", where);
    Nf4Tensors tensors;
    tensors.codes = at::empty({(count + 1) / 2}, at::kByte);
    tensors.absmax = at::empty({blocks}, at::kFloat);
    auto* packed = tensors.codes.data_ptr<std::uint8_t>();
    float* scales = tensors.absmax.data_ptr<float>();
    std::atomic<bool> isFinite = true;
    at::parallel_for(0, (blocks + kBlocksAtOnce - 1) / kBlocksAtOnce, 1,
                     [&](std::int64_t from, std::int64_t to) {
                         const at::NoGradGuard threadGuard;
                         for (std::int64_t chunk = from; chunk < to; ++chunk) {
                             const std::int64_t first = chunk * kBlocksAtOnce * kNf4Block;
                             const std::int64_t size = std::min(kBlocksAtOnce * kNf4Block, count - first);
                             const at::Tensor floats = flat.narrow(0, first, size).to(at::kFloat);
                             const float* values = floats.data_ptr<float>();
                             for (std::int64_t i = 0; i < size; i += kNf4Block) {
                                 const std::int64_t length = std::min(kNf4Block, size - i);
                                 const std::uint32_t bits = largestBits(values + i, length);
                                 if (bits >= kInfinityBits) {
                                     isFinite = false;
                                     return;
                                 }
                                 const auto scale = std::bit_cast<float>(bits);
                                 scales[(first + i) / kNf4Block] = scale;
                                 codesOf(values + i, length, scale, packed + (first + i) / 2);
                             }
                         }
                     });
    if (!isFinite)
        throw Error("holds a value that is no finite number and cannot be quantised", where,
                    "the weights are damaged: fetch them anew, or check them without quantisation");
    if (nested)
        nest(tensors);
    return tensors;
}

} // namespace lens
