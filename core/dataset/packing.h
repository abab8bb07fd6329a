// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Which rows go through the model together. What is learned does not depend on it (the loss is a sum over all
// rows of a step), only speed and memory do.
#pragma once

#include "core/dataset/dataset.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lens {

using Bins = std::vector<std::vector<std::uint32_t>>;

// Best-fit decreasing: the longest item first, each into the fullest bin that still has room for it, into a
// new one if none has. Items are given as indices into `lengths`. No bin holds more than `capacity` but one
// with a single item that is longer by itself. O(n log n); items of like length stay in their order, so the
// result is the same everywhere. With items of at most `longest` and a capacity of k · longest all bins but
// the last have at least k items: one was only opened because every other held more than (k − 1) · longest.
Bins packBestFit(std::span<const std::uint64_t> lengths, std::uint64_t capacity);

// How rows are made into micro-batches.
struct MicroBatchShape {
    std::size_t rows = 1;       // of a micro-batch where capacity is 0
    std::uint64_t capacity = 0; // tokens of a micro-batch of packed rows; 0: no packing
};

// `batchSize` rows of the longest length that the data has: a micro-batch of packed rows is never larger than
// the worst padded one.
MicroBatchShape microBatchShape(const std::vector<TokenRow>& rows, std::size_t batchSize, bool packing);

// `chosen`, indices of rows, cut into micro-batches: bins, or without packing groups of like length; the
// largest first, so that memory does not grow on the way.
Bins microBatches(const std::vector<TokenRow>& rows, std::span<const std::uint32_t> chosen,
                  const MicroBatchShape& shape);

} // namespace lens
