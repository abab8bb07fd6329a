// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// silu(gate) · up with its gradient written out: keeps the two inputs and nothing between.
#pragma once

#include <ATen/core/Tensor.h>

namespace lens {

// Both (…, width). dUp = dy silu(gate); dGate = dy up σ(gate)(1 + gate (1 − σ(gate))).
at::Tensor gatedSilu(const at::Tensor& gate, const at::Tensor& up);

} // namespace lens
