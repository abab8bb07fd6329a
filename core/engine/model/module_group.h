// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Adapted modules that read the same input (query, key and value; gate and up; or one alone) as one function
// with its gradient written out. With U = s x Aᵀ: y = [x U] [W B]ᵀ. From g = dy: v = s g B, dA = vᵀ x, dB =
// gᵀ U, dx = [g v] [W; A], where dx of all modules is one product. Nothing is computed for the frozen
// weights, and B A is never formed.
#pragma once

#include "core/engine/model/extended_weights.h"
#include "core/model_files/activation.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace lens {

// x (tokens, in) → (tokens, out) of each module of `weights`, views of one buffer, in x's type. x may have
// room to its right (ExtendedWeights::room), then it is not copied. Gradients of A and B are added to their
// .grad where they have one. `weights` is refreshed and outlives the backward pass.
std::vector<at::Tensor> groupForward(const at::Tensor& x, ExtendedWeights& weights);

// As groupForward(act(gate) · up) of a group of one module; act(up) where gate is undefined. Keeps gate and
// up, not their product. The gradients of gate and up are views of one buffer with `gradientRoom` columns to
// their right.
at::Tensor gatedGroupForward(const at::Tensor& gate, const at::Tensor& up, Activation activation,
                             ExtendedWeights& weights, std::int64_t gradientRoom);

} // namespace lens
