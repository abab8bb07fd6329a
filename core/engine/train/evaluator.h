// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The loss over the evaluation rows, weighted by tokens, with dropout off.
#pragma once

#include "core/dataset/dataset.h"
#include "core/dataset/packing.h"
#include "core/engine/model/model.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace lens {

struct EvaluationResult {
    double loss = 0; // Σ −ln p / trained tokens
    std::uint64_t rows = 0;
    std::uint64_t batches = 0;
    std::uint64_t trainedTokens = 0;
    double seconds = 0;
};

class Evaluator {
public:
    // `rows` must outlive this object. With packing a batch holds as many tokens as `batchSize` of the
    // longest rows; without, so many rows of like length.
    Evaluator(const std::vector<TokenRow>& rows, int batchSize, bool packing);

    bool hasRows() const { return m_trainedTokens > 0; }
    // Leaves the model in training mode if `trainingAfter`. Absent if goOn() said no before the end: half an
    // evaluation is no evaluation.
    std::optional<EvaluationResult> run(Model& model, bool trainingAfter,
                                        const std::function<bool()>& goOn = {}) const;

private:
    const std::vector<TokenRow>& m_rows;
    std::uint64_t m_trainedTokens = 0;
    Bins m_batches; // indices of rows
};

} // namespace lens
