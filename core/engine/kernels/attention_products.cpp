// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/attention_products.h"

namespace lens::kernels {

AttentionProducts::AttentionProducts(at::ScalarType type, std::int64_t d) : m_type(type), m_d(d) {}

void AttentionProducts::prepare(TileKind kind, std::int64_t rows, std::int64_t columns, std::int64_t stride,
                                bool accumulate)
{
    const Key key{kind, rows, columns, stride, accumulate};
    if (m_products.contains(key))
        return;
    TileShape shape;
    shape.type = m_type;
    shape.result = m_type == at::kDouble ? at::kDouble : at::kFloat;
    shape.accumulate = accumulate;
    switch (kind) {
    case TileKind::Scores:
        shape.m = rows;
        shape.k = m_d;
        shape.n = columns;
        shape.aRow = m_d;
        shape.bRow = 1;
        shape.bColumn = stride;
        shape.outRow = columns;
        break;
    case TileKind::Weighted:
        shape.m = rows;
        shape.k = columns;
        shape.n = m_d;
        shape.aRow = columns;
        shape.bRow = stride;
        shape.outRow = m_d;
        break;
    case TileKind::Gathered:
        shape.m = columns;
        shape.k = rows;
        shape.n = m_d;
        shape.aRow = 1;
        shape.aColumn = columns;
        shape.bRow = m_d;
        shape.outRow = m_d;
        break;
    }
    m_products.emplace(key, TileProduct(shape));
}

const TileProduct& AttentionProducts::of(TileKind kind, std::int64_t rows, std::int64_t columns,
                                         std::int64_t stride, bool accumulate) const
{
    return m_products.at(Key{kind, rows, columns, stride, accumulate});
}

} // namespace lens::kernels
