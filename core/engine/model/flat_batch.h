// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A batch as the decoder takes it: rows one behind the other.
#pragma once

#include "core/engine/model/decoder.h"
#include "core/engine/model/model.h"

namespace lens {

struct FlatBatch {
    Documents documents;
    at::Tensor positions; // (targets) of the tokens that have one
    at::Tensor targets;   // (targets) the id that follows
    // Positions, or nothing where every token has a target.
    at::Tensor wanted() const { return positions.size(0) < documents.ids.size(0) ? positions : at::Tensor(); }
};

// Without padding: the first batch.lengths tokens of each row.
FlatBatch flattened(const Batch& batch, at::Device device);
// With it: all rows as long as the longest.
FlatBatch padded(const Batch& batch, at::Device device);

} // namespace lens
