// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Norms of the products of factors by ATen's operations, in float64, many modules at once: for devices
// without kernels of ours (factor_grams.h has the CPU's). Nothing waits for the device.
#pragma once

#include "core/engine/model/model.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace lens {

// A (k, r, in) and B (k, out, r) before and after: (k, 4) float64 with ‖A'‖, ‖B'‖, ‖B'A'‖ and ‖B'A' − BA‖.
at::Tensor factorNumbers(const at::Tensor& a, const at::Tensor& newA, const at::Tensor& b,
                         const at::Tensor& newB);

struct ModuleNumbers {
    at::Tensor numbers;               // (modules, 4) as above, on the values' device
    std::vector<std::size_t> modules; // which module a row belongs to
};
// Of all adapted modules from the flat values before an update and after. `initial` (of each module, or
// empty): the third number is ‖B'A' − B₀A₀‖ then.
ModuleNumbers moduleNumbers(const Model& model, const at::Tensor& before, const at::Tensor& after,
                            const std::vector<LowRankFactors>& initial);

} // namespace lens
