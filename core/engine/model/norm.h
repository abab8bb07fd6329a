// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Norms over the last dimension. The root-mean-square norm has its gradient written out: it keeps x and one
// number a row. LibTorch's layer norm does the like.
#pragma once

#include "core/engine/model/family.h"

#include <ATen/core/Tensor.h>

namespace lens {

struct Norm {
    at::Tensor weight; // (width), undefined: no norm at this place
    at::Tensor bias;   // (width), only of a layer norm
};

// x (…, width) normalised, in x's type.
at::Tensor normalised(const at::Tensor& x, const Norm& norm, NormKind kind, double epsilon);

// y = x · rsqrt(mean(x²) + epsilon) · weight; x (…, hidden), weight (hidden). Computed in float32, given back
// in x's type. Gradient: dx = r (w dy − x̂ mean(w dy x̂)), dw = Σ dy x̂ (Zhang and Sennrich 2019, arXiv
// 1910.07467). `onePlus`: the factor is 1 + weight.
at::Tensor rmsNorm(const at::Tensor& x, const at::Tensor& weight, double epsilon, bool onePlus = false);

} // namespace lens
