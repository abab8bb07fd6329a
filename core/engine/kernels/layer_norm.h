// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Layer norm with the addition of a residual before it (Ba, Kiros and Hinton 2016, arXiv 1607.06450):
// s = x + y, normed = (s − mean) / √(variance + ε) · w + b, rounded once. Both passes, no gradients of their
// own. All matrices (tokens, width) of one type (float32, bfloat16, float64), any row strides.
#pragma once

#include <ATen/core/Tensor.h>

namespace lens::kernels {

struct LayerWeight {
    at::Tensor weight; // (width), any floating type
    at::Tensor bias;   // (width); undefined: 0
    double epsilon = 1e-5;
};

struct LayerNormOutputs {
    at::Tensor sum; // x + residual, rounded; may be x or residual; undefined: not wanted (no residual then)
    at::Tensor normed;  // may be x or sum
    at::Tensor mean;    // (tokens) float32, of float64 float64
    at::Tensor inverse; // (tokens): 1 / √(variance + ε), as mean
};

// `residual` may be undefined.
void layerNorm(const LayerNormOutputs& out, const at::Tensor& x, const at::Tensor& residual,
               const LayerWeight& weight);

struct LayerNormGradient {
    at::Tensor dNormed;
    at::Tensor sum; // as layerNorm() gave it, or x
    at::Tensor mean;
    at::Tensor inverse;
    at::Tensor dSum; // added; may be undefined
};

// dx = dSum + r (w dy − mean(w dy) − x̂ mean(w dy x̂)), the gradient of x and of the residual. May be dNormed,
// sum or dSum.
void layerNormBackward(const at::Tensor& dx, const LayerNormGradient& gradient, const LayerWeight& weight);

struct LayerWeightGradient {
    at::Tensor weight; // (width) float32 or float64: Σ over tokens of dy x̂
    at::Tensor bias;   // Σ dy
};

LayerWeightGradient layerNormWeightGradient(const LayerNormGradient& gradient);

} // namespace lens::kernels
