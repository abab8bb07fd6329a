// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/layer_norm_loops.h"

#include "core/engine/kernels/lanes.h"

namespace lens::kernels {
namespace {

// sum = x + residual; the total of it.
template <class T>
Compute<T> added(const T* x, const T* residual, T* sum, std::int64_t width)
{
    Compute<T> total = 0;
#pragma omp simd reduction(+ : total)
    for (std::int64_t i = 0; i < width; ++i) {
        const Compute<T> value = rounded<T>(load(x + i) + load(residual + i));
        store(sum + i, value);
        total += value;
    }
    return total;
}

template <class T>
Compute<T> totalOf(const T* x, std::int64_t width)
{
    Compute<T> total = 0;
#pragma omp simd reduction(+ : total)
    for (std::int64_t i = 0; i < width; ++i)
        total += load(x + i);
    return total;
}

template <class T>
void copyRow(T* out, const T* x, std::int64_t width)
{
#pragma omp simd
    for (std::int64_t i = 0; i < width; ++i)
        store(out + i, load(x + i));
}

// Σ (x − mean)²
template <class T>
Compute<T> squaresAround(Compute<T> mean, const T* x, std::int64_t width)
{
    Compute<T> squares = 0;
#pragma omp simd reduction(+ : squares)
    for (std::int64_t i = 0; i < width; ++i) {
        const Compute<T> distance = load(x + i) - mean;
        squares += distance * distance;
    }
    return squares;
}

template <class T>
void forward(const LayerNormForward<T>& a, std::int64_t first, std::int64_t last)
{
    using C = Compute<T>;
    const auto width = static_cast<C>(a.width);
    for (std::int64_t row = first; row < last; ++row) {
        const T* x = a.x.data + row * a.x.stride;
        T* sum = a.sum.data ? a.sum.data + row * a.sum.stride : nullptr;
        C total = 0;
        if (a.residual.data) {
            total = added(x, a.residual.data + row * a.residual.stride, sum, a.width);
        } else {
            total = totalOf(x, a.width);
            if (sum && sum != x)
                copyRow(sum, x, a.width);
        }
        const T* values = sum ? sum : x;
        const C mean = total / width;
        const C variance = squaresAround<T>(mean, values, a.width) / width;
        const C inverse = 1 / squareRoot(variance + static_cast<C>(a.epsilon));
        a.mean[row] = mean;
        a.inverse[row] = inverse;
        T* normed = a.normed.data + row * a.normed.stride;
        const C* weight = a.weight;
        const C* bias = a.bias;
#pragma omp simd
        for (std::int64_t i = 0; i < a.width; ++i)
            store(normed + i, madd((load(values + i) - mean) * inverse, weight[i], bias[i]));
    }
}

// Σ dy w and Σ dy w x̂
template <class C>
struct GradientSums {
    C plain;
    C along;
};

template <class T>
GradientSums<Compute<T>> gradientSums(const LayerNormBackward<T>& a, std::int64_t row)
{
    using C = Compute<T>;
    const T* dy = a.dNormed.data + row * a.dNormed.stride;
    const T* values = a.sum.data + row * a.sum.stride;
    const C* weight = a.weight;
    const C mean = a.mean[row];
    C plain = 0;
    C along = 0;
#pragma omp simd reduction(+ : plain, along)
    for (std::int64_t i = 0; i < a.width; ++i) {
        const C gradient = load(dy + i) * weight[i];
        plain += gradient;
        along += gradient * (load(values + i) - mean);
    }
    return {plain, along * a.inverse[row]};
}

template <class T, bool kAdd>
void backwardRow(const LayerNormBackward<T>& a, std::int64_t row)
{
    using C = Compute<T>;
    const GradientSums<C> sums = gradientSums(a, row);
    const T* dy = a.dNormed.data + row * a.dNormed.stride;
    const T* values = a.sum.data + row * a.sum.stride;
    const T* dSum = kAdd ? a.dSum.data + row * a.dSum.stride : nullptr;
    T* dx = a.dx.data + row * a.dx.stride;
    const C* weight = a.weight;
    const C mean = a.mean[row];
    const C inverse = a.inverse[row];
    const C plain = sums.plain / static_cast<C>(a.width);
    const C along = sums.along / static_cast<C>(a.width) * inverse;
#pragma omp simd
    for (std::int64_t i = 0; i < a.width; ++i) {
        const C own = load(dy + i) * weight[i] - plain - (load(values + i) - mean) * along;
        if constexpr (kAdd)
            store(dx + i, madd(inverse, own, load(dSum + i)));
        else
            store(dx + i, inverse * own);
    }
}

template <class T>
void backward(const LayerNormBackward<T>& a, std::int64_t first, std::int64_t last)
{
    for (std::int64_t row = first; row < last; ++row)
        a.dSum.data ? backwardRow<T, true>(a, row) : backwardRow<T, false>(a, row);
}

} // namespace

template <InstructionSet kSet, class T>
LayerNormLoops<T> layerNormLoops()
{
    return {forward<T>, backward<T>};
}

template LayerNormLoops<float> layerNormLoops<kThisSet>();
template LayerNormLoops<Bfloat16> layerNormLoops<kThisSet>();
template LayerNormLoops<double> layerNormLoops<kThisSet>();

} // namespace lens::kernels
