// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What a run will compute together, looked at before it begins: its largest micro-batch decides the memory,
// its tokens the time.
#pragma once

#include "core/engine/train/batch_source.h"

#include <cstdint>
#include <vector>

namespace lens {

struct BatchSurvey {
    std::vector<std::uint32_t> largest; // rows of the micro-batch with the most tokens
    std::uint64_t tokens = 0;           // of that
    std::uint64_t trainedTokens = 0;    // of that
    std::uint64_t longestRow = 0;       // of that
    std::uint64_t windows = 0;          // looked at
    double tokensPerWindow = 0;         // mean
};

// Goes through the first `windows` windows (at least one) from where the source stands.
BatchSurvey surveyBatches(BatchSource source, const std::vector<TokenRow>& rows, std::uint64_t windows);

} // namespace lens
