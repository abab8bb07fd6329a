// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Norms over the last dimension. The root-mean-square norm has its gradient written out: it keeps x and one
// number a row. LibTorch's layer norm does the like.
#pragma once

#include "core/engine/model/family.h"

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace lens {

struct Norm {
    at::Tensor weight; // (width), undefined: no norm at this place
    at::Tensor bias;   // (width), only of a layer norm
};

// x (…, width) normalised, in x's type.
at::Tensor normalised(const at::Tensor& x, const Norm& norm, NormKind kind, double epsilon);

struct NormForm {
    NormKind kind = NormKind::Rms;
    double epsilon = 0;
};

// Columns kept free to the right of rows: of the normed result, and of the gradient of x and y.
struct NormRoom {
    std::int64_t normed = 0;
    std::int64_t gradient = 0;
};

struct NormedSum {
    at::Tensor sum;    // x + y, or x
    at::Tensor normed; // (tokens, width)
};

// x + y (y undefined: x alone) rounded to x's type, and the norm of that, in one pass forward and one
// backward; x and y (tokens, width). `sum` must be what is read of x from there on. A norm without weight is
// none: normed is the sum.
NormedSum normalisedSum(const at::Tensor& x, const at::Tensor& y, const Norm& norm, const NormForm& form,
                        const NormRoom& room);

// y = x · rsqrt(mean(x²) + epsilon) · weight; x (…, hidden), weight (hidden). Computed in float32, given back
// in x's type. Gradient: dx = r (w dy − x̂ mean(w dy x̂)), dw = Σ dy x̂ (Zhang and Sennrich 2019, arXiv
// 1910.07467). `onePlus`: the factor is 1 + weight.
at::Tensor rmsNorm(const at::Tensor& x, const at::Tensor& weight, double epsilon, bool onePlus = false);

} // namespace lens
