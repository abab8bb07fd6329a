// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Root-mean-square norm with the addition of a residual before it (Zhang and Sennrich 2019, arXiv
// 1910.07467): s = x + y, normed = s / √(mean(s²) + ε) · w. No gradients of their own: these are both passes.
// All matrices (tokens, width) of one type (float32, bfloat16, float64), any row strides.
#pragma once

#include <ATen/core/Tensor.h>

namespace lens::kernels {

struct RmsWeight {
    at::Tensor weight; // (width), any floating type
    double epsilon = 1e-6;
    // As transformers does it: with the weight alone, normalised values are rounded to the matrices' type
    // before it; with 1 + weight only after it.
    bool onePlus = false;
};

struct NormOutputs {
    at::Tensor sum; // x + residual, rounded; may be x or residual; undefined: not wanted (no residual then)
    at::Tensor normed;  // may be x or sum
    at::Tensor inverse; // (tokens): 1 / √(mean(sum²) + ε), float32, of float64 float64
};

// `residual` may be undefined.
void rmsNorm(const NormOutputs& out, const at::Tensor& x, const at::Tensor& residual,
             const RmsWeight& weight);

struct NormGradient {
    at::Tensor dNormed;
    at::Tensor sum; // as rmsNorm() gave it, or x
    at::Tensor inverse;
    at::Tensor dSum; // added; may be undefined
};

// dx = dSum + r (w dy − x̂ mean(w dy x̂)), the gradient of x and of the residual. May be dNormed, sum or dSum.
void rmsNormBackward(const at::Tensor& dx, const NormGradient& gradient, const RmsWeight& weight);

// (width) float32 or float64: Σ over tokens of dy x̂.
at::Tensor rmsNormWeightGradient(const NormGradient& gradient);

} // namespace lens::kernels
