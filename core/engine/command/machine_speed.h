// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// How fast this machine multiplies matrices: what training consists of.
#pragma once

#include "core/engine/torch_compat.h"

namespace lens {

// GFLOP/s of a product of two square matrices of this type, best of the repetitions that fit into about
// `seconds` (at least two after a warm-up).
double matmulRate(at::ScalarType type, at::Device device, std::int64_t size, double seconds);

} // namespace lens
