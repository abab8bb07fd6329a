// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Dropout of activations with a generator of its own.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

namespace lens {

// Elements are 0 with the probability `rate`, the others divided by 1 − rate. Without a generator or a rate x
// itself.
at::Tensor withDropout(const at::Tensor& x, double rate, at::Generator* generator);

// Which elements of a tensor like x stay: bool.
at::Tensor drawnStays(const at::Tensor& x, double rate, at::Generator& generator);

} // namespace lens
