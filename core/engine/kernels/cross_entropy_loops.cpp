// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/cross_entropy_loops.h"

#include "core/engine/kernels/lanes.h"

namespace lens::kernels {
namespace {

constexpr std::int64_t kBlock = 2048; // logits that stay in the first cache between two looks at them

template <class L>
L infinity()
{
    return static_cast<L>(__builtin_inf());
}

// z = c tanh(z / c)
template <class L>
void cap(L* logits, std::int64_t count, L softcap)
{
    const L inverse = 1 / softcap;
#pragma omp simd
    for (std::int64_t i = 0; i < count; ++i)
        logits[i] = softcap * hyperbolicTangent(logits[i] * inverse);
}

template <class L>
L maximumOf(const L* logits, std::int64_t count)
{
    L maximum = -infinity<L>();
#pragma omp simd reduction(max : maximum)
    for (std::int64_t i = 0; i < count; ++i)
        maximum = logits[i] > maximum ? logits[i] : maximum;
    return maximum;
}

// Of one block or more, with the maximum m that they were taken against: Σ e^(z − m) and Σ e^(z − m) (z − m).
struct ExponentialSums {
    double sum;
    double product;
};

template <class L, bool kProduct>
ExponentialSums sumsOf(const L* logits, std::int64_t count, L maximum)
{
    L sum = 0;
    L product = 0;
#pragma omp simd reduction(+ : sum, product)
    for (std::int64_t i = 0; i < count; ++i) {
        const L distance = logits[i] - maximum;
        const L power = exponential(distance);
        sum += power;
        if constexpr (kProduct) // 0 · −∞ is 0 here; a NaN stays
            product += power * (distance < -1000 ? static_cast<L>(-1000) : distance);
    }
    return {static_cast<double>(sum), static_cast<double>(product)};
}

template <class L>
struct RowSums {
    L maximum;
    std::int64_t maximumBlock; // where the first maximum lies
    ExponentialSums sums;
};

// The maximum and the sums against it, in one pass: what was summed against a lower maximum is scaled down.
template <class L, bool kProduct>
RowSums<L> passOver(L* logits, std::int64_t count, L softcap)
{
    RowSums<L> row{-infinity<L>(), 0, {0, 0}};
    for (std::int64_t begin = 0; begin < count; begin += kBlock) {
        const std::int64_t length = count - begin < kBlock ? count - begin : kBlock;
        if (softcap > 0)
            cap(logits + begin, length, softcap);
        const L maximum = maximumOf(logits + begin, length);
        if (maximum > row.maximum) {
            const double shift = static_cast<double>(row.maximum) - static_cast<double>(maximum);
            const double factor = begin == 0 ? 0 : __builtin_exp(shift);
            // d − shift in place of d: Σ e (d − …) moves with the sum. An empty sum stays empty.
            const double moved = factor > 0 ? row.sums.product + row.sums.sum * shift : 0;
            row.sums = {row.sums.sum * factor, moved * factor};
            row.maximum = maximum;
            row.maximumBlock = begin;
        }
        // Before the first finite logit: e^(−∞ − 0) is 0, and a NaN stays.
        const L against = row.maximum == -infinity<L>() ? 0 : row.maximum;
        const ExponentialSums block = sumsOf<L, kProduct>(logits + begin, length, against);
        row.sums.sum += block.sum;
        row.sums.product += block.product;
    }
    return row;
}

// Whether the target is the first of the largest logits.
template <class L>
bool isFirstMaximum(const L* logits, std::int64_t target, const RowSums<L>& row)
{
    if (!(logits[target] >= row.maximum) || target >= row.maximumBlock + kBlock)
        return false;
    for (std::int64_t i = row.maximumBlock; i < target; ++i)
        if (logits[i] >= row.maximum)
            return false;
    return true;
}

// (softmax − onehot) · scale · (1 − (z / c)²). May be the logits themselves.
template <class L, class G, bool kCapped>
void writeGradient(const CrossEntropyRows<L, G>& a, std::int64_t row, const RowSums<L>& sums)
{
    const L* logits = a.logits.data + row * a.logits.stride;
    G* gradient = a.gradient.data + row * a.gradient.stride;
    const L maximum = sums.maximum;
    const L factor = static_cast<L>(a.scale / sums.sums.sum);
    const L inverse = kCapped ? static_cast<L>(1 / a.softcap) : 0;
    const std::int64_t target = a.targets[row];
    const L tanhOfTarget = logits[target] * inverse;
#pragma omp simd
    for (std::int64_t i = 0; i < a.vocabulary; ++i) {
        L value = exponential(logits[i] - maximum) * factor;
        if constexpr (kCapped) {
            const L tanh = logits[i] * inverse;
            value *= 1 - tanh * tanh;
        }
        store(gradient + i, value);
    }
    // p − 1 from ln p: exact where p is nearly 1.
    const double missing = __builtin_expm1(-a.losses[row]) * a.scale;
    store(gradient + target, static_cast<L>(missing) * (1 - tanhOfTarget * tanhOfTarget));
}

template <class L, class G>
void ignoreRow(const CrossEntropyRows<L, G>& a, std::int64_t row)
{
    a.losses[row] = 0;
    if (a.correct)
        a.correct[row] = false;
    if (a.entropies)
        a.entropies[row] = 0;
    if (!a.gradient.data)
        return;
    G* gradient = a.gradient.data + row * a.gradient.stride;
#pragma omp simd
    for (std::int64_t i = 0; i < a.vocabulary; ++i)
        store(gradient + i, 0);
}

template <class L, class G>
void computeRow(const CrossEntropyRows<L, G>& a, std::int64_t row)
{
    const std::int64_t target = a.targets[row];
    L* logits = a.logits.data + row * a.logits.stride;
    const auto softcap = static_cast<L>(a.softcap);
    const RowSums<L> sums = a.entropies ? passOver<L, true>(logits, a.vocabulary, softcap)
                                        : passOver<L, false>(logits, a.vocabulary, softcap);
    const double logarithm = __builtin_log(sums.sums.sum);
    // The maximum apart: a loss near 0 keeps its digits.
    a.losses[row] = logarithm - (static_cast<double>(logits[target]) - static_cast<double>(sums.maximum));
    if (a.correct)
        a.correct[row] = isFirstMaximum(logits, target, sums);
    if (a.entropies)
        a.entropies[row] = logarithm - sums.sums.product / sums.sums.sum;
    if (!a.gradient.data)
        return;
    if (a.softcap > 0)
        writeGradient<L, G, true>(a, row, sums);
    else
        writeGradient<L, G, false>(a, row, sums);
}

template <class L, class G>
void computeRows(const CrossEntropyRows<L, G>& a, std::int64_t first, std::int64_t last)
{
    for (std::int64_t row = first; row < last; ++row) {
        if (a.targets[row] == a.ignored)
            ignoreRow(a, row);
        else
            computeRow(a, row);
    }
}

} // namespace

template <InstructionSet kSet, class L, class G>
CrossEntropyLoop<L, G> crossEntropyLoop()
{
    return computeRows<L, G>;
}

template CrossEntropyLoop<float, float> crossEntropyLoop<kThisSet>();
template CrossEntropyLoop<float, Bfloat16> crossEntropyLoop<kThisSet>();
template CrossEntropyLoop<double, double> crossEntropyLoop<kThisSet>();

} // namespace lens::kernels
