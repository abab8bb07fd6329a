// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The gradient of attention in tiles, whose probabilities are computed again (Dao et al. 2022, arXiv
// 2205.14135).
#include "core/engine/kernels/attention_loops.h"
#include "core/engine/kernels/attention_problem.h"
#include "core/engine/kernels/attention_products.h"
#include "core/engine/kernels/attention_scratch.h"
#include "core/engine/kernels/dispatch.h"

#include <ATen/ops/empty.h>

#include <type_traits>

namespace lens::kernels {
namespace {

// The sums dK and dV of a part for one key head: (keysOf(part), d) each, float32 (float64).
template <class T>
struct KeySums {
    Compute<T>*dk, *dv;
};

// With room for the padding of its last tile.
std::int64_t keysOf(const BackwardPart& part)
{
    return roundedUp(part.lastKey - part.firstKey, kColumnStep) + kColumnStep;
}

template <class T>
class BackwardWork {
public:
    using C = Compute<T>;

    BackwardWork(const AttentionProblem& problem, const AttentionOperands<T>& operands,
                 const AttentionGradients<T>& gradients, const std::vector<QueryBlock>& blocks,
                 const AttentionProducts& products, std::int64_t mostKeys)
        : m_problem(problem)
        , m_operands(operands)
        , m_gradients(gradients)
        , m_blocks(blocks)
        , m_products(products)
        , m_loops(withSet([]<InstructionSet kSet>() { return attentionLoops<kSet, T>(); }))
    {
        const std::int64_t rows = mostRows(blocks, problem.group());
        const std::int64_t d = problem.d;
        constexpr bool kInPlace = std::is_same_v<T, C>;
        Arena arena;
        arena.allot([&](Arena& a) {
            m_q = a.take<T>(rows * d);
            m_dOut = a.take<T>(rows * d);
            m_scores = a.take<C>(rows * kTileColumns);
            m_dP = a.take<C>(rows * kTileColumns);
            m_p = kInPlace ? reinterpret_cast<T*>(m_scores) : a.take<T>(rows * kTileColumns);
            m_dScores = kInPlace ? reinterpret_cast<T*>(m_dP) : a.take<T>(rows * kTileColumns);
            m_dq = a.take<C>(rows * d);
            m_logSum = a.take<C>(rows);
            m_inner = a.take<C>(rows);
            m_keys = a.take<T>(kTileColumns * d);
            m_values = a.take<T>(kTileColumns * d);
            m_own = {a.take<C>(mostKeys * d), a.take<C>(mostKeys * d)};
        });
    }

    // `sums`: where those of a part that is not alone go.
    void operator()(const BackwardPart& part, std::int64_t keyHead, KeySums<T> sums) const
    {
        const AttentionDocument& document = m_problem.documents[static_cast<std::size_t>(part.document)];
        const std::int64_t count = keysOf(part) * m_problem.d;
        const KeySums<T> into = part.alone ? m_own : sums;
        std::fill_n(into.dk, count, C{0});
        std::fill_n(into.dv, count, C{0});
        for (std::size_t i = part.firstBlock; i < part.lastBlock; ++i)
            queries(m_blocks[i], document, keyHead, into, part.firstKey);
        if (part.alone)
            storeKeys(document, keyHead, part.firstKey, part.lastKey, into);
    }

    // dk and dv of keys first … last − 1 of a document, whose sums begin with `first`.
    void storeKeys(const AttentionDocument& document, std::int64_t keyHead, std::int64_t first,
                   std::int64_t last, KeySums<T> sums) const
    {
        const std::int64_t d = m_problem.d;
        for (std::int64_t key = first; key < last; ++key) {
            const std::int64_t token = document.firstKey + key;
            storeRotatedBack(m_gradients.dk.at(token, keyHead), sums.dk + (key - first) * d, token);
            m_loops.scaled(m_gradients.dv.at(token, keyHead), sums.dv + (key - first) * d, C{1}, d);
        }
    }

    const AttentionLoops<T>& loops() const { return m_loops; }
    KeySums<T> own() const { return m_own; }

private:
    void queries(const QueryBlock& block, const AttentionDocument& document, std::int64_t keyHead,
                 KeySums<T> sums, std::int64_t firstOfSums) const
    {
        const std::int64_t group = m_problem.group();
        const std::int64_t d = m_problem.d;
        const std::int64_t token = document.firstQuery + block.first;
        const std::int64_t firstHead = keyHead * group;
        gatherQueries<T>(m_q, m_operands.q, block, token, firstHead, group, d);
        gatherQueries<T>(m_dOut, m_gradients.dOut, block, token, firstHead, group, d);
        for (std::int64_t head = 0; head < group; ++head)
            for (std::int64_t i = 0; i < block.queries; ++i) {
                const std::int64_t row = head * block.rows + i;
                // Σ over keys of P dP, which is Σ over d of O dO.
                m_inner[row] = m_loops.inner(m_operands.out.at(token + i, firstHead + head),
                                             m_gradients.dOut.at(token + i, firstHead + head), d);
                m_logSum[row] = m_operands.logSum[(token + i) * m_problem.heads + firstHead + head];
            }
        overKeyTiles(block, [&](const KeyTile& keys) {
            const std::int64_t offset = (keys.first - firstOfSums) * d;
            tile(block, document, keys, keyHead, {sums.dk + offset, sums.dv + offset});
        });
        for (std::int64_t head = 0; head < group; ++head)
            for (std::int64_t i = 0; i < block.queries; ++i)
                storeRotatedBack(m_gradients.dq.at(token + i, firstHead + head),
                                 m_dq + (head * block.rows + i) * d, token + i);
    }

