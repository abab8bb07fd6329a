// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/dataset/packing.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>
#include <utility>

namespace lens {
namespace {

std::vector<std::uint32_t> longestFirst(std::span<const std::uint64_t> lengths)
{
    std::vector<std::uint32_t> order(lengths.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return lengths[a] > lengths[b]; });
    return order;
}

Bins groups(std::span<const std::uint32_t> order, std::size_t size)
{
    Bins bins;
    for (std::size_t first = 0; first < order.size(); first += size) {
        const auto group = order.subspan(first, std::min(size, order.size() - first));
        bins.emplace_back(group.begin(), group.end());
    }
    return bins;
}

std::uint64_t tokensOf(const std::vector<TokenRow>& rows, const std::vector<std::uint32_t>& bin)
{
    return std::transform_reduce(bin.begin(), bin.end(), std::uint64_t{0}, std::plus<>(),
                                 [&](std::uint32_t row) { return rows[row].ids.size(); });
}

} // namespace

Bins packBestFit(std::span<const std::uint64_t> lengths, std::uint64_t capacity)
{
    Bins bins;
    std::set<std::pair<std::uint64_t, std::size_t>> room; // what a bin has left, and which it is
    for (const std::uint32_t item : longestFirst(lengths)) {
        const std::uint64_t length = lengths[item];
        const auto best = room.lower_bound({length, 0});
        if (best == room.end()) {
            if (length < capacity)
                room.insert({capacity - length, bins.size()});
            bins.push_back({item});
            continue;
        }
        auto bin = room.extract(best);
        bins[bin.value().second].push_back(item);
        bin.value().first -= length;
        if (bin.value().first > 0)
            room.insert(std::move(bin));
    }
    return bins;
}

MicroBatchShape microBatchShape(const std::vector<TokenRow>& rows, std::size_t batchSize, bool packing)
{
    MicroBatchShape shape{std::max<std::size_t>(1, batchSize), 0};
    if (packing)
        for (const TokenRow& row : rows)
            shape.capacity = std::max<std::uint64_t>(shape.capacity, row.ids.size() * shape.rows);
    return shape;
}

Bins microBatches(const std::vector<TokenRow>& rows, std::span<const std::uint32_t> chosen,
                  const MicroBatchShape& shape)
{
    std::vector<std::uint64_t> lengths;
    lengths.reserve(chosen.size());
    for (const std::uint32_t row : chosen)
        lengths.push_back(rows[row].ids.size());
    Bins bins =
        shape.capacity > 0 ? packBestFit(lengths, shape.capacity) : groups(longestFirst(lengths), shape.rows);
    for (auto& bin : bins)
        for (std::uint32_t& index : bin)
            index = chosen[index];
    if (shape.capacity > 0)
        std::stable_sort(bins.begin(), bins.end(),
                         [&](const auto& a, const auto& b) { return tokensOf(rows, a) > tokensOf(rows, b); });
    return bins;
}

} // namespace lens
