// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// How attention is cut into tiles and shared between threads. Depends on the documents only, not on the
// number of threads, so that results do not either.
#pragma once

#include "core/engine/kernels/attention_problem.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <vector>

namespace lens::kernels {

constexpr std::int64_t kTileColumns = 256; // most keys of a tile
constexpr std::int64_t kColumnStep = 32;

// Some queries of a document, of all heads that share a key head, and the keys that any of them sees.
// Positions in the document.
struct QueryBlock {
    std::int64_t document = 0;
    std::int64_t first = 0, queries = 0; // of its queries
    std::int64_t rows = 0;               // a head's in the tile: 1, 32, 64 or 128, at least `queries`
    std::int64_t firstKey = 0, lastKey = 0;

    std::int64_t cost() const { return rows * (lastKey - firstKey); }
};

// In the order of the documents.
std::vector<QueryBlock> queryBlocks(const AttentionProblem& problem);

// Successive blocks of one document whose backward pass is one task for each key head. The gradients of keys
// and values that several parts of a document contribute to are summed afterwards.
struct BackwardPart {
    std::int64_t document = 0;
    std::size_t firstBlock = 0, lastBlock = 0; // of queryBlocks()
    std::int64_t firstKey = 0, lastKey = 0;
    bool alone = true; // the only part of its document

    std::int64_t cost = 0;
};

std::vector<BackwardPart> backwardParts(const std::vector<QueryBlock>& blocks);

inline std::int64_t roundedUp(std::int64_t x, std::int64_t multiple)
{
    return (x + multiple - 1) / multiple * multiple;
}

struct KeyTile {
    std::int64_t first = 0, keys = 0, columns = 0;
};

// visit(KeyTile) over the keys of a block.
template <class Visit>
void overKeyTiles(const QueryBlock& block, const Visit& visit)
{
    for (std::int64_t key = block.firstKey; key < block.lastKey; key += kTileColumns) {
        const std::int64_t keys = std::min(kTileColumns, block.lastKey - key);
        visit(KeyTile{key, keys, roundedUp(keys, kColumnStep)});
    }
}

// The indices of items by falling cost.
template <class Item, class Cost>
std::vector<std::size_t> longestFirst(const std::vector<Item>& items, const Cost& cost)
{
    std::vector<std::size_t> order(items.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return cost(items[a]) > cost(items[b]); });
    return order;
}

// work(index) for every index below count, in that order, each by the next thread that has time. worker() is
// called once on each thread and returns its work.
template <class Worker>
void shareTasks(std::int64_t count, const Worker& worker)
{
    std::atomic<std::int64_t> next = 0;
    const std::int64_t threads = std::min<std::int64_t>(count, at::get_num_threads());
    at::parallel_for(0, threads, 1, [&](std::int64_t begin, std::int64_t end) {
        if (begin >= end)
            return;
        auto work = worker();
        for (std::int64_t task = next++; task < count; task = next++)
            work(task);
    });
}

} // namespace lens::kernels
