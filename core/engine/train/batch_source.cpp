// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/train/batch_source.h"

#include "core/base/error.h"

#include <ATen/Functions.h>

#include <algorithm>

namespace lens {
namespace {

constexpr std::int64_t kNotTrained = -100;

} // namespace

BatchSource::BatchSource(const std::vector<TokenRow>& rows, std::size_t fixedBatchRows,
                         const TrainingSettings& training, bool shuffle)
    : m_rows(rows)
    , m_shape(fixedBatchRows > 0
                  ? MicroBatchShape{fixedBatchRows, 0}
                  : microBatchShape(rows, static_cast<std::size_t>(std::max(1, training.batchSize)),
                                    training.packing))
    , m_windowRows(m_shape.rows * static_cast<std::size_t>(std::max(1, training.gradientAccumulationSteps)))
    , m_fixed(fixedBatchRows > 0)
    , m_seed(training.seed)
    , m_shuffle(shuffle && fixedBatchRows == 0)
{
    if (rows.empty())
        throw Error("there are no rows to train on", "data.train_file");
}

const std::vector<std::uint32_t>& BatchSource::order()
{
    if (m_order.empty() || m_orderEpoch != m_position.epoch) {
        m_order = epochOrder(m_rows.size(), m_seed, m_position.epoch, m_shuffle);
        m_orderEpoch = m_position.epoch;
    }
    return m_order;
}

Bins BatchSource::cut(std::span<const std::uint32_t> chosen) const
{
    if (!m_fixed)
        return microBatches(m_rows, chosen, m_shape);
    Bins batches;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        if (i % m_shape.rows == 0)
            batches.emplace_back();
        batches.back().push_back(chosen[i]);
    }
    return batches;
}

Window BatchSource::next()
{
    const std::span<const std::uint32_t> rest = std::span(order()).subspan(m_position.row);
    const auto chosen = rest.first(std::min(m_windowRows, rest.size()));
    Window window;
    window.microBatches = cut(chosen);
    for (const std::uint32_t row : chosen) {
        window.tokens += static_cast<std::int64_t>(m_rows[row].ids.size());
        window.trainedTokens += static_cast<std::int64_t>(m_rows[row].trainedTokens());
    }
    m_position = chosen.size() < rest.size() ? DataPosition{m_position.epoch, m_position.row + chosen.size()}
                                             : DataPosition{m_position.epoch + 1, 0};
    return window;
}

void BatchSource::seek(const DataPosition& position)
{
    if (position.row >= m_rows.size())
        throw Error("the checkpoint stands at row " + std::to_string(position.row) + ", the data has " +
                        std::to_string(m_rows.size()) + " rows",
                    "data.train_file", "resume with the data the run was started with");
    m_position = position;
}

double BatchSource::epochs() const
{
    return static_cast<double>(m_position.epoch) +
           static_cast<double>(m_position.row) / static_cast<double>(m_rows.size());
}

Batch makeBatch(const std::vector<TokenRow>& rows, std::span<const std::uint32_t> indices, at::Device device)
{
    std::size_t longest = 0;
    for (const std::uint32_t index : indices)
        longest = std::max(longest, rows[index].ids.size());
    const at::Tensor both = at::empty(
        {2, static_cast<std::int64_t>(indices.size()), static_cast<std::int64_t>(longest)}, at::kLong);
    Batch batch;
    auto* ids = both.data_ptr<std::int64_t>();
    auto* labels = ids + both.stride(0);
    for (const std::uint32_t index : indices) {
        const TokenRow& row = rows[index];
        const std::size_t length = row.ids.size();
        for (std::size_t i = 0; i < length; ++i) {
            const bool trained = i > 0 && row.trained[i];
            ids[i] = row.ids[i];
            labels[i] = trained ? row.ids[i] : kNotTrained;
            batch.trainedTokens += trained;
        }
        std::fill(ids + length, ids + longest, 0);
        std::fill(labels + length, labels + longest, kNotTrained);
        batch.lengths.push_back(static_cast<std::int64_t>(length));
        batch.tokens += static_cast<std::int64_t>(length);
        ids += longest;
        labels += longest;
    }
    const at::Tensor moved = both.to(device);
    batch.ids = moved[0];
    batch.labels = moved[1];
    return batch;
}

} // namespace lens
