// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The loops of factor_grams.h over a piece of the long dimension.
#pragma once

#include "core/engine/kernels/instruction_set.h"

#include <cstdint>

namespace lens::kernels {

struct GramPiece {
    const float* before;
    const float* after;
    std::int64_t rank;
    std::int64_t length; // of the long dimension in this piece
    std::int64_t stride; // of the short (columns) or the long (rows) dimension of before and after
    double* panel;       // (side · (length + padding)) scratch, zeros where nothing is written
    double* gram;        // (side, side): its upper triangle is added to
    std::int64_t side;   // 2 rank rounded up to a multiple of 8
};

struct GramLoops {
    // X Xᵀ of X = [A; A' − A], A = before (rank, length), A' = after.
    void (*ofRows)(const GramPiece& piece);
    // Xᵀ X of X = [B' − B, B'], B = before (length, rank), B' = after.
    void (*ofColumns)(const GramPiece& piece);
};

template <InstructionSet kSet>
GramLoops gramLoops();

} // namespace lens::kernels
