// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Sums of products over long float32 vectors with float64 accumulation: norms and cosines of true gradients.
// On the CPU one pass in fixed blocks, so that the result does not depend on the number of threads.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>

namespace lens {

struct PairSums {
    double squaresOfA = 0; // Σ a²
    double squaresOfB = 0; // Σ b²
    double products = 0;   // Σ a·b
};

// a, b: (n) float32, contiguous, on one device.
PairSums pairSums(const at::Tensor& a, const at::Tensor& b);
// Σ a². Not finite exactly if an element is not: a squared float32 cannot overflow a float64.
double sumOfSquares(const at::Tensor& a);
// Elements that are NaN or infinite.
std::int64_t nonFiniteElements(const at::Tensor& a);

// Σab / (‖a‖‖b‖) from its sums, in [−1, 1]; absent where a norm is 0, NaN where one is not finite.
std::optional<double> cosineOf(double products, double squaresOfA, double squaresOfB);

} // namespace lens
