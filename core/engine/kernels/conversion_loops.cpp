// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/conversion_loops.h"

#include "core/engine/kernels/lanes.h"

namespace lens::kernels {
namespace {

template <class To, class From>
void convertRows(const ConversionRows<To, From>& a, std::int64_t first, std::int64_t last)
{
    const auto scale = static_cast<Compute<To>>(a.scale);
    for (std::int64_t row = first; row < last; ++row) {
        const From* x = a.x.data + row * a.x.stride;
        To* out = a.out.data + row * a.out.stride;
#pragma omp simd
        for (std::int64_t i = 0; i < a.width; ++i)
            store(out + i, scale * load(x + i));
    }
}

template <class To, class From>
void addRows(const ConversionRows<To, From>& a, std::int64_t first, std::int64_t last)
{
    const auto scale = static_cast<Compute<To>>(a.scale);
    for (std::int64_t row = first; row < last; ++row) {
        const From* x = a.x.data + row * a.x.stride;
        To* out = a.out.data + row * a.out.stride;
#pragma omp simd
        for (std::int64_t i = 0; i < a.width; ++i)
            store(out + i, madd(scale, load(x + i), load(out + i)));
    }
}

template <bool kAgain>
void splitRow(const SplitRows& a, std::int64_t row)
{
    const float* x = a.x.data + row * a.x.stride;
    Bfloat16* high = a.high.data + row * a.high.stride;
    Bfloat16* low = a.low.data + row * a.low.stride;
    Bfloat16* again = kAgain ? a.highAgain.data + row * a.highAgain.stride : nullptr;
#pragma omp simd
    for (std::int64_t i = 0; i < a.width; ++i) {
        const float value = a.scale * x[i];
        const float upper = rounded<Bfloat16>(value);
        store(high + i, upper);
        if constexpr (kAgain)
            store(again + i, upper);
        store(low + i, value - upper);
    }
}

void splitRows(const SplitRows& a, std::int64_t first, std::int64_t last)
{
    for (std::int64_t row = first; row < last; ++row)
        a.highAgain.data ? splitRow<true>(a, row) : splitRow<false>(a, row);
}

} // namespace

template <InstructionSet kSet, class To, class From>
ConversionLoops<To, From> conversionLoops()
{
    return {convertRows<To, From>, addRows<To, From>};
}

template <InstructionSet kSet>
SplitLoop splitLoop()
{
    return splitRows;
}

template ConversionLoops<float, float> conversionLoops<kThisSet>();
template ConversionLoops<float, Bfloat16> conversionLoops<kThisSet>();
template ConversionLoops<Bfloat16, float> conversionLoops<kThisSet>();
template ConversionLoops<Bfloat16, Bfloat16> conversionLoops<kThisSet>();
template ConversionLoops<double, double> conversionLoops<kThisSet>();
template SplitLoop splitLoop<kThisSet>();

} // namespace lens::kernels
