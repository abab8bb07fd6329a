// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What the loops compute of one element, in a form that GCC turns into vector instructions: no branches, no
// calls, integer shifts for bfloat16. For *_loops.cpp only: everything lies in a namespace of the instruction
// set that the file is compiled for. float32 functions are ours (libm's are not vectorised), float64 ones
// libm's.
#pragma once

#include "core/engine/kernels/instruction_set.h"
#include "core/engine/kernels/storage.h"

#include <cstdint>

#ifndef LENS_KERNEL_SET
#define LENS_KERNEL_SET Baseline
#endif

namespace lens::kernels {
inline namespace LENS_KERNEL_SET {

constexpr InstructionSet kThisSet = InstructionSet::LENS_KERNEL_SET;

[[gnu::always_inline]] inline float load(const float* p)
{
    return *p;
}

[[gnu::always_inline]] inline double load(const double* p)
{
    return *p;
}

[[gnu::always_inline]] inline float load(const Bfloat16* p)
{
    return __builtin_bit_cast(float, static_cast<std::uint32_t>(p->bits) << 16);
}

[[gnu::always_inline]] inline void store(float* p, float x)
{
    *p = x;
}

[[gnu::always_inline]] inline void store(double* p, double x)
{
    *p = x;
}

// Rounded to nearest, ties to even; any NaN becomes the quiet one (the carry could make an infinity of it).
[[gnu::always_inline]] inline void store(Bfloat16* p, float x)
{
    const auto bits = __builtin_bit_cast(std::uint32_t, x);
    const std::uint32_t nearest = bits + 0x7FFFU + ((bits >> 16) & 1U);
    const std::uint32_t quiet = x != x ? 0x7FC00000U : nearest;
    p->bits = static_cast<std::uint16_t>(quiet >> 16);
}

// As it will be read from a T.
template <class T>
[[gnu::always_inline]] inline Compute<T> rounded(Compute<T> x)
{
    T stored;
    store(&stored, x);
    return load(&stored);
}

// a b + c, in one instruction where there is one.
[[gnu::always_inline]] inline float madd(float a, float b, float c)
{
#ifdef __FP_FAST_FMAF
    return __builtin_fmaf(a, b, c);
#else
    return a * b + c;
#endif
}

[[gnu::always_inline]] inline double madd(double a, double b, double c)
{
#ifdef __FP_FAST_FMA
    return __builtin_fma(a, b, c);
#else
    return a * b + c;
#endif
}

[[gnu::always_inline]] inline float squareRoot(float x)
{
    return __builtin_sqrtf(x);
}

[[gnu::always_inline]] inline double squareRoot(double x)
{
    return __builtin_sqrt(x);
}

// 2ⁿ of a whole number −126 … 127: n comes to stand in the lowest bits of a sum with 1.5 · 2²³ + the bias.
[[gnu::always_inline]] inline float powerOfTwo(float n)
{
    return __builtin_bit_cast(float, __builtin_bit_cast(std::uint32_t, n + 12583039.0F) << 23);
}

// Within 1 ulp: x = n ln 2 + r, |r| ≤ ln 2 / 2, eʳ by a polynomial (Chebyshev fit of (eʳ − 1 − r) / r²), the
// power of two in halves so that results below 2⁻¹²⁶ and above the largest number come out right. What lies
// outside is put right at the end, which takes fewer instructions than a clamp of x; a NaN stays.
[[gnu::always_inline]] inline float exponential(float x)
{
    constexpr float kToWhole = 12582912.0F; // 1.5 · 2²³
    const float n = madd(x, 1.44269504F, kToWhole) - kToWhole;
    float r = madd(n, -0.693359375F, x);
    r = madd(n, 2.12194440e-4F, r);
    float p = 1.3926926614e-3F;
    p = madd(p, r, 8.36377387441e-3F);
    p = madd(p, r, 4.16665501103e-2F);
    p = madd(p, r, 1.66665733819e-1F);
    p = madd(p, r, 0.5F);
    p = madd(p, r * r, r) + 1.0F;
    const float half = madd(n, 0.5F, kToWhole) - kToWhole;
    const float power = p * powerOfTwo(half) * powerOfTwo(n - half);
    const float positive = x < -104.0F ? 0.0F : power;
    return x > 89.0F ? __builtin_inff() : positive;
}

[[gnu::always_inline]] inline double exponential(double x)
{
    return __builtin_exp(x);
}

// Within 3 ulp: x + x³ P(x²) for |x| < 0.625, else 1 − 2 / (e²ˣ + 1).
[[gnu::always_inline]] inline float hyperbolicTangent(float x)
{
    const float size = __builtin_fabsf(x);
    const float square = x * x;
    float p = -6.04516509652e-3F;
    p = madd(p, square, 2.09613291086e-2F);
    p = madd(p, square, -5.38432631753e-2F);
    p = madd(p, square, 1.33327188456e-1F);
    p = madd(p, square, -3.33333284333e-1F);
    const float nearZero = madd(p * square, x, x);
    const float far = 1.0F - 2.0F / (exponential(2.0F * size) + 1.0F);
    return size < 0.625F ? nearZero : (x < 0.0F ? -far : far);
}

[[gnu::always_inline]] inline double hyperbolicTangent(double x)
{
    return __builtin_tanh(x);
}

// What sums of products are taken in where each would be rounded twice.
#ifdef __FP_FAST_FMAF
using Precise = float;
#else
using Precise = double;
#endif

// Within 4 ulp: x P(x²) / Q(x²), a rational fit over |x| < 4 (2.5e-8), beyond which float32 knows ±1 only.
[[gnu::always_inline]] inline float errorFunction(float x)
{
    const auto square = static_cast<Precise>(x * x);
    auto p = static_cast<Precise>(1.987069108e-6);
    p = madd(p, square, static_cast<Precise>(2.845040909e-4));
    p = madd(p, square, static_cast<Precise>(3.881015565e-3));
    p = madd(p, square, static_cast<Precise>(5.309455728e-2));
    p = madd(p, square, static_cast<Precise>(1.934921354e-1));
    p = madd(p, square, static_cast<Precise>(1.12837914));
    auto q = static_cast<Precise>(3.741990551e-5);
    q = madd(q, square, static_cast<Precise>(1.184988375e-3));
    q = madd(q, square, static_cast<Precise>(1.520260577e-2));
    q = madd(q, square, static_cast<Precise>(1.153279487e-1));
    q = madd(q, square, static_cast<Precise>(5.048105075e-1));
    q = madd(q, square, static_cast<Precise>(1));
    const float inside = x * static_cast<float>(p / q);
    const float above = x >= 4.0F ? 1.0F : inside; // a NaN stays
    return x <= -4.0F ? -1.0F : above;
}

[[gnu::always_inline]] inline double errorFunction(double x)
{
    return __builtin_erf(x);
}

} // namespace LENS_KERNEL_SET
} // namespace lens::kernels
