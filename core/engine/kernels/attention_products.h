// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The products of attention's tiles, prepared before threads share them.
#pragma once

#include "core/engine/kernels/attention_plan.h"
#include "core/engine/kernels/product.h"

#include <cstdint>
#include <map>
#include <tuple>

namespace lens::kernels {

enum class TileKind {
    Scores,   // (rows, d) (columns, d)ᵀ → (rows, columns)
    Weighted, // (rows, columns) (columns, d) → (rows, d)
    Gathered, // (rows, columns)ᵀ (rows, d) → (columns, d), accumulated
};

class AttentionProducts {
public:
    AttentionProducts(at::ScalarType type, std::int64_t d);

    // `rows`: of all heads. `stride`: between the keys; d for Gathered.
    void prepare(TileKind kind, std::int64_t rows, std::int64_t columns, std::int64_t stride,
                 bool accumulate = false);
    const TileProduct& of(TileKind kind, std::int64_t rows, std::int64_t columns, std::int64_t stride,
                          bool accumulate = false) const;

private:
    using Key = std::tuple<TileKind, std::int64_t, std::int64_t, std::int64_t, bool>;
    at::ScalarType m_type;
    std::int64_t m_d;
    std::map<Key, TileProduct> m_products;
};

} // namespace lens::kernels
