// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Matrix products. On the CPU by oneDNN, the library that LibTorch loads for the same purpose, called
// directly: it takes operands where they lie (views into wider buffers, transposed ones), accumulates
// bfloat16 in float32 and can leave the result there, and reaches the processor's peak for thin matrices,
// where LibTorch's own ways do not. Elsewhere, in double precision, and where the program was built without
// oneDNN: ATen.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace lens {

// out = a b, or out + a b. a (m, k) and b (k, n) of one type (float32, bfloat16, float64), each with unit
// stride in one dimension and at least the size of that one in the other; out (m, n) with unit stride in the
// last dimension, of the same type, or float32 where a and b are bfloat16. Operands do not overlap out. No
// gradients.
void multiply(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b, bool accumulate = false);

// Shape, strides (in elements) and types of a product that is done many times.
struct TileShape {
    at::ScalarType type = at::kFloat;   // of a and b
    at::ScalarType result = at::kFloat; // of out
    std::int64_t m = 0, k = 0, n = 0;
    std::int64_t aRow = 0, aColumn = 1; // one of the two is 1
    std::int64_t bRow = 0, bColumn = 1;
    std::int64_t outRow = 0;
    bool accumulate = false;
};

// A product of one shape, prepared once (0.3 ms and 80 KB the first time). Each call works on the calling
// thread alone, so that at::parallel_for can hand tiles to all of them.
class TileProduct {
public:
    explicit TileProduct(const TileShape& shape);
    TileProduct(TileProduct&&) noexcept;
    TileProduct& operator=(TileProduct&&) noexcept;
    ~TileProduct();

    const TileShape& shape() const { return m_shape; }
    void run(const void* a, const void* b, void* out) const;

private:
    struct Prepared;
    TileShape m_shape;
    std::shared_ptr<const Prepared> m_prepared; // null: by ATen
};

} // namespace lens
