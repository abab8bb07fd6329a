// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The cases of an element-wise kernel: every set of instructions that this machine has, every storage type;
// operands that lie in wider buffers; bounds on the deviation from a float64 formula.
#pragma once

#include "core/engine/kernels/instruction_set.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace lens::test {

// Runs with one set of instructions while it lives.
class KernelCase {
public:
    // Adds a test row for each set and type: "avx2 BFloat16".
    static void addRows();

    KernelCase(); // of the current test row
    ~KernelCase();
    KernelCase(const KernelCase&) = delete;
    KernelCase& operator=(const KernelCase&) = delete;

    at::ScalarType type() const { return m_type; }
    at::ScalarType computeType() const { return m_type == at::kDouble ? at::kDouble : at::kFloat; }
    // Normal numbers, values of the case's type, in a matrix whose rows lie `room` elements wider apart, with
    // NaN between them.
    at::Tensor random(std::int64_t rows, std::int64_t width, std::int64_t room = 0);
    // NaN everywhere.
    at::Tensor space(std::int64_t rows, std::int64_t width, std::int64_t room = 0) const;
    // Largest |actual − expected| / (|expected| + mean |expected|) allowed: 1e-12, float32 2e-6, bfloat16
    // half a unit in the last place for each of `roundings`.
    double bound(int roundings = 1) const;

private:
    at::ScalarType m_type;
    std::uint64_t m_seed = 1;
};

at::Tensor wide(const at::Tensor& x); // a float64 copy, a leaf
// A copy whose rows lie `room` elements wider apart.
at::Tensor roomy(const at::Tensor& x, std::int64_t room);
// max |actual − expected| / (|expected| + mean |expected|); NaN where one is NaN and the other is not.
double deviation(const at::Tensor& actual, const at::Tensor& expected);

} // namespace lens::test
