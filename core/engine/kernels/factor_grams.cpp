// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/factor_grams.h"

#include "core/engine/kernels/dispatch.h"
#include "core/engine/kernels/gram_loops.h"

#include <algorithm>
#include <cmath>

namespace lens::kernels {
namespace {

constexpr std::int64_t kPanelElements = 1 << 14; // float64: 128 KiB, half of what a small L2 cache holds

GramLoops loops()
{
    return withSet([]<InstructionSet kSet>() { return gramLoops<kSet>(); });
}

// A piece of the long dimension, a multiple of 8.
std::int64_t pieceLength(std::int64_t side)
{
    return std::clamp<std::int64_t>(kPanelElements / side / 8 * 8, 64, 512);
}

void begin(std::int64_t rank, Gram& gram, std::vector<double>& panel)
{
    gram.side = (2 * rank + 7) / 8 * 8;
    gram.values.assign(static_cast<std::size_t>(gram.side * gram.side), 0);
    const auto elements = static_cast<std::size_t>(gram.side * (pieceLength(gram.side) + 8));
    if (panel.size() < elements)
        panel.resize(elements);
}

void mirror(Gram& gram)
{
    for (std::int64_t i = 0; i < gram.side; ++i)
        for (std::int64_t j = 0; j < i; ++j)
            gram.values[static_cast<std::size_t>(i * gram.side + j)] = gram.at(j, i);
}

// √x where rounding may have left x a little below 0; NaN stays.
double rootOf(double x)
{
    return x < 0 ? 0 : std::sqrt(x);
}

} // namespace

void gramOfRows(const float* before, const float* after, std::int64_t rank, std::int64_t width, Gram& gram,
                std::vector<double>& panel)
{
    begin(rank, gram, panel);
    const GramLoops use = loops();
    const std::int64_t most = pieceLength(gram.side);
    for (std::int64_t k = 0; k < width; k += most)
        use.ofRows({before + k, after + k, rank, std::min(most, width - k), width, panel.data(),
                    gram.values.data(), gram.side});
    mirror(gram);
}

void gramOfColumns(const float* before, const float* after, std::int64_t height, std::int64_t rank,
                   Gram& gram, std::vector<double>& panel)
{
    begin(rank, gram, panel);
    const GramLoops use = loops();
    const std::int64_t most = pieceLength(gram.side);
    for (std::int64_t k = 0; k < height; k += most)
        use.ofColumns({before + k * rank, after + k * rank, rank, std::min(most, height - k), rank,
                       panel.data(), gram.values.data(), gram.side});
    mirror(gram);
}

FactorNumbers factorNumbers(const Gram& rows, const Gram& columns, std::int64_t rank)
{
    double squaresOfA = 0;
    double squaresOfB = 0;
    double product = 0;
    double distance = 0;
    for (std::int64_t i = 0; i < rank; ++i) {
        for (std::int64_t j = 0; j < rank; ++j) {
            // A' A'ᵀ from A and A' − A
            const double gramOfA =
                rows.at(i, j) + rows.at(i, rank + j) + rows.at(rank + i, j) + rows.at(rank + i, rank + j);
            const double gramOfB = columns.at(rank + i, rank + j);
            product += gramOfA * gramOfB;
            if (i == j) {
                squaresOfA += gramOfA;
                squaresOfB += gramOfB;
            }
        }
    }
    // ‖[B' − B, B'] [A; A' − A]‖² = Σ of the element-wise product of both matrices
    for (std::int64_t i = 0; i < 2 * rank; ++i)
        for (std::int64_t j = 0; j < 2 * rank; ++j)
            distance += rows.at(i, j) * columns.at(i, j);
    return {rootOf(squaresOfA), rootOf(squaresOfB), rootOf(product), rootOf(distance)};
}

} // namespace lens::kernels
