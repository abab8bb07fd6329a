// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Norms and cosines of true gradients from long float32 vectors, summed in float64 in an order that does not
// depend on the number of threads.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>

namespace lens {

// Σ a² of a (n) float32, contiguous. Not finite exactly if an element is not: a squared float32 cannot
// overflow a float64.
double sumOfSquares(const at::Tensor& a);
// Elements that are NaN or infinite.
std::int64_t nonFiniteElements(const at::Tensor& a);

// Σab / (‖a‖‖b‖) from its sums, in [−1, 1]; absent where a norm is 0, NaN where one is not finite.
std::optional<double> cosineOf(double products, double squaresOfA, double squaresOfB);

} // namespace lens
