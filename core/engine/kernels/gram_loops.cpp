// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/gram_loops.h"

#include "core/engine/kernels/double_vector.h"

namespace lens::kernels {
namespace {

// Sums that fit into the registers beside what they are made of: (4, 4) of 32, (4, 2) of 16.
constexpr int kTileRows = 4;
constexpr int kTileColumns = kLanes == 8 ? 4 : 2;
constexpr int kOuterRows = kLanes == 8 ? 8 : 4;
constexpr int kOuterVectors = 2;
constexpr std::int64_t kPanelPadding = 8; // keeps rows of a power of two off the same sets of the cache

// gram (kTileRows, kTileColumns) += rows of x times rows of y, both of `length`, a multiple of kLanes.
void addTile(const double* x, const double* y, std::int64_t stride, std::int64_t length, double* gram,
             std::int64_t side)
{
    DoubleVector sums[kTileRows][kTileColumns] = {};
    for (std::int64_t k = 0; k < length; k += kLanes) {
        DoubleVector b[kTileColumns];
#pragma GCC unroll 8
        for (int j = 0; j < kTileColumns; ++j)
            b[j] = loadVector(y + j * stride + k);
#pragma GCC unroll 8
        for (int i = 0; i < kTileRows; ++i) {
            const DoubleVector a = loadVector(x + i * stride + k);
#pragma GCC unroll 8
            for (int j = 0; j < kTileColumns; ++j)
                sums[i][j] += a * b[j];
        }
    }
#pragma GCC unroll 8
    for (int i = 0; i < kTileRows; ++i)
#pragma GCC unroll 8
        for (int j = 0; j < kTileColumns; ++j)
            gram[i * side + j] += totalOf(sums[i][j]);
}

void ofRows(const GramPiece& piece)
{
    const std::int64_t padded = (piece.length + 7) / 8 * 8;
    const std::int64_t stride = padded + kPanelPadding;
    for (std::int64_t i = 0; i < piece.rank; ++i) {
        double* __restrict value = piece.panel + i * stride;
        double* __restrict change = piece.panel + (piece.rank + i) * stride;
        const float* before = piece.before + i * piece.stride;
        const float* after = piece.after + i * piece.stride;
        for (std::int64_t k = 0; k < piece.length; ++k) {
            value[k] = before[k];
            change[k] = static_cast<double>(after[k]) - static_cast<double>(before[k]);
        }
        for (std::int64_t k = piece.length; k < padded; ++k)
            value[k] = change[k] = 0;
    }
    for (std::int64_t i = 2 * piece.rank; i < piece.side; ++i)
        for (std::int64_t k = 0; k < padded; ++k)
            piece.panel[i * stride + k] = 0;
    for (std::int64_t i = 0; i < piece.side; i += kTileRows)
        for (std::int64_t j = i / kTileColumns * kTileColumns; j < piece.side; j += kTileColumns)
            addTile(piece.panel + i * stride, piece.panel + j * stride, stride, padded,
                    piece.gram + i * piece.side + j, piece.side);
}

// gram (kOuterRows, kVectors · kLanes) += Σ over k of x[k]ᵀ y[k], rows of the panel `side` apart.
template <int kVectors>
void addOuter(const double* x, const double* y, std::int64_t length, double* gram, std::int64_t side)
{
    DoubleVector sums[kOuterRows][kVectors] = {};
    for (std::int64_t k = 0; k < length; ++k) {
        DoubleVector b[kVectors];
#pragma GCC unroll 8
        for (int j = 0; j < kVectors; ++j)
            b[j] = loadVector(y + k * side + j * kLanes);
#pragma GCC unroll 8
        for (int i = 0; i < kOuterRows; ++i)
#pragma GCC unroll 8
            for (int j = 0; j < kVectors; ++j)
                sums[i][j] += x[k * side + i] * b[j];
    }
#pragma GCC unroll 8
    for (int i = 0; i < kOuterRows; ++i)
#pragma GCC unroll 8
        for (int j = 0; j < kVectors; ++j)
            storeVector(gram + i * side + j * kLanes, loadVector(gram + i * side + j * kLanes) + sums[i][j]);
}

void ofColumns(const GramPiece& piece)
{
    for (std::int64_t k = 0; k < piece.length; ++k) {
        double* __restrict change = piece.panel + k * piece.side;
        double* __restrict value = change + piece.rank;
        const float* before = piece.before + k * piece.stride;
        const float* after = piece.after + k * piece.stride;
        for (std::int64_t i = 0; i < piece.rank; ++i) {
            change[i] = static_cast<double>(after[i]) - static_cast<double>(before[i]);
            value[i] = after[i];
        }
        for (std::int64_t i = 2 * piece.rank; i < piece.side; ++i)
            change[i] = 0;
    }
    constexpr std::int64_t kWide = kOuterVectors * kLanes;
    for (std::int64_t i = 0; i < piece.side; i += kOuterRows) {
        std::int64_t j = i / kWide * kWide;
        for (; j + kWide <= piece.side; j += kWide)
            addOuter<kOuterVectors>(piece.panel + i, piece.panel + j, piece.length,
                                    piece.gram + i * piece.side + j, piece.side);
        for (; j < piece.side; j += kLanes)
            addOuter<1>(piece.panel + i, piece.panel + j, piece.length, piece.gram + i * piece.side + j,
                        piece.side);
    }
}

} // namespace

template <InstructionSet kSet>
GramLoops gramLoops()
{
    return {ofRows, ofColumns};
}

template GramLoops gramLoops<kThisSet>();

} // namespace lens::kernels
