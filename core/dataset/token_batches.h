// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Rows that are tokens already: a safetensors file with input_ids, attention_mask and labels, each
// [batches, rows, time] or [rows, time], I64 or I32. Padding stands on the right; a label is the token of its
// own position or −100.
#pragma once

#include "core/dataset/dataset.h"
#include "core/dataset/row_problems.h"

#include <string>
#include <vector>

namespace lens {

struct TokenBatches {
    std::vector<TokenRow> rows;   // in file order, uncut
    std::size_t rowsPerBatch = 0; // 0: the file has no batches
};

// attention_mask may be absent (no padding), labels too (every token is trained). Throws Error naming every
// row that cannot be used.
TokenBatches readTokenBatches(const std::string& file);

} // namespace lens
