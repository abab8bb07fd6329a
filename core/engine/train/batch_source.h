// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Which rows are trained when: the order of an epoch, cut into accumulation windows of batch size times
// accumulation rows, and these into micro-batches: packed to be computed without padding, or grouped by
// length. Its whole state is the position (epoch, row), so a resumed run goes on with the same rows.
#pragma once

#include "core/dataset/dataset.h"
#include "core/dataset/packing.h"
#include "core/engine/model/model.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lens {

struct DataPosition {
    std::uint64_t epoch = 0;
    std::uint64_t row = 0; // rows of this epoch's order already used

    bool operator==(const DataPosition&) const = default;
};

// The micro-batches of one optimizer step. At the end of an epoch the window holds what is left.
struct Window {
    Bins microBatches; // indices of rows; with packing there may be fewer than gradient_accumulation_steps
    std::int64_t tokens = 0;
    std::int64_t trainedTokens = 0; // N of the whole window: the loss is Σ / N
};

class BatchSource {
public:
    // `rows` must outlive this object. Fixed token batches (fixedBatchRows > 0) come in file order and are
    // micro-batches as they stand.
    BatchSource(const std::vector<TokenRow>& rows, std::size_t fixedBatchRows,
                const TrainingSettings& training, bool shuffle);

    // The next window; the position moves to behind it, at an epoch's end to the next epoch's start.
    Window next();

    DataPosition position() const { return m_position; }
    // Throws Error if the data has no such row.
    void seek(const DataPosition& position);
    // Of a micro-batch without packing; a window has this times gradient_accumulation_steps.
    std::size_t rowsPerBatch() const { return m_shape.rows; }
    // Epochs done, with the fraction of the running one.
    double epochs() const;

private:
    const std::vector<std::uint32_t>& order();
    Bins cut(std::span<const std::uint32_t> chosen) const;

    const std::vector<TokenRow>& m_rows;
    MicroBatchShape m_shape;
    std::size_t m_windowRows;
    bool m_fixed;
    std::uint64_t m_seed;
    bool m_shuffle;
    DataPosition m_position;
    std::uint64_t m_orderEpoch = 0;
    std::vector<std::uint32_t> m_order; // of m_orderEpoch; empty = not made yet
};

// Rows padded on the right (id 0, label −100) to the longest of them. A model takes the padding out on the
// processor, whatever its device: there is nothing to gain from a batch that is on a GPU.
Batch makeBatch(const std::vector<TokenRow>& rows, std::span<const std::uint32_t> indices,
                at::Device device = at::kCPU);

} // namespace lens
