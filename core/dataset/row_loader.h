// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// All rows of one data file as tokens: reads, checks every row, encodes, cuts to the longest length allowed.
#pragma once

#include "core/dataset/dataset.h"

#include <functional>
#include <string>
#include <vector>

namespace lens {

struct LoadedRows {
    std::vector<TokenRow> rows;
    DataFormat format = DataFormat::Text;
    std::size_t rowsPerBatch = 0;
    std::vector<Problem> warnings;
    std::uint64_t trainedTokens = 0;
};

// progress(rows done, bytes done of this file); false cancels.
using RowProgress = std::function<bool(std::uint64_t, std::uint64_t)>;

// Throws Error with every bad row, or if the file has none.
LoadedRows loadRows(const std::string& file, const DataSettings& settings, const Tokenizer* tokenizer,
                    const RowProgress& progress);

} // namespace lens
