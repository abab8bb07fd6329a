// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Training and evaluation rows as token ids with a mask of trained tokens.
#pragma once

#include "core/base/error.h"
#include "core/config/run_config.h"
#include "core/tokenizer/tokenizer.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace lens {

struct TokenRow {
    std::vector<TokenId> ids;          // without padding
    std::vector<std::uint8_t> trained; // 1: the token at this position is a target (position 0 never is)
    std::uint64_t sourceLine = 0;      // 1-based line (or row) in the file
    std::uint32_t cutTokens = 0;       // removed by max_length

    std::size_t trainedTokens() const;
};

struct Dataset {
    std::vector<TokenRow> train;
    std::vector<TokenRow> evaluation;
    DataFormat format = DataFormat::Text;
    // Token batches: rows come in groups of this many, in file order, never shuffled. 0 = free.
    std::size_t fixedBatchRows = 0;
    std::vector<Problem> warnings; // rows cut, answers removed by truncation …
    std::uint64_t trainTokens = 0;
    std::uint64_t trainTrainedTokens = 0;
};

// Reads, checks, tokenizes and splits. `tokenizer` may be null for token batches. progress(rowsDone,
// bytesDone/bytesTotal in 0…1) may be empty; returning false cancels. Throws Error with every bad row (the
// first 100 named, the rest counted), and if no token would be trained.
Dataset loadDataset(const DataSettings& settings, const Tokenizer* tokenizer, std::uint64_t seed,
                    const std::function<bool(std::uint64_t, double)>& progress = {});

// The order of rows in an epoch: a permutation made from seed and epoch only.
std::vector<std::uint32_t> epochOrder(std::size_t rows, std::uint64_t seed, std::uint64_t epoch,
                                      bool shuffle);

} // namespace lens