    void tile(const QueryBlock& block, const AttentionDocument& document, const KeyTile& keys,
              std::int64_t keyHead, KeySums<T> sums) const
    {
        const std::int64_t d = m_problem.d;
        const std::int64_t rows = block.rows * m_problem.group();
        const bool first = keys.first == block.firstKey;
        const auto k = keyRows<T>(m_operands.k, document.firstKey, keyHead, keys, document.keys, d, m_keys);
        const auto v = keyRows<T>(m_operands.v, document.firstKey, keyHead, keys, document.keys, d, m_values);
        m_products.of(TileKind::Scores, rows, keys.columns, k.stride).run(m_q, k.data, m_scores);
        m_products.of(TileKind::Scores, rows, keys.columns, v.stride).run(m_dOut, v.data, m_dP);
        const ScoreTile shape = scoreTile(m_problem, block, document, keys);
        const std::int64_t firstHead = keyHead * m_problem.group();
        const std::int64_t token = document.firstQuery + block.first;
        const std::int64_t key = document.firstKey + keys.first;
        const bool drops = m_problem.dropout > 0;
        if (drops)
            m_loops.dropDP({shape, m_dP, firstHead, token, key, m_problem.seed, m_problem.dropout});
        m_loops.gradient({shape, m_scores, m_dP, m_p, m_dScores, m_logSum, m_inner});
        if (drops)
            m_loops.dropP({shape, m_p, firstHead, token, key, m_problem.seed, m_problem.dropout});
        const TileProduct& gathered = m_products.of(TileKind::Gathered, rows, keys.columns, d, true);
        gathered.run(m_p, m_dOut, sums.dv);
        gathered.run(m_dScores, m_q, sums.dk);
        m_products.of(TileKind::Weighted, rows, keys.columns, k.stride, !first).run(m_dScores, k.data, m_dq);
    }

    void storeRotatedBack(T* to, const C* from, std::int64_t token) const
    {
        const AngleRows<T>& angles = m_gradients.angles;
        if (!angles.cosine)
            return m_loops.scaled(to, from, C{1}, m_problem.d);
        m_loops.rotatedBack(to, from, m_problem.d, angles.cosine + token * angles.half,
                            angles.sine + token * angles.half, angles.half);
    }

