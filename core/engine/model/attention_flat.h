// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Attention by the kernels of the CPU, with its gradient.
#pragma once

#include "core/engine/model/attention.h"

namespace lens {

// Whether the kernels take these.
bool suitsAttentionKernels(const at::Tensor& q);

// attend() and attendCached() where they do.
at::Tensor attendByKernels(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                           const AttentionForm& form);
at::Tensor attendCachedByKernels(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                                 const AttentionForm& form);

// What dropout draws from a generator, once for each call of attend(); see kernels/attention_dropout.h.
std::uint64_t attentionSeed(at::Generator& generator);

} // namespace lens
