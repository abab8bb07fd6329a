// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/attention_loops.h"

#include "core/engine/kernels/attention_dropout.h"
#include "core/engine/kernels/lanes.h"

namespace lens::kernels {
namespace {

constexpr double kLog2E = 1.4426950408889634074;
// Rows are worked on by that many: two of the widest vectors of float32, one of bfloat16.
constexpr std::int64_t kLanes = 32;
constexpr std::int64_t kHalf = kLanes / 2;

constexpr float kLowest = -3.0e38F;

// kHalf numbers as one of GCC's vectors, for sums and maxima: it would end those of its own loops number by
// number.
template <class C>
struct LanesOf;
template <>
struct LanesOf<float> {
    using Type [[gnu::vector_size(64), gnu::aligned(4), gnu::may_alias]] = float;
};
template <>
struct LanesOf<double> {
    using Type [[gnu::vector_size(128), gnu::aligned(8), gnu::may_alias]] = double;
};

// One number of kHalf.
template <class C, class Join>
[[gnu::always_inline]] inline C joined(const C* lanes, const Join& join)
{
    C eight[8];
    for (int i = 0; i < 8; ++i)
        eight[i] = join(lanes[i], lanes[i + 8]);
    C four[4];
    for (int i = 0; i < 4; ++i)
        four[i] = join(eight[i], eight[i + 4]);
    return join(join(four[0], four[2]), join(four[1], four[3]));
}

template <class C>
[[gnu::always_inline]] inline C sumOf(const C* lanes)
{
    return joined(lanes, [](C a, C b) { return a + b; });
}

// 2ˣ of x ≤ 0 (a little more does no harm), the smallest normal number for x < −126. eʳ as in lanes.h; a NaN
// stays.
[[gnu::always_inline]] inline float powerOfTwoBelow(float x)
{
    constexpr float kToWhole = 12582912.0F; // 1.5 · 2²³
    const float shifted = x + kToWhole;
    const float r = (x - (shifted - kToWhole)) * 0.693147181F;
    float p = 1.3926926614e-3F;
    p = madd(p, r, 8.36377387441e-3F);
    p = madd(p, r, 4.16665501103e-2F);
    p = madd(p, r, 1.66665733819e-1F);
    p = madd(p, r, 0.5F);
    p = madd(p, r * r, r) + 1.0F;
    // The lowest bits of the shifted number are the power, to be added to the exponent.
    const float power = __builtin_bit_cast(float, __builtin_bit_cast(std::uint32_t, p) +
                                                      (__builtin_bit_cast(std::uint32_t, shifted) << 23));
    return x < -126.0F ? 0.0F : power;
}

[[gnu::always_inline]] inline double powerOfTwoBelow(double x)
{
    return __builtin_exp2(x < -1000.0 ? -1000.0 : x);
}

// The columns that a row sees, and the whole vectors that hold them.
struct Range {
    std::int64_t first, last;
    std::int64_t low() const { return first / kLanes * kLanes; }
    std::int64_t high() const { return (last + kLanes - 1) / kLanes * kLanes; }
};

Range seen(const ScoreTile& tile, std::int64_t query)
{
    const std::int64_t end = tile.diagonal + query + 1;
    const std::int64_t last = end < 0 ? 0 : end > tile.keys ? tile.keys : end;
    const std::int64_t begin = tile.window > 0 && end > tile.window ? end - tile.window : 0;
    return {begin < last ? begin : last, last};
}

template <class X>
void zero(X* x, std::int64_t first, std::int64_t last)
{
    for (std::int64_t j = first; j < last; ++j)
        x[j] = X{};
}

// What is not seen but shares a vector with what is.
template <class C>
void hide(C* scores, const Range& range)
{
    for (std::int64_t j = range.low(); j < range.first; ++j)
        scores[j] = kLowest;
    for (std::int64_t j = range.last; j < range.high(); ++j)
        scores[j] = kLowest;
}

// Scores with what they are multiplied with before 2ˣ.
template <class C>
C capped(C* scores, const ScoreTile& tile, const Range& range)
{
    if (tile.softcap <= 0)
        return static_cast<C>(tile.scale * kLog2E);
    const C inner = static_cast<C>(tile.scale / tile.softcap);
    const C outer = static_cast<C>(tile.softcap * kLog2E);
#pragma omp simd
    for (std::int64_t j = range.first; j < range.last; ++j)
        scores[j] = hyperbolicTangent(scores[j] * inner);
    return outer;
}

template <class C>
C largest(const C* scores, const Range& range)
{
    using Lanes = typename LanesOf<C>::Type;
    C lanes[kHalf];
    Lanes best = *reinterpret_cast<const Lanes*>(scores + range.low());
    for (std::int64_t j = range.low() + kHalf; j < range.high(); j += kHalf) {
        const Lanes now = *reinterpret_cast<const Lanes*>(scores + j);
        best = now > best ? now : best;
    }
    *reinterpret_cast<Lanes*>(lanes) = best;
    return joined(lanes, [](C a, C b) { return a > b ? a : b; });
}

template <class T>
Compute<T> exponentials(T* p, const Compute<T>* scores, const Range& range, Compute<T> factor,
                        Compute<T> maximum)
{
    using C = Compute<T>;
    using Lanes = typename LanesOf<C>::Type;
    Lanes sum = {};
    C lanes[kLanes];
    for (std::int64_t j = range.low(); j < range.high(); j += kLanes) {
#pragma omp simd
        for (std::int64_t i = 0; i < kLanes; ++i) {
            const C value = powerOfTwoBelow(madd(scores[j + i], factor, -maximum));
            store(p + j + i, value);
            lanes[i] = value;
        }
        sum += *reinterpret_cast<const Lanes*>(lanes) + *reinterpret_cast<const Lanes*>(lanes + kHalf);
    }
    *reinterpret_cast<Lanes*>(lanes) = sum;
    return sumOf(lanes);
}

template <class C>
void multiply(C* x, C factor, std::int64_t count)
{
#pragma omp simd
    for (std::int64_t i = 0; i < count; ++i)
        x[i] *= factor;
}

template <class T>
void softmaxRow(const SoftmaxTile<T>& a, std::int64_t row, const Range& range)
{
    using C = Compute<T>;
    C* scores = a.scores + row * a.tile.columns;
    T* p = a.p + row * a.tile.columns;
    const C before = a.first ? C{kLowest} : a.maximum[row];
    C maximum = before;
    C sum = 0;
    if (range.first < range.last) {
        const C factor = capped(scores, a.tile, range);
        hide(scores, range);
        const C most = largest(scores, range) * factor;
        maximum = most > before ? most : before;
        sum = exponentials<T>(p, scores, range, factor, maximum);
    }
    zero(p, 0, range.first);
    zero(p, range.last, a.tile.columns);
    if (!a.first) {
        const C shrink = powerOfTwoBelow(before - maximum);
        sum += a.sum[row] * shrink;
        if (shrink != 1)
            multiply(a.out + row * a.d, shrink, a.d);
    }
    a.maximum[row] = maximum;
    a.sum[row] = sum;
}

template <class T>
void softmax(const SoftmaxTile<T>& a)
{
    for (std::int64_t head = 0; head < a.tile.heads; ++head) {
        const std::int64_t top = head * a.tile.rowsPerHead;
        for (std::int64_t i = 0; i < a.tile.queries; ++i)
            softmaxRow(a, top + i, seen(a.tile, i));
        zero(a.p, (top + a.tile.queries) * a.tile.columns, (top + a.tile.rowsPerHead) * a.tile.columns);
    }
}

// dScores may be dP and p may be scores.
template <class T, bool kCapped>
void gradientRow(const GradientTile<T>& a, std::int64_t row, const Range& range)
{
    using C = Compute<T>;
    C* scores = a.scores + row * a.tile.columns;
    C* dP = a.dP + row * a.tile.columns;
    T* p = a.p + row * a.tile.columns;
    T* dScores = a.dScores + row * a.tile.columns;
    const C logSum = a.logSum[row];
    const C inner = a.inner[row];
    const C scale = static_cast<C>(a.tile.scale);
    const C factor = capped(scores, a.tile, range);
    hide(scores, range);
    const std::int64_t high = range.high();
#pragma omp simd
    for (std::int64_t j = range.low(); j < high; ++j) {
        const C score = scores[j];
        const C value = powerOfTwoBelow(madd(score, factor, -logSum));
        C slope = value * (dP[j] - inner) * scale;
        if (kCapped) // tanh′ = 1 − tanh²
            slope *= 1 - score * score;
        store(p + j, value);
        store(dScores + j, slope);
    }
    zero(p, 0, range.first);
    zero(p, range.last, a.tile.columns);
    zero(dScores, 0, range.first);
    zero(dScores, range.last, a.tile.columns);
}

template <class T>
void gradient(const GradientTile<T>& a)
{
    const std::int64_t columns = a.tile.columns;
    for (std::int64_t head = 0; head < a.tile.heads; ++head) {
        const std::int64_t top = head * a.tile.rowsPerHead;
        for (std::int64_t i = 0; i < a.tile.queries; ++i) {
            const Range range = seen(a.tile, i);
            if (a.tile.softcap > 0)
                gradientRow<T, true>(a, top + i, range);
            else
                gradientRow<T, false>(a, top + i, range);
        }
        const std::int64_t end = (top + a.tile.rowsPerHead) * columns;
        zero(a.p, (top + a.tile.queries) * columns, end);
        zero(a.dScores, (top + a.tile.queries) * columns, end);
    }
}

template <class X>
void drop(const DropoutTile<X>& a)
{
    using C = Compute<X>;
    const std::uint64_t dropped = droppedWords(a.dropout);
    const C factor = static_cast<C>(1 / (1 - a.dropout));
    for (std::int64_t head = 0; head < a.tile.heads; ++head)
        for (std::int64_t i = 0; i < a.tile.queries; ++i) {
            X* row = a.values + (head * a.tile.rowsPerHead + i) * a.tile.columns;
            const Range range = seen(a.tile, i);
            for (std::int64_t j = range.first; j < range.last; ++j) {
                const bool stays =
                    staysAttended(a.seed, a.firstHead + head, a.firstQuery + i, a.firstKey + j, dropped);
                store(row + j, stays ? load(row + j) * factor : C{0});
            }
        }
}

template <class T>
void scaled(T* out, const Compute<T>* x, Compute<T> factor, std::int64_t d)
{
#pragma omp simd
    for (std::int64_t i = 0; i < d; ++i)
        store(out + i, x[i] * factor);
}

template <class T>
Compute<T> innerProduct(const T* a, const T* b, std::int64_t d)
{
    Compute<T> lanes[kHalf] = {};
    std::int64_t j = 0;
    for (; j + kHalf <= d; j += kHalf) {
#pragma omp simd
        for (std::int64_t i = 0; i < kHalf; ++i)
            lanes[i] = madd(load(a + j + i), load(b + j + i), lanes[i]);
    }
    Compute<T> sum = sumOf(lanes);
    for (; j < d; ++j)
        sum = madd(load(a + j), load(b + j), sum);
    return sum;
}

template <class T>
void rotatedBack(T* out, const Compute<T>* x, std::int64_t d, const Compute<T>* cosine,
                 const Compute<T>* sine, std::int64_t half)
{
    T* second = out + half;
#pragma omp simd
    for (std::int64_t i = 0; i < half; ++i) {
        store(out + i, x[i] * cosine[i] + x[half + i] * sine[i]);
        store(second + i, x[half + i] * cosine[i] - x[i] * sine[i]);
    }
#pragma omp simd
    for (std::int64_t i = 2 * half; i < d; ++i)
        store(out + i, x[i]);
}

template <class C>
void add(C* x, const C* y, std::int64_t count)
{
#pragma omp simd
    for (std::int64_t i = 0; i < count; ++i)
        x[i] += y[i];
}

} // namespace

template <InstructionSet kSet, class T>
AttentionLoops<T> attentionLoops()
{
    return {softmax<T>, gradient<T>,     drop<T>,        drop<Compute<T>>,
            scaled<T>,  innerProduct<T>, rotatedBack<T>, add<Compute<T>>};
}

template AttentionLoops<float> attentionLoops<kThisSet>();
template AttentionLoops<Bfloat16> attentionLoops<kThisSet>();
template AttentionLoops<double> attentionLoops<kThisSet>();

} // namespace lens::kernels
