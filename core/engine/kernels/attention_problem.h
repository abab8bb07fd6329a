// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Causal attention over documents as the kernels see it: shapes, pointers and strides.
#pragma once

#include "core/engine/kernels/storage.h"

#include <cstdint>
#include <vector>

namespace lens::kernels {

// Its queries are the newest of its positions. Rows of the tensors.
struct AttentionDocument {
    std::int64_t firstQuery = 0, queries = 0;
    std::int64_t firstKey = 0, keys = 0; // at least as many as queries
};

struct AttentionProblem {
    std::vector<AttentionDocument> documents;
    std::int64_t heads = 0, keyHeads = 0, d = 0;
    double scale = 1;        // of q kᵀ, > 0
    double softcap = 0;      // 0: none
    std::int64_t window = 0; // 0: none
    double dropout = 0;
    std::uint64_t seed = 0; // of dropout

    std::int64_t group() const { return heads / keyHeads; }
};

// (tokens, heads, d), unit stride in the last dimension.
template <class T>
struct HeadRows {
    T* data = nullptr;
    std::int64_t tokenStride = 0, headStride = 0;

    T* at(std::int64_t token, std::int64_t head) const
    {
        return data + token * tokenStride + head * headStride;
    }
};

// Of every query's token, (tokens, half), contiguous. Null: nothing is rotated.
template <class T>
struct AngleRows {
    const Compute<T>* cosine = nullptr;
    const Compute<T>* sine = nullptr;
    std::int64_t half = 0;
};

template <class T>
struct AttentionOperands {
    HeadRows<const T> q, k, v; // rotated
    HeadRows<T> out;
    Compute<T>* logSum = nullptr; // (tokens, heads): log2 of Σ 2^(score log2 e); null: not wanted
};

template <class T>
struct AttentionGradients {
    HeadRows<const T> dOut;
    HeadRows<T> dq, dk, dv; // of q and k before they were rotated
    AngleRows<T> angles;
};

template <class T>
void attentionForward(const AttentionProblem& problem, const AttentionOperands<T>& operands);

template <class T>
void attentionBackward(const AttentionProblem& problem, const AttentionOperands<T>& operands,
                       const AttentionGradients<T>& gradients);

} // namespace lens::kernels
