// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Root-mean-square norm over the last dimension, with its gradient written out: keeps x and one number a row.
#pragma once

#include <ATen/core/Tensor.h>

namespace lens {

// y = x · rsqrt(mean(x²) + epsilon) · weight; x (…, hidden), weight (hidden). Computed in float32, given back
// in x's type. Gradient: dx = r (w dy − x̂ mean(w dy x̂)), dw = Σ dy x̂ (Zhang and Sennrich 2019, arXiv
// 1910.07467).
at::Tensor rmsNorm(const at::Tensor& x, const at::Tensor& weight, double epsilon);

} // namespace lens
