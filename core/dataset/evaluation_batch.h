// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// One batch of token ids for `evaluate`: a safetensors file with the keys of the reference results,
//   input_ids       I64 or I32 [rows, time]
//   attention_mask  the same shape, 1 = a token, 0 = padding, on the right only; absent: no padding
//   labels          the same shape, −100 = no target; not shifted (position i is what position i − 1 has to
//                   predict); absent: no loss
// Other keys are passed over. Needs no LibTorch, so that what is wrong is said before it is loaded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace lens {

struct EvaluationBatch {
    std::size_t rows = 0;
    std::size_t time = 0;
    std::vector<std::int64_t> ids;     // rows · time; 0 at padding, whatever the file has there
    std::vector<std::int64_t> labels;  // rows · time, or empty; −100 at padding
    std::vector<std::int64_t> lengths; // real tokens of each row

    bool hasLabels() const { return !labels.empty(); }
    // Labels that count: not −100, and not at position 0, which nothing predicts.
    std::uint64_t targets() const;
};

// Throws Error with everything that is wrong: missing or misshapen tensors, ids and labels outside of the
// vocabulary, padding that is not on the right.
EvaluationBatch readEvaluationBatch(const std::filesystem::path& file, std::int64_t vocabularySize);

} // namespace lens
