// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A thread's working memory of attention, and how tiles come into it.
#pragma once

#include "core/engine/kernels/attention_loops.h"
#include "core/engine/kernels/attention_plan.h"
#include "core/engine/kernels/attention_problem.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

namespace lens::kernels {

// Arrays in one piece of memory that the thread keeps; it grows, never shrinks. lay(arena) is called twice:
// to measure, and to hand out.
class Arena {
public:
    template <class Lay>
    void allot(const Lay& lay)
    {
        m_begin = nullptr;
        m_used = 0;
        lay(*this);
        m_begin = memory(m_used);
        m_used = 0;
        lay(*this);
    }

    template <class X>
    X* take(std::int64_t count)
    {
        X* x = m_begin ? reinterpret_cast<X*>(m_begin + m_used) : nullptr;
        const auto bytes = static_cast<std::int64_t>(sizeof(X)) * count;
        m_used += static_cast<std::size_t>(roundedUp(bytes, kAlignment));
        return x;
    }

private:
    static constexpr std::int64_t kAlignment = 64;

    struct Kept {
        std::byte* data = nullptr;
        std::size_t bytes = 0;
        Kept() = default;
        Kept(const Kept&) = delete;
        Kept& operator=(const Kept&) = delete;
        ~Kept() { release(); }
        void release()
        {
            if (data)
                ::operator delete(data, std::align_val_t(kAlignment));
            data = nullptr;
        }
    };

    static std::byte* memory(std::size_t bytes)
    {
        thread_local Kept kept;
        if (bytes > kept.bytes) {
            kept.release();
            kept.data = static_cast<std::byte*>(::operator new(bytes, std::align_val_t(kAlignment)));
            kept.bytes = bytes;
        }
        return kept.data;
    }

    std::byte* m_begin = nullptr;
    std::size_t m_used = 0;
};

// The most rows, of all heads of a group, that a tile has.
inline std::int64_t mostRows(const std::vector<QueryBlock>& blocks, std::int64_t group)
{
    std::int64_t most = 1;
    for (const QueryBlock& block : blocks)
        most = std::max(most, block.rows);
    return most * group;
}

// The rows of a block: all heads from `firstHead` on, the queries of each below each other, padding zero.
template <class T>
void gatherQueries(T* to, const HeadRows<const T>& from, const QueryBlock& block, std::int64_t firstToken,
                   std::int64_t firstHead, std::int64_t heads, std::int64_t d)
{
    const auto bytes = static_cast<std::size_t>(d) * sizeof(T);
    for (std::int64_t head = 0; head < heads; ++head) {
        T* rows = to + head * block.rows * d;
        for (std::int64_t i = 0; i < block.queries; ++i)
            std::memcpy(rows + i * d, from.at(firstToken + i, firstHead + head), bytes);
        std::memset(static_cast<void*>(rows + block.queries * d), 0,
                    bytes * static_cast<std::size_t>(block.rows - block.queries));
    }
}

inline ScoreTile scoreTile(const AttentionProblem& problem, const QueryBlock& block,
                           const AttentionDocument& document, const KeyTile& keys)
{
    ScoreTile tile;
    tile.heads = problem.group();
    tile.rowsPerHead = block.rows;
    tile.queries = block.queries;
    tile.columns = keys.columns;
    tile.keys = keys.keys;
    tile.diagonal = document.keys - document.queries + block.first - keys.first;
    tile.window = problem.window;
    tile.scale = problem.scale;
    tile.softcap = problem.softcap;
    return tile;
}

// Keys or values as a tile's product reads them.
template <class T>
struct KeyRows {
    const T* data;
    std::int64_t stride;
};

// Where they lie; a tile that ends beyond its document is copied and padded with zeros: what comes behind is
// of another document, or nothing.
template <class T>
KeyRows<T> keyRows(const HeadRows<const T>& from, std::int64_t firstToken, std::int64_t head,
                   const KeyTile& tile, std::int64_t keysOfDocument, std::int64_t d, T* scratch)
{
    if (tile.first + tile.columns <= keysOfDocument)
        return {from.at(firstToken + tile.first, head), from.tokenStride};
    const auto bytes = static_cast<std::size_t>(d) * sizeof(T);
    for (std::int64_t j = 0; j < tile.keys; ++j)
        std::memcpy(scratch + j * d, from.at(firstToken + tile.first + j, head), bytes);
    std::memset(static_cast<void*>(scratch + tile.keys * d), 0,
                bytes * static_cast<std::size_t>(tile.columns - tile.keys));
    return {scratch, d};
}

inline std::int64_t keyStride(std::int64_t tokenStride, const KeyTile& tile, std::int64_t keysOfDocument,
                              std::int64_t d)
{
    return tile.first + tile.columns <= keysOfDocument ? tokenStride : d;
}

} // namespace lens::kernels
