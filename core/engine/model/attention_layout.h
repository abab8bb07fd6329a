// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// How the results of attention lie in memory.
#pragma once

#include "core/engine/model/attention.h"

#include <array>

namespace lens {

// dq, dk and dv, uninitialised, beside each other in one buffer. Sizes: (tokens, heads, d) of q and of k.
std::array<at::Tensor, 3> gradientParts(at::IntArrayRef querySizes, at::IntArrayRef keySizes,
                                        const at::TensorOptions& options, std::int64_t room);

// attendCached() by attendPlainly()'s ways.
at::Tensor attendCachedPlainly(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                               const AttentionForm& form);

} // namespace lens
