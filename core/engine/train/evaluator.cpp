// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/evaluator.h"

#include "core/base/clock.h"
#include "core/engine/train/batch_source.h"

#include <ATen/Functions.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <numeric>
#include <span>

namespace lens {

Evaluator::Evaluator(const std::vector<TokenRow>& rows, int batchSize)
    : m_rows(rows)
    , m_batchSize(static_cast<std::size_t>(std::max(1, batchSize)))
    , m_order(rows.size())
{
    std::iota(m_order.begin(), m_order.end(), 0u);
    std::stable_sort(m_order.begin(), m_order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return rows[a].ids.size() > rows[b].ids.size();
    });
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
    double sum = 0;
    bool whole = true;
    for (std::size_t first = 0; first < m_order.size() && whole; first += m_batchSize) {
        const std::size_t count = std::min(m_batchSize, m_order.size() - first);
        const Batch batch = makeBatch(m_rows, std::span(m_order).subspan(first, count), model.device());
        if (batch.trainedTokens > 0)
            sum += model.lossSum(batch).item<double>();
        result.rows += count;
        ++result.batches;
        whole = !goOn || goOn();
    }
    model.setTraining(trainingAfter);
    result.trainedTokens = m_trainedTokens;
    result.loss = sum / static_cast<double>(m_trainedTokens);
    result.seconds = monotonicSeconds() - begin;
    return whole ? std::optional(result) : std::nullopt;
}

} // namespace lens
