// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Sums over parts of long float32 vectors with float64 accumulation, in an order that depends on the part's
// length only.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace lens::kernels {

struct PairOfSums {
    double squares = 0;  // Σ x²; not finite exactly if an element is not: a square cannot overflow
    double products = 0; // Σ x·y
};

// x, y: count values. One thread.
PairOfSums sumPairs(const float* x, const float* y, std::int64_t count);
// Σ x², to the bit as sumPairs() has it.
double sumSquares(const float* x, std::int64_t count);

// Σ x² of a matrix (m, n) of any type and device, on the threads of LibTorch; in one pass where it is float32
// or bfloat16 on the CPU with a unit stride.
double sumSquares(const at::Tensor& x);

} // namespace lens::kernels
