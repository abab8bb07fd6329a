// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What the loops see of tensors. Types without functions only: the loops are compiled for several instruction
// sets, and an inline function that they share with the rest of the program could be taken from the wrong
// one.
#pragma once

#include <cstdint>

namespace lens::kernels {

// The upper half of a float32.
struct Bfloat16 {
    std::uint16_t bits;
};

// The type that a storage type is computed in.
template <class T>
struct ComputeType {
    using Type = T;
};
template <>
struct ComputeType<Bfloat16> {
    using Type = float;
};
template <class T>
using Compute = typename ComputeType<T>::Type;

// Rows of a matrix: row i begins at data + i · stride. data null: there is none.
template <class T>
struct Rows {
    T* data;
    std::int64_t stride;
};

} // namespace lens::kernels
