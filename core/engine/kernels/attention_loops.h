// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The element-wise part of attention on a tile of scores, for each set of instructions.
#pragma once

#include "core/engine/kernels/instruction_set.h"
#include "core/engine/kernels/storage.h"

#include <cstdint>

namespace lens::kernels {

// Scores of the queries of some heads (rows) with keys (columns): row head · rowsPerHead + i is query i.
struct ScoreTile {
    std::int64_t heads = 0;
    std::int64_t rowsPerHead = 0, queries = 0; // the rows from `queries` on are padding
    std::int64_t columns = 0, keys = 0;        // a multiple of 32; those from `keys` on are padding
    std::int64_t diagonal = 0;                 // query i sees columns ≤ diagonal + i
    std::int64_t window = 0;                   // and > diagonal + i − window; 0: all of them
    double scale = 1, softcap = 0;
};

// p = 2^(score log2 e − maximum), 0 where a key is not seen. Row maximum (times log2 e) and sum are of all
// tiles so far; rows of `out` are brought to the new maximum.
template <class T>
struct SoftmaxTile {
    ScoreTile tile;
    bool first;               // of its rows: maximum and sum are set, not continued; out is not read
    Compute<T>* scores;       // q kᵀ; overwritten
    T* p;                     // may be scores
    Compute<T>*maximum, *sum; // (rows)
    Compute<T>* out;          // (rows, d)
    std::int64_t d;
};

// p as before, from the logarithm of the sum; dScores = p (dP − inner) scale.
template <class T>
struct GradientTile {
    ScoreTile tile;
    Compute<T>* scores;              // q kᵀ; overwritten
    Compute<T>* dP;                  // overwritten
    T *p, *dScores;                  // may be scores and dP
    const Compute<T>*logSum, *inner; // (rows)
};

// values · (1 / (1 − dropout)) where the probability stays, 0 where not.
template <class X>
struct DropoutTile {
    ScoreTile tile;
    X* values;
    std::int64_t firstHead, firstQuery, firstKey; // rows of the tensors
    std::uint64_t seed;
    double dropout;
};

template <class T>
struct AttentionLoops {
    void (*softmax)(const SoftmaxTile<T>&);
    void (*gradient)(const GradientTile<T>&);
    void (*dropP)(const DropoutTile<T>&);
    void (*dropDP)(const DropoutTile<Compute<T>>&);
    // out = x · factor, of d elements
    void (*scaled)(T* out, const Compute<T>* x, Compute<T> factor, std::int64_t d);
    // Σ a b
    Compute<T> (*inner)(const T* a, const T* b, std::int64_t d);
    // out = x, of d elements, rotated by the negative angle
    void (*rotatedBack)(T* out, const Compute<T>* x, std::int64_t d, const Compute<T>* cosine,
                        const Compute<T>* sine, std::int64_t half);
    // x += y
    void (*add)(Compute<T>* x, const Compute<T>* y, std::int64_t count);
};

template <InstructionSet kSet, class T>
AttentionLoops<T> attentionLoops();

} // namespace lens::kernels
