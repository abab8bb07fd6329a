// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/attention_plan.h"

namespace lens::kernels {
namespace {

constexpr std::int64_t kKeysOfPart = 512;
constexpr std::int64_t kMostParts = 8;

// Queries of a tile: the rows of all heads of the group should be some two hundred, for the products, but the
// queries few, for what lies above the diagonal.
std::int64_t mostRows(std::int64_t group)
{
    return group == 1 ? 128 : group <= 5 ? 64 : 32;
}

std::int64_t rowsFor(std::int64_t queries, std::int64_t most)
{
    std::int64_t rows = 32;
    while (rows < queries && rows < most)
        rows *= 2;
    return rows;
}

} // namespace

std::vector<QueryBlock> queryBlocks(const AttentionProblem& problem)
{
    const std::int64_t most = mostRows(problem.group());
    std::vector<QueryBlock> blocks;
    for (std::size_t i = 0; i < problem.documents.size(); ++i) {
        const AttentionDocument& document = problem.documents[i];
        const std::int64_t past = document.keys - document.queries;
        for (std::int64_t first = 0; first < document.queries;) {
            const bool generates = document.queries == 1 && past > 0;
            QueryBlock block;
            block.document = static_cast<std::int64_t>(i);
            block.first = first;
            block.rows = generates ? 1 : rowsFor(document.queries - first, most);
            block.queries = std::min(block.rows, document.queries - first);
            if (problem.window > 0)
                block.firstKey = std::max<std::int64_t>(0, past + first - problem.window + 1);
            block.lastKey = past + first + block.queries;
            first += block.queries;
            blocks.push_back(block);
        }
    }
    return blocks;
}

std::vector<BackwardPart> backwardParts(const std::vector<QueryBlock>& blocks)
{
    std::vector<BackwardPart> parts;
    for (std::size_t begin = 0; begin < blocks.size();) {
        std::size_t end = begin;
        std::int64_t cost = 0;
        for (; end < blocks.size() && blocks[end].document == blocks[begin].document; ++end)
            cost += blocks[end].cost();
        const std::int64_t keys = blocks[end - 1].lastKey;
        const std::int64_t count = std::clamp<std::int64_t>(keys / kKeysOfPart, 1, kMostParts);
        const std::int64_t wanted = std::min(count, static_cast<std::int64_t>(end - begin));
        for (std::size_t first = begin; first < end;) {
            BackwardPart part{
                blocks[begin].document, first, first, blocks[first].firstKey, 0, wanted == 1, 0};
            do {
                part.cost += blocks[part.lastBlock].cost();
                part.lastKey = blocks[part.lastBlock].lastKey;
                ++part.lastBlock;
            } while (part.lastBlock < end && part.cost * wanted < cost);
            first = part.lastBlock;
            parts.push_back(part);
        }
        begin = end;
    }
    return parts;
}

} // namespace lens::kernels
