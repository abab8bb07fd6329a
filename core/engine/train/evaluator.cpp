// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/evaluator.h"

#include "core/base/clock.h"
#include "core/engine/train/batch_source.h"

#include <ATen/Functions.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <numeric>

namespace lens {

Evaluator::Evaluator(const std::vector<TokenRow>& rows, int batchSize, bool packing) : m_rows(rows)
{
    std::vector<std::uint32_t> all(rows.size());
    std::iota(all.begin(), all.end(), 0u);
    m_batches = microBatches(
        rows, all, microBatchShape(rows, static_cast<std::size_t>(std::max(1, batchSize)), packing));
    for (const TokenRow& row : rows)
        m_trainedTokens += row.trainedTokens();
}

std::optional<EvaluationResult> Evaluator::run(Model& model, bool trainingAfter,
                                               const std::function<bool()>& goOn) const
{
    const double begin = monotonicSeconds();
    const c10::NoGradGuard noGrad;
    model.setTraining(false);
    EvaluationResult result;
    at::Tensor sum = at::zeros({}, at::TensorOptions(at::kDouble).device(model.device()));
    bool whole = true;
    for (std::size_t i = 0; i < m_batches.size() && whole; ++i) {
        const Batch batch = makeBatch(m_rows, m_batches[i]);
        if (batch.trainedTokens > 0)
            sum.add_(model.lossSum(batch));
        result.rows += m_batches[i].size();
        ++result.batches;
        whole = !goOn || goOn();
    }
    model.setTraining(trainingAfter);
    result.trainedTokens = m_trainedTokens;
    result.loss = sum.item<double>() / static_cast<double>(m_trainedTokens);
    result.seconds = monotonicSeconds() - begin;
    return whole ? std::optional(result) : std::nullopt;
}

} // namespace lens
