// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// DoRA (Liu et al. 2024, arXiv 2402.09353) beside one linear module, as PEFT computes it: with V = W + s B A
// and g = m / ‖rows of V‖, y = g ∘ (x Vᵀ) + b, where the norm carries no gradient. V itself is never formed.
#pragma once

#include "core/engine/model/lora_branch.h"

namespace lens {

// ‖row‖² of a weight (out, in) of any type: (out) float64, a block of rows at a time.
at::Tensor squaredRows(const at::Tensor& weight);

// ‖row of W + s B A‖ as (out) float32, from ‖w‖² + 2 s b·(A w) + s² b·(A Aᵀ) b: needs W Aᵀ (out, r) only.
// branch.rowSquares must be those of `weight` (out, in).
at::Tensor decomposedNorms(const at::Tensor& weight, const LoraBranch& branch);

// As loraForward(). With dropout the frozen part of the first summand sees all of x, the rest what stays of
// it: y = x Wᵀ + b + (g − 1) ∘ (x̂ Wᵀ) + g ∘ (s x̂ Aᵀ Bᵀ).
at::Tensor doraForward(const at::Tensor& x, const FrozenBase& base, const LoraBranch& branch,
                       const DropoutMask& mask);

} // namespace lens
