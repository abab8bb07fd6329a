// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The activations of feed-forward blocks, gated and plain, with their gradients written out: they keep their
// inputs and nothing between.
#pragma once

#include "core/model_files/activation.h"

#include <ATen/core/Tensor.h>

namespace lens {

// act(gate) · up, both (…, width). dUp = dy act(gate); dGate = dy up act′(gate).
at::Tensor gated(const at::Tensor& gate, const at::Tensor& up, Activation activation);

// act(x).
at::Tensor activated(const at::Tensor& x, Activation activation);

} // namespace lens
