// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/norm_loops.h"

#include "core/engine/kernels/lanes.h"

namespace lens::kernels {
namespace {

// sum = x + residual; the sum of its squares.
template <class T>
Compute<T> addedSquares(const T* x, const T* residual, T* sum, std::int64_t width)
{
    Compute<T> squares = 0;
#pragma omp simd reduction(+ : squares)
    for (std::int64_t i = 0; i < width; ++i) {
        const Compute<T> value = rounded<T>(load(x + i) + load(residual + i));
        store(sum + i, value);
        squares += value * value;
    }
    return squares;
}

template <class T>
Compute<T> copiedSquares(const T* x, T* sum, std::int64_t width)
{
    Compute<T> squares = 0;
#pragma omp simd reduction(+ : squares)
    for (std::int64_t i = 0; i < width; ++i) {
        const Compute<T> value = load(x + i);
        store(sum + i, value);
        squares += value * value;
    }
    return squares;
}

template <class T>
Compute<T> squaresOf(const T* x, std::int64_t width)
{
    Compute<T> squares = 0;
#pragma omp simd reduction(+ : squares)
    for (std::int64_t i = 0; i < width; ++i)
        squares += load(x + i) * load(x + i);
    return squares;
}

template <class T, bool kRoundedFirst>
void scaleRow(T* normed, const T* sum, Compute<T> inverse, const Compute<T>* weight, std::int64_t width)
{
#pragma omp simd
    for (std::int64_t i = 0; i < width; ++i) {
        Compute<T> value = load(sum + i) * inverse;
        if (kRoundedFirst)
            value = rounded<T>(value);
        store(normed + i, value * weight[i]);
    }
}

template <class T>
void forward(const NormForward<T>& a, std::int64_t first, std::int64_t last)
{
    for (std::int64_t row = first; row < last; ++row) {
        const T* x = a.x.data + row * a.x.stride;
        T* sum = a.sum.data ? a.sum.data + row * a.sum.stride : nullptr;
        Compute<T> squares = 0;
        if (a.residual.data)
            squares = addedSquares(x, a.residual.data + row * a.residual.stride, sum, a.width);
        else if (sum && sum != x)
            squares = copiedSquares(x, sum, a.width);
        else
            squares = squaresOf(x, a.width);
        const Compute<T> mean = squares / static_cast<Compute<T>>(a.width);
        const Compute<T> inverse = 1 / squareRoot(mean + static_cast<Compute<T>>(a.epsilon));
        a.inverse[row] = inverse;
        T* normed = a.normed.data + row * a.normed.stride;
        if (a.roundedFirst)
            scaleRow<T, true>(normed, sum ? sum : x, inverse, a.weight, a.width);
        else
            scaleRow<T, false>(normed, sum ? sum : x, inverse, a.weight, a.width);
    }
}

// Σ dy w s
template <class T>
Compute<T> weightedProduct(const T* dy, const Compute<T>* weight, const T* sum, std::int64_t width)
{
    Compute<T> product = 0;
#pragma omp simd reduction(+ : product)
    for (std::int64_t i = 0; i < width; ++i)
        product += load(dy + i) * weight[i] * load(sum + i);
    return product;
}

template <class T>
void backward(const NormBackward<T>& a, std::int64_t first, std::int64_t last)
{
    using C = Compute<T>;
    for (std::int64_t row = first; row < last; ++row) {
        const T* dy = a.dNormed.data + row * a.dNormed.stride;
        const T* sum = a.sum.data + row * a.sum.stride;
        T* dx = a.dx.data + row * a.dx.stride;
        const C* weight = a.weight;
        const C inverse = a.inverse[row];
        // x̂ = s r: the mean of dy w x̂, and the r of x̂ beside it
        const C mean =
            weightedProduct(dy, weight, sum, a.width) * inverse / static_cast<C>(a.width) * inverse;
        if (!a.dSum.data) {
#pragma omp simd
            for (std::int64_t i = 0; i < a.width; ++i)
                store(dx + i, inverse * (load(dy + i) * weight[i] - load(sum + i) * mean));
            continue;
        }
        const T* dSum = a.dSum.data + row * a.dSum.stride;
#pragma omp simd
        for (std::int64_t i = 0; i < a.width; ++i)
            store(dx + i, madd(inverse, load(dy + i) * weight[i] - load(sum + i) * mean, load(dSum + i)));
    }
}

} // namespace

template <InstructionSet kSet, class T>
NormLoops<T> normLoops()
{
    return {forward<T>, backward<T>};
}

template NormLoops<float> normLoops<kThisSet>();
template NormLoops<Bfloat16> normLoops<kThisSet>();
template NormLoops<double> normLoops<kThisSet>();

} // namespace lens::kernels
