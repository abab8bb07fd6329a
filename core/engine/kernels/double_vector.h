// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A register of float64 values of the instruction set that a *_loops.cpp is compiled for.
#pragma once

#include "core/engine/kernels/lanes.h"

namespace lens::kernels {
inline namespace LENS_KERNEL_SET {

#if defined(__AVX512F__)
constexpr int kLanes = 8;
#elif defined(__AVX__)
constexpr int kLanes = 4;
#else
constexpr int kLanes = 2;
#endif

typedef double DoubleVector __attribute__((vector_size(kLanes * sizeof(double))));
typedef float FloatVector __attribute__((vector_size(kLanes * sizeof(float))));

[[gnu::always_inline]] inline DoubleVector loadVector(const double* p)
{
    DoubleVector x;
    __builtin_memcpy(&x, p, sizeof x);
    return x;
}

[[gnu::always_inline]] inline void storeVector(double* p, DoubleVector x)
{
    __builtin_memcpy(p, &x, sizeof x);
}

// kLanes float32 values as float64.
[[gnu::always_inline]] inline DoubleVector widen(const float* p)
{
    FloatVector x;
    __builtin_memcpy(&x, p, sizeof x);
    return __builtin_convertvector(x, DoubleVector);
}

// kLanes bfloat16 values as float64.
[[gnu::always_inline]] inline DoubleVector widen(const Bfloat16* p)
{
    typedef std::uint16_t Halves __attribute__((vector_size(kLanes * sizeof(std::uint16_t))));
    typedef std::uint32_t Words __attribute__((vector_size(kLanes * sizeof(std::uint32_t))));
    Halves halves;
    __builtin_memcpy(&halves, p, sizeof halves);
    const Words words = __builtin_convertvector(halves, Words) << 16;
    FloatVector x;
    __builtin_memcpy(&x, &words, sizeof x);
    return __builtin_convertvector(x, DoubleVector);
}

[[gnu::always_inline]] inline double totalOf(DoubleVector x)
{
    double total = 0;
    for (int i = 0; i < kLanes; ++i)
        total += x[i];
    return total;
}

} // namespace LENS_KERNEL_SET
} // namespace lens::kernels
