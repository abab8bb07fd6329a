// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Attention in tiles with a running maximum and sum (Milakov and Gimelshein 2018, arXiv 1805.02867; Dao et
// al. 2022, arXiv 2205.14135): nothing of the size queries × keys is ever held but one tile.
#include "core/engine/kernels/attention_loops.h"
#include "core/engine/kernels/attention_problem.h"
#include "core/engine/kernels/attention_products.h"
#include "core/engine/kernels/attention_scratch.h"
#include "core/engine/kernels/dispatch.h"

#include <cmath>
#include <type_traits>

namespace lens::kernels {
namespace {

template <class T>
AttentionLoops<T> loopsNow()
{
    return withSet([]<InstructionSet kSet>() { return attentionLoops<kSet, T>(); });
}

template <class T>
class ForwardWork {
public:
    ForwardWork(const AttentionProblem& problem, const AttentionOperands<T>& operands,
                const std::vector<QueryBlock>& blocks, const AttentionProducts& products)
        : m_problem(problem)
        , m_operands(operands)
        , m_products(products)
        , m_loops(loopsNow<T>())
    {
        const std::int64_t rows = mostRows(blocks, problem.group());
        const std::int64_t d = problem.d;
        Arena arena;
        arena.allot([&](Arena& a) {
            m_q = a.take<T>(rows * d);
            m_scores = a.take<C>(rows * kTileColumns);
            m_p = std::is_same_v<T, C> ? reinterpret_cast<T*>(m_scores) : a.take<T>(rows * kTileColumns);
            m_out = a.take<C>(rows * d);
            m_maximum = a.take<C>(rows);
            m_sum = a.take<C>(rows);
            m_keys = a.take<T>(kTileColumns * d);
            m_values = a.take<T>(kTileColumns * d);
        });
    }

    void operator()(const QueryBlock& block, std::int64_t keyHead) const
    {
        const AttentionDocument& document = m_problem.documents[static_cast<std::size_t>(block.document)];
        const std::int64_t group = m_problem.group();
        gatherQueries<T>(m_q, m_operands.q, block, document.firstQuery + block.first, keyHead * group, group,
                         m_problem.d);
        overKeyTiles(block, [&](const KeyTile& keys) { tile(block, document, keys, keyHead); });
        finish(block, document.firstQuery + block.first, keyHead * group);
    }

private:
    using C = Compute<T>;

    void tile(const QueryBlock& block, const AttentionDocument& document, const KeyTile& keys,
              std::int64_t keyHead) const
    {
        const std::int64_t d = m_problem.d;
        const std::int64_t rows = block.rows * m_problem.group();
        const bool first = keys.first == block.firstKey;
        const auto k = keyRows<T>(m_operands.k, document.firstKey, keyHead, keys, document.keys, d, m_keys);
        const auto v = keyRows<T>(m_operands.v, document.firstKey, keyHead, keys, document.keys, d, m_values);
        m_products.of(TileKind::Scores, rows, keys.columns, k.stride).run(m_q, k.data, m_scores);
        const ScoreTile shape = scoreTile(m_problem, block, document, keys);
        m_loops.softmax({shape, first, m_scores, m_p, m_maximum, m_sum, m_out, d});
        if (m_problem.dropout > 0)
            m_loops.dropP({shape, m_p, keyHead * m_problem.group(), document.firstQuery + block.first,
                           document.firstKey + keys.first, m_problem.seed, m_problem.dropout});
        m_products.of(TileKind::Weighted, rows, keys.columns, v.stride, !first).run(m_p, v.data, m_out);
    }

    void finish(const QueryBlock& block, std::int64_t token, std::int64_t firstHead) const
    {
        for (std::int64_t head = 0; head < m_problem.group(); ++head)
            for (std::int64_t i = 0; i < block.queries; ++i) {
                const std::int64_t row = head * block.rows + i;
                m_loops.scaled(m_operands.out.at(token + i, firstHead + head), m_out + row * m_problem.d,
                               1 / m_sum[row], m_problem.d);
                if (m_operands.logSum)
                    m_operands.logSum[(token + i) * m_problem.heads + firstHead + head] =
                        m_maximum[row] + std::log2(m_sum[row]);
            }
    }

    const AttentionProblem& m_problem;
    const AttentionOperands<T>& m_operands;
    const AttentionProducts& m_products;
    AttentionLoops<T> m_loops;
    T *m_q, *m_p, *m_keys, *m_values;
    C *m_scores, *m_out, *m_maximum, *m_sum;
};

} // namespace

template <class T>
void attentionForward(const AttentionProblem& problem, const AttentionOperands<T>& operands)
{
    const std::vector<QueryBlock> blocks = queryBlocks(problem);
    AttentionProducts products(scalarTypeOf<T>(), problem.d);
    for (const QueryBlock& block : blocks) {
        const std::int64_t keysOfDocument = problem.documents[static_cast<std::size_t>(block.document)].keys;
        const std::int64_t rows = block.rows * problem.group();
        overKeyTiles(block, [&](const KeyTile& tile) {
            products.prepare(TileKind::Scores, rows, tile.columns,
                             keyStride(operands.k.tokenStride, tile, keysOfDocument, problem.d));
            products.prepare(TileKind::Weighted, rows, tile.columns,
                             keyStride(operands.v.tokenStride, tile, keysOfDocument, problem.d),
                             tile.first != block.firstKey);
        });
    }
    const auto order = longestFirst(blocks, [](const QueryBlock& block) { return block.cost(); });
    const std::int64_t tasks = static_cast<std::int64_t>(order.size()) * problem.keyHeads;
    shareTasks(tasks, [&] {
        return [&, work = ForwardWork<T>(problem, operands, blocks, products)](std::int64_t task) {
            work(blocks[order[static_cast<std::size_t>(task / problem.keyHeads)]], task % problem.keyHeads);
        };
    });
}

template void attentionForward<float>(const AttentionProblem&, const AttentionOperands<float>&);
template void attentionForward<Bfloat16>(const AttentionProblem&, const AttentionOperands<Bfloat16>&);
template void attentionForward<double>(const AttentionProblem&, const AttentionOperands<double>&);

} // namespace lens::kernels
