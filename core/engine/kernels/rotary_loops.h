// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The loop of rotary.h over tokens first … last − 1.
#pragma once

#include "core/engine/kernels/instruction_set.h"
#include "core/engine/kernels/storage.h"

namespace lens::kernels {

template <class T>
struct RotaryRows {
    Rows<T> x; // (tokens, heads, d)
    std::int64_t headStride;
    std::int64_t heads;
    Rows<const Compute<T>> cosine; // (tokens, half)
    Rows<const Compute<T>> sine;
    std::int64_t half;
    Compute<T> sign;
};

template <class T>
using RotaryLoop = void (*)(const RotaryRows<T>&, std::int64_t first, std::int64_t last);

template <InstructionSet kSet, class T>
RotaryLoop<T> rotaryLoop();

} // namespace lens::kernels
