// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/sum_loops.h"

#include "core/engine/kernels/double_vector.h"

namespace lens::kernels {
namespace {

// Element i is added to sum i mod 16, whatever the width of a vector is: all instruction sets give the same
// bits (the square of a float32 is exact in float64, so that a fused multiplication and addition rounds
// alike).
constexpr int kSums = 16;
constexpr int kVectors = kSums / kLanes;

double totalOf(const DoubleVector* vectors)
{
    double sums[kSums];
    for (int i = 0; i < kVectors; ++i)
        storeVector(sums + i * kLanes, vectors[i]);
    double total = 0;
    for (const double sum : sums)
        total += sum;
    return total;
}

[[gnu::always_inline]] inline void addPairs(const float* x, const float* y, DoubleVector* squares,
                                            DoubleVector* products)
{
    for (int i = 0; i < kVectors; ++i) {
        const DoubleVector a = widen(x + i * kLanes);
        const DoubleVector b = widen(y + i * kLanes);
        squares[i] += a * a;
        products[i] += a * b;
    }
}

template <class T>
[[gnu::always_inline]] inline void addSquares(const T* x, DoubleVector* squares)
{
    for (int i = 0; i < kVectors; ++i) {
        const DoubleVector a = widen(x + i * kLanes);
        squares[i] += a * a;
    }
}

void pair(const float* x, const float* y, std::int64_t count, double* sums)
{
    DoubleVector squares[kVectors] = {};
    DoubleVector products[kVectors] = {};
    std::int64_t i = 0;
    for (; i + kSums <= count; i += kSums)
        addPairs(x + i, y + i, squares, products);
    if (i < count) {
        float restOfX[kSums] = {};
        float restOfY[kSums] = {};
        for (int k = 0; i + k < count; ++k) {
            restOfX[k] = x[i + k];
            restOfY[k] = y[i + k];
        }
        addPairs(restOfX, restOfY, squares, products);
    }
    sums[0] = totalOf(squares);
    sums[1] = totalOf(products);
}

template <class T>
double squares(const T* x, std::int64_t count)
{
    DoubleVector sums[kVectors] = {};
    std::int64_t i = 0;
    for (; i + kSums <= count; i += kSums)
        addSquares(x + i, sums);
    if (i < count) {
        T rest[kSums] = {};
        for (int k = 0; i + k < count; ++k)
            rest[k] = x[i + k];
        addSquares(rest, sums);
    }
    return totalOf(sums);
}

} // namespace

template <InstructionSet kSet>
SumLoops sumLoops()
{
    return {pair, squares<float>, squares<Bfloat16>};
}

template SumLoops sumLoops<kThisSet>();

} // namespace lens::kernels
