// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/command/bench_data.h"

#include "core/dataset/packing.h"
#include "core/dataset/random_order.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lens {
namespace {

constexpr std::uint64_t kSeed = 20261122;
constexpr std::size_t kRowsPerBatch = 4; // without packing; what a configuration has where it says nothing

// In (0, 1].
double uniform(RandomSequence& random)
{
    return (static_cast<double>(random.next() >> 11) + 1) * 0x1p-53;
}

// Normal with deviation 1 (Box and Muller, 1958).
double normal(RandomSequence& random)
{
    const double radius = std::sqrt(-2 * std::log(uniform(random)));
    return radius * std::cos(2 * std::numbers::pi * uniform(random));
}

TokenRow randomRow(std::int64_t length, double answers, std::int64_t vocabulary, RandomSequence& random)
{
    TokenRow row;
    const auto size = static_cast<std::size_t>(length);
    const auto trained = std::max<std::int64_t>(
        1, std::min<std::int64_t>(length - 1, std::llround(answers * static_cast<double>(length))));
    for (std::size_t i = 0; i < size; ++i) {
        row.ids.push_back(static_cast<TokenId>(random.below(static_cast<std::uint64_t>(vocabulary))));
        row.trained.push_back(i >= size - static_cast<std::size_t>(trained) ? 1 : 0);
    }
    return row;
}

// Rows of one step after the other, as `rowsOf` says how many tokens are left for.
class DataMaker {
public:
    DataMaker(const BenchCommand& command, const BenchVariant& variant, std::int64_t vocabulary,
              std::int64_t longest)
        : m_command(command)
        , m_variant(variant)
        , m_vocabulary(vocabulary)
        , m_longest(longest)
        , m_ids(kSeed, 1)
    {
    }

    BenchData made()
    {
        const auto steps = static_cast<std::size_t>(m_command.steps);
        if (m_command.realLengths)
            drawLengths(steps);
        for (std::size_t i = 0; i < steps; ++i)
            addWindow(m_command.realLengths ? nextLengths() : fixedLengths());
        if (m_data.targets.empty())
            m_data.targets = m_data.rows;
        return std::move(m_data);
    }

private:
    void drawLengths(std::size_t steps)
    {
        // A row has 4 tokens at least.
        const std::size_t most = steps * static_cast<std::size_t>(m_command.tokensPerStep / 4 + 1);
        m_lengths = realLengths(most, std::min(m_longest, m_command.tokensPerStep), kSeed);
    }

    std::vector<std::int64_t> fixedLengths() const
    {
        return std::vector<std::int64_t>(static_cast<std::size_t>(m_variant.rows),
                                         std::min(m_variant.length, m_longest));
    }

    // As many as fit into a step.
    std::vector<std::int64_t> nextLengths()
    {
        std::vector<std::int64_t> lengths;
        std::int64_t tokens = 0;
        for (; m_next < m_lengths.size() && tokens + m_lengths[m_next] <= m_command.tokensPerStep; ++m_next) {
            lengths.push_back(m_lengths[m_next]);
            tokens += m_lengths[m_next];
        }
        return lengths;
    }

    void addWindow(const std::vector<std::int64_t>& lengths)
    {
        BenchWindow window;
        std::vector<std::uint32_t> all;
        for (const std::int64_t length : lengths) {
            all.push_back(static_cast<std::uint32_t>(m_data.rows.size()));
            m_data.rows.push_back(randomRow(length, m_command.answers, m_vocabulary, m_ids));
            window.tokens += length;
            window.trainedTokens += static_cast<std::int64_t>(m_data.rows.back().trainedTokens());
        }
        window.window.microBatches = microBatchesOf(all, window.tokens);
        if (m_variant.paddedBatch)
            pad(window.window.microBatches);
        for (const std::uint32_t row : all) {
            window.window.tokens += static_cast<std::int64_t>(m_data.rows[row].ids.size());
            window.window.trainedTokens += static_cast<std::int64_t>(m_data.rows[row].trainedTokens());
        }
        m_data.windows.push_back(std::move(window));
    }

    // Packed rows are one micro-batch; padded ones come as they are drawn.
    Bins microBatchesOf(const std::vector<std::uint32_t>& rows, std::int64_t tokens) const
    {
        const std::size_t together = m_command.realLengths ? kRowsPerBatch : rows.size();
        if (!m_variant.paddedBatch)
            return microBatches(m_data.rows, rows,
                                {together, m_variant.packing ? static_cast<std::uint64_t>(tokens) : 0});
        const auto padded = static_cast<std::size_t>(*m_variant.paddedBatch);
        const std::size_t most = padded > 0 ? padded : rows.size();
        Bins batches;
        for (std::size_t begin = 0; begin < rows.size(); begin += most) {
            const auto first = rows.begin() + static_cast<std::ptrdiff_t>(begin);
            const std::size_t count = std::min(most, rows.size() - begin);
            batches.emplace_back(first, first + static_cast<std::ptrdiff_t>(count));
        }
        return batches;
    }

    // Padding becomes tokens like others, and every position a target.
    void pad(const Bins& batches)
    {
        for (const auto& batch : batches) {
            std::size_t longest = 0;
            for (const std::uint32_t row : batch)
                longest = std::max(longest, m_data.rows[row].ids.size());
            for (const std::uint32_t index : batch) {
                TokenRow& row = m_data.rows[index];
                row.ids.resize(longest, 0);
                row.trained.resize(longest, 0);
                m_data.targets.push_back(row);
                std::fill(row.trained.begin() + 1, row.trained.end(), std::uint8_t{1});
            }
        }
    }

    const BenchCommand& m_command;
    const BenchVariant& m_variant;
    std::int64_t m_vocabulary;
    std::int64_t m_longest;
    RandomSequence m_ids;
    std::vector<std::int64_t> m_lengths;
    std::size_t m_next = 0;
    BenchData m_data;
};

} // namespace

std::vector<std::int64_t> realLengths(std::size_t count, std::int64_t longest, std::uint64_t seed)
{
    constexpr double kMedian = 90;
    constexpr double kNinetyNine = 2.3263478740408408; // 99 % of a normal distribution lie below it
    const double deviation = std::log(512 / kMedian) / kNinetyNine;
    RandomSequence random(seed, 0);
    std::vector<std::int64_t> lengths;
    for (std::size_t i = 0; i < count; ++i) {
        const double length = kMedian * std::exp(deviation * normal(random));
        lengths.push_back(std::clamp<std::int64_t>(std::llround(length), 4, longest));
    }
    return lengths;
}

BenchData makeBenchData(const BenchCommand& command, const BenchVariant& variant, std::int64_t vocabulary,
                        std::int64_t longest)
{
    return DataMaker(command, variant, vocabulary, longest).made();
}

} // namespace lens
