// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Rotary positions in place, in the half-split form of transformers (Su et al. 2021, arXiv 2104.09864).
#pragma once

#include <ATen/core/Tensor.h>

namespace lens::kernels {

// x (tokens, heads, d) of float32, bfloat16 or float64, any strides but a unit one in the last dimension;
// cosine, sine (tokens, half) float32, float64 for float64, unit stride in the last dimension. Elements i and
// i + half of a head turn by the angle i of their token, times `sign` (1; −1: the gradient's way back); those
// after 2 · half stay.
void rotateInPlace(const at::Tensor& x, const at::Tensor& cosine, const at::Tensor& sine, int sign);

} // namespace lens::kernels