    const AttentionProblem& m_problem;
    const AttentionOperands<T>& m_operands;
    const AttentionGradients<T>& m_gradients;
    const std::vector<QueryBlock>& m_blocks;
    const AttentionProducts& m_products;
    AttentionLoops<T> m_loops;
    T *m_q, *m_dOut, *m_p, *m_dScores, *m_keys, *m_values;
    C *m_scores, *m_dP, *m_dq, *m_logSum, *m_inner;
    KeySums<T> m_own;
};

template <class T>
void prepare(AttentionProducts& products, const AttentionProblem& problem,
             const AttentionOperands<T>& operands, const std::vector<QueryBlock>& blocks)
{
    for (const QueryBlock& block : blocks) {
        const std::int64_t keysOfDocument = problem.documents[static_cast<std::size_t>(block.document)].keys;
        const std::int64_t rows = block.rows * problem.group();
        overKeyTiles(block, [&](const KeyTile& tile) {
            const auto stride = [&](const HeadRows<const T>& x) {
                return keyStride(x.tokenStride, tile, keysOfDocument, problem.d);
            };
            products.prepare(TileKind::Scores, rows, tile.columns, stride(operands.k));
            products.prepare(TileKind::Scores, rows, tile.columns, stride(operands.v));
            products.prepare(TileKind::Gathered, rows, tile.columns, problem.d, true);
            products.prepare(TileKind::Weighted, rows, tile.columns, stride(operands.k),
                             tile.first != block.firstKey);
        });
    }
}

// Where the sums of the parts that are not alone lie: those of part p for key head h at
// begin[p] + h · 2 · keys · d.
struct PartialSums {
    std::vector<std::int64_t> begin;
    at::Tensor memory;
};

PartialSums partialSums(const std::vector<BackwardPart>& parts, const AttentionProblem& problem,
                        at::ScalarType type)
{
    PartialSums sums;
    std::int64_t size = 0;
    for (const BackwardPart& part : parts) {
        sums.begin.push_back(size);
        if (!part.alone)
            size += 2 * keysOf(part) * problem.d * problem.keyHeads;
    }
    sums.memory = at::empty({size}, type);
    return sums;
}

constexpr std::int64_t kSummedKeys = 64;

// Keys of a document in several parts.
struct SummedKeys {
    std::size_t firstPart, lastPart;
    std::int64_t first, last;
};

std::vector<SummedKeys> summedKeys(const std::vector<BackwardPart>& parts)
{
    std::vector<SummedKeys> pieces;
    for (std::size_t begin = 0; begin < parts.size();) {
        std::size_t end = begin;
        while (end < parts.size() && parts[end].document == parts[begin].document)
            ++end;
        const std::int64_t keys = parts[begin].alone ? 0 : parts[end - 1].lastKey;
        for (std::int64_t first = 0; first < keys; first += kSummedKeys)
            pieces.push_back({begin, end, first, std::min(keys, first + kSummedKeys)});
        begin = end;
    }
    return pieces;
}

} // namespace

template <class T>
void attentionBackward(const AttentionProblem& problem, const AttentionOperands<T>& operands,
                       const AttentionGradients<T>& gradients)
{
    using C = Compute<T>;
    const std::vector<QueryBlock> blocks = queryBlocks(problem);
    const std::vector<BackwardPart> parts = backwardParts(blocks);
    AttentionProducts products(scalarTypeOf<T>(), problem.d);
    prepare(products, problem, operands, blocks);
    const PartialSums partial = partialSums(parts, problem, scalarTypeOf<C>());
    const auto sumsOf = [&](std::size_t part, std::int64_t keyHead) {
        const std::int64_t size = keysOf(parts[part]) * problem.d;
        C* dk = static_cast<C*>(partial.memory.data_ptr()) + partial.begin[part] + keyHead * 2 * size;
        return KeySums<T>{dk, dk + size};
    };
    std::int64_t mostKeys = kSummedKeys;
    for (const BackwardPart& part : parts)
        mostKeys = std::max(mostKeys, part.alone ? keysOf(part) : 0);
    const auto newWork = [&] {
        return BackwardWork<T>(problem, operands, gradients, blocks, products, mostKeys);
    };

    const auto order = longestFirst(parts, [](const BackwardPart& part) { return part.cost; });
    shareTasks(static_cast<std::int64_t>(order.size()) * problem.keyHeads, [&] {
        return [&, work = newWork()](std::int64_t task) {
            const std::size_t part = order[static_cast<std::size_t>(task / problem.keyHeads)];
            const std::int64_t keyHead = task % problem.keyHeads;
            work(parts[part], keyHead, parts[part].alone ? KeySums<T>{} : sumsOf(part, keyHead));
        };
    });

    const std::vector<SummedKeys> pieces = summedKeys(parts);
    shareTasks(static_cast<std::int64_t>(pieces.size()) * problem.keyHeads, [&] {
        return [&, work = newWork()](std::int64_t task) {
            const SummedKeys& piece = pieces[static_cast<std::size_t>(task / problem.keyHeads)];
            const std::int64_t keyHead = task % problem.keyHeads;
            const KeySums<T> into = work.own();
            const std::int64_t count = (piece.last - piece.first) * problem.d;
            std::fill_n(into.dk, count, C{0});
            std::fill_n(into.dv, count, C{0});
            for (std::size_t part = piece.firstPart; part < piece.lastPart; ++part) {
                const std::int64_t first = std::max(piece.first, parts[part].firstKey);
                const std::int64_t last = std::min(piece.last, parts[part].lastKey);
                if (first >= last)
                    continue;
                const KeySums<T> from = sumsOf(part, keyHead);
                const std::int64_t source = (first - parts[part].firstKey) * problem.d;
                const std::int64_t target = (first - piece.first) * problem.d;
                work.loops().add(into.dk + target, from.dk + source, (last - first) * problem.d);
                work.loops().add(into.dv + target, from.dv + source, (last - first) * problem.d);
            }
            const BackwardPart& any = parts[piece.firstPart];
            work.storeKeys(problem.documents[static_cast<std::size_t>(any.document)], keyHead, piece.first,
                           piece.last, into);
        };
    });
}

template void attentionBackward<float>(const AttentionProblem&, const AttentionOperands<float>&,
                                       const AttentionGradients<float>&);
template void attentionBackward<Bfloat16>(const AttentionProblem&, const AttentionOperands<Bfloat16>&,
                                          const AttentionGradients<Bfloat16>&);
template void attentionBackward<double>(const AttentionProblem&, const AttentionOperands<double>&,
                                        const AttentionGradients<double>&);

} // namespace lens::kernels
