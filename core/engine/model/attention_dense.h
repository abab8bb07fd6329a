// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The old form of attention over padded rows with a dense mask, until the decoder no longer uses it.
#pragma once

#include "core/engine/model/attention.h"

namespace lens {

// q (rows, heads, queries, d), k and v (rows, keyValueHeads, keys, d), contiguous, rotated. Returns (rows,
// queries, heads · d).
at::Tensor attendDensely(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                         const AttentionForm& form);

} // namespace lens
