// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Gram matrices of the factors of a low-rank update before and after a step, in float64, from which norms of
// products follow without a matrix of the size of the product. One thread each.
#pragma once

#include <cstdint>
#include <vector>

namespace lens::kernels {

// (2 rank, 2 rank), the beginning of a larger matrix.
struct Gram {
    std::vector<double> values; // (side, side), symmetric
    std::int64_t side = 0;
    double at(std::int64_t i, std::int64_t j) const { return values[static_cast<std::size_t>(i * side + j)]; }
};

// X Xᵀ of X = [A; A' − A] for A, A' (rank, width). `panel` is scratch.
void gramOfRows(const float* before, const float* after, std::int64_t rank, std::int64_t width, Gram& gram,
                std::vector<double>& panel);
// Xᵀ X of X = [B' − B, B'] for B, B' (height, rank).
void gramOfColumns(const float* before, const float* after, std::int64_t height, std::int64_t rank,
                   Gram& gram, std::vector<double>& panel);

// Of B' A' beside B A.
struct FactorNumbers {
    double normA = 0;    // ‖A'‖_F
    double normB = 0;    // ‖B'‖_F
    double product = 0;  // ‖B'A'‖_F
    double distance = 0; // ‖B'A' − BA‖_F
};
// From both matrices above. B'A' − BA = (B' − B) A + B' (A' − A): no difference of large numbers.
FactorNumbers factorNumbers(const Gram& rows, const Gram& columns, std::int64_t rank);

} // namespace lens::kernels
