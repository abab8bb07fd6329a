// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Sums over parts of long float32 vectors with float64 accumulation, in an order that depends on the part's
// length only. One thread each.
#pragma once

#include <cstdint>

namespace lens::kernels {

struct PairOfSums {
    double squares = 0;  // Σ x²; not finite exactly if an element is not: a square cannot overflow
    double products = 0; // Σ x·y
};

// x, y: count values.
PairOfSums sumPairs(const float* x, const float* y, std::int64_t count);
// Σ x², to the bit as sumPairs() has it.
double sumSquares(const float* x, std::int64_t count);

} // namespace lens::kernels
