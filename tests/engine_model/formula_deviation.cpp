// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/engine_model/formula_deviation.h"

#include "core/engine/torch_compat.h"
#include "tests/engine_model/golden_model.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace lens::test {
namespace {

Tensors leavesOf(const Tensors& values, at::ScalarType type)
{
    Tensors leaves;
    for (const at::Tensor& value : values)
        leaves.push_back(value.to(type).clone().set_requires_grad(true));
    return leaves;
}

} // namespace

at::Tensor random(const std::vector<std::int64_t>& shape, std::uint64_t seed)
{
    at::Generator generator = newGenerator(at::kCPU, seed);
    return at::empty(shape, at::kFloat).normal_(0, 1, generator);
}

double deviation(const Tensors& inputs, const Formula& ours, const Formula& reference)
{
    const Tensors narrow = leavesOf(inputs, at::kFloat);
    const Tensors wide = leavesOf(inputs, at::kDouble);
    const at::Tensor y = ours(narrow);
    const at::Tensor expected = reference(wide);
    double worst = relativeDeviation(y, expected);
    const at::Tensor upstream = y.dim() == 0 ? at::full({}, 0.37F) : random(y.sizes().vec(), 99);
    y.backward(upstream);
    expected.backward(upstream.to(at::kDouble));
    for (std::size_t i = 0; i < inputs.size(); ++i)
        worst = std::max(worst, relativeDeviation(narrow[i].grad(), wide[i].grad()));
    return worst;
}

} // namespace lens::test
