// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Value and gradients of a part of the model against autograd on its plain formula in float64.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace lens::test {

using Tensors = std::vector<at::Tensor>;
using Formula = std::function<at::Tensor(const Tensors&)>;

// Normal numbers of a seed, float32.
at::Tensor random(const std::vector<std::int64_t>& shape, std::uint64_t seed);

// The worst relative deviation of value and gradients of `ours` (float32) from `reference` (float64), with a
// random upstream gradient.
double deviation(const Tensors& inputs, const Formula& ours, const Formula& reference);

} // namespace lens::test
