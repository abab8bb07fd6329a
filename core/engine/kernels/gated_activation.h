// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The activation of a feed-forward block, gated or plain, both passes. All matrices (tokens, width) of one
// type (float32, bfloat16, float64), any row strides, each element rounded once. Elements are read before
// they are written: any output may be any input, but not overlap it otherwise.
#pragma once

#include "core/model_files/activation.h"

#include <ATen/core/Tensor.h>

namespace lens::kernels {

// out = act(gate) · up; with `up` undefined act(gate).
void activate(const at::Tensor& out, const at::Tensor& gate, const at::Tensor& up, Activation activation);

struct ActivationGradient {
    at::Tensor dGate; // dy up act′(gate)
    at::Tensor dUp;   // dy act(gate); undefined where there is no `up`
    at::Tensor out;   // as activate() gave it, so that it need not be kept; undefined: not wanted
};

void activateBackward(const ActivationGradient& gradient, const at::Tensor& dOut, const at::Tensor& gate,
                      const at::Tensor& up, Activation activation);

} // namespace lens::kernels
