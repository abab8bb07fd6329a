// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/activation_loops.h"

#include "core/engine/kernels/lanes.h"

namespace lens::kernels {
namespace {

// Value and derivative of an activation at x; C is float or double.
template <class C>
struct Slope {
    C value;
    C derivative;
};

// x σ(c x) and σ (1 + c x (1 − σ))
template <class C>
[[gnu::always_inline]] inline Slope<C> sigmoidSlope(C x, C c)
{
    const C sigmoid = 1 / (1 + exponential(-c * x));
    return {x * sigmoid, sigmoid * (1 + c * x * (1 - sigmoid))};
}

// x Φ(x) and Φ + x φ
template <class C>
[[gnu::always_inline]] inline Slope<C> normalSlope(C x)
{
    constexpr C kHalfRoot = static_cast<C>(0.70710678118654752440);      // 1/√2
    constexpr C kNormalDensity = static_cast<C>(0.39894228040143267794); // 1/√(2π)
    const C half = static_cast<C>(0.5);
    const C distribution = half * (1 + errorFunction(x * kHalfRoot));
    return {x * distribution, distribution + x * kNormalDensity * exponential(-half * x * x)};
}

// x/2 (1 + tanh u) with u = √(2/π) (x + 0.044715 x³), as x σ(2u): small values keep their digits. The slope
// is σ (1 + 2 x u′ (1 − σ)).
template <class C>
[[gnu::always_inline]] inline Slope<C> tanhSlope(C x)
{
    constexpr C kTwoRoots = static_cast<C>(1.59576912160573071176); // 2 √(2/π)
    constexpr C kCubic = static_cast<C>(0.044715);
    const C square = x * x;
    const C sigmoid = 1 / (1 + exponential(-kTwoRoots * x * (1 + kCubic * square)));
    const C growth = kTwoRoots * (1 + 3 * kCubic * square);
    return {x * sigmoid, sigmoid * (1 + x * growth * (1 - sigmoid))};
}

template <Activation kActivation, class C>
[[gnu::always_inline]] inline Slope<C> slopeAt(C x)
{
    if constexpr (kActivation == Activation::Silu)
        return sigmoidSlope(x, static_cast<C>(1));
    else if constexpr (kActivation == Activation::Gelu)
        return normalSlope(x);
    else if constexpr (kActivation == Activation::GeluTanh)
        return tanhSlope(x);
    else if constexpr (kActivation == Activation::QuickGelu)
        return sigmoidSlope(x, static_cast<C>(1.702));
    else
        return {x < 0 ? 0 : x, x > 0 ? static_cast<C>(1) : static_cast<C>(0)};
}

template <class T>
T* at(const Rows<T>& rows, std::int64_t row)
{
    return rows.data ? rows.data + row * rows.stride : nullptr;
}

template <class T, Activation kActivation>
void forward(const ActivationRows<T>& a, std::int64_t first, std::int64_t last)
{
    for (std::int64_t row = first; row < last; ++row) {
        const T* gate = at(a.gate, row);
        const T* up = at(a.up, row);
        T* out = at(a.out, row);
        if (up) {
#pragma omp simd
            for (std::int64_t i = 0; i < a.width; ++i)
                store(out + i, slopeAt<kActivation>(load(gate + i)).value * load(up + i));
        } else {
#pragma omp simd
            for (std::int64_t i = 0; i < a.width; ++i)
                store(out + i, slopeAt<kActivation>(load(gate + i)).value);
        }
    }
}

// All is read before anything is written: dGate and dUp may be gate, up or dOut.
template <class T, Activation kActivation, bool kOut>
void gatedRow(const ActivationRows<T>& a, std::int64_t row)
{
    const T* gate = at(a.gate, row);
    const T* up = at(a.up, row);
    const T* dOut = at(a.dOut, row);
    T* out = at(a.out, row);
    T* dGate = at(a.dGate, row);
    T* dUp = at(a.dUp, row);
#pragma omp simd
    for (std::int64_t i = 0; i < a.width; ++i) {
        const Slope<Compute<T>> slope = slopeAt<kActivation>(load(gate + i));
        const Compute<T> factor = load(up + i);
        const Compute<T> upstream = load(dOut + i);
        if constexpr (kOut)
            store(out + i, slope.value * factor);
        store(dGate + i, upstream * factor * slope.derivative);
        store(dUp + i, upstream * slope.value);
    }
}

template <class T, Activation kActivation, bool kOut>
void plainRow(const ActivationRows<T>& a, std::int64_t row)
{
    const T* x = at(a.gate, row);
    const T* dOut = at(a.dOut, row);
    T* out = at(a.out, row);
    T* dx = at(a.dGate, row);
#pragma omp simd
    for (std::int64_t i = 0; i < a.width; ++i) {
        const Slope<Compute<T>> slope = slopeAt<kActivation>(load(x + i));
        const Compute<T> upstream = load(dOut + i);
        if constexpr (kOut)
            store(out + i, slope.value);
        store(dx + i, upstream * slope.derivative);
    }
}

template <class T, Activation kActivation>
void backward(const ActivationRows<T>& a, std::int64_t first, std::int64_t last)
{
    for (std::int64_t row = first; row < last; ++row) {
        if (a.up.data)
            a.out.data ? gatedRow<T, kActivation, true>(a, row) : gatedRow<T, kActivation, false>(a, row);
        else
            a.out.data ? plainRow<T, kActivation, true>(a, row) : plainRow<T, kActivation, false>(a, row);
    }
}

template <class T, Activation kActivation>
ActivationLoops<T> loopsOf()
{
    return {forward<T, kActivation>, backward<T, kActivation>};
}

} // namespace

template <InstructionSet kSet, class T>
ActivationLoops<T> activationLoops(Activation activation)
{
    switch (activation) {
    case Activation::Silu:
        break;
    case Activation::Gelu:
        return loopsOf<T, Activation::Gelu>();
    case Activation::GeluTanh:
        return loopsOf<T, Activation::GeluTanh>();
    case Activation::QuickGelu:
        return loopsOf<T, Activation::QuickGelu>();
    case Activation::Relu:
        return loopsOf<T, Activation::Relu>();
    }
    return loopsOf<T, Activation::Silu>();
}

template ActivationLoops<float> activationLoops<kThisSet>(Activation);
template ActivationLoops<Bfloat16> activationLoops<kThisSet>(Activation);
template ActivationLoops<double> activationLoops<kThisSet>(Activation);

} // namespace lens::kernels
