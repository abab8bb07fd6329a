// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/product.h"

#include "core/engine/kernels/onednn_product.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <stdexcept>

namespace lens {
namespace {

at::Tensor wide(const at::Tensor& x)
{
    return x.to(at::kFloat);
}

// By ATen, whatever the types.
void multiplyPlainly(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b, bool accumulate)
{
    const at::NoGradGuard guard;
    at::Tensor target = out;
    if (out.scalar_type() != a.scalar_type()) {
        const at::Tensor product = a.device().is_cpu() ? at::mm(wide(a), wide(b)) : at::mm(a, b);
        accumulate ? target.add_(product) : target.copy_(product);
    } else if (accumulate) {
        target.addmm_(a, b);
    } else {
        at::mm_out(target, a, b);
    }
}

// Where bfloat16 has no instructions at all.
void multiplyWidened(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b, bool accumulate)
{
    if (out.scalar_type() == at::kFloat)
        return multiply(out, wide(a), wide(b), accumulate);
    const at::Tensor product =
        accumulate ? wide(out) : at::empty(out.sizes(), out.options().dtype(at::kFloat));
    multiply(product, wide(a), wide(b), accumulate);
    out.copy_(product);
}

struct Strides {
    std::int64_t row = 0;
    std::int64_t column = 0;
};

// As oneDNN wants them: one is 1, whatever a dimension of size 1 says.
Strides stridesOf(const at::Tensor& x)
{
    const std::int64_t rows = x.size(0);
    const std::int64_t columns = x.size(1);
    if (x.stride(1) == 1 || columns == 1)
        return {rows == 1 ? std::max<std::int64_t>(1, columns) : x.stride(0), 1};
    if (x.stride(0) == 1 || rows == 1)
        return {1, columns == 1 ? std::max<std::int64_t>(1, rows) : x.stride(1)};
    throw std::invalid_argument("multiply: an operand has no dimension of unit stride");
}

bool overlapsItself(const Strides& strides, const at::Tensor& x)
{
    return strides.column == 1 ? x.size(0) > 1 && strides.row < x.size(1) : strides.column < x.size(0);
}

TileShape shapeOf(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b, bool accumulate)
{
    const Strides left = stridesOf(a);
    const Strides right = stridesOf(b);
    TileShape shape;
    shape.type = a.scalar_type();
    shape.result = out.scalar_type();
    shape.m = a.size(0);
    shape.k = a.size(1);
    shape.n = b.size(1);
    shape.aRow = left.row;
    shape.aColumn = left.column;
    shape.bRow = right.row;
    shape.bColumn = right.column;
    shape.outRow = out.size(0) == 1 ? std::max<std::int64_t>(1, out.size(1)) : out.stride(0);
    shape.accumulate = accumulate;
    return shape;
}

// Expanded operands (stride 0) are ATen's.
bool suitsOneDnn(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b)
{
    return !overlapsItself(stridesOf(a), a) && !overlapsItself(stridesOf(b), b) &&
           (out.size(1) == 1 || out.stride(1) == 1) && (out.size(0) == 1 || out.stride(0) >= out.size(1));
}

at::Tensor viewed(const void* data, at::ScalarType type, std::int64_t rows, std::int64_t columns,
                  Strides strides)
{
    return at::from_blob(const_cast<void*>(data), {rows, columns}, {strides.row, strides.column}, type);
}

} // namespace

void multiply(const at::Tensor& out, const at::Tensor& a, const at::Tensor& b, bool accumulate)
{
    if (out.numel() == 0)
        return;
    if (a.size(1) == 0) {
        if (!accumulate)
            at::Tensor(out).zero_();
        return;
    }
    const at::ScalarType type = a.scalar_type();
    const bool known = type == at::kFloat || type == at::kBFloat16;
    if (!hasOneDnn() || !a.device().is_cpu() || !known || !suitsOneDnn(out, a, b))
        return multiplyPlainly(out, a, b, accumulate);
    if (type == at::kBFloat16 && !oneDnnKnowsBFloat16())
        return multiplyWidened(out, a, b, accumulate);
    OneDnnProduct::of(shapeOf(out, a, b, accumulate), at::get_num_threads())
        .run(a.data_ptr(), b.data_ptr(), out.data_ptr());
}

struct TileProduct::Prepared {
    OneDnnProduct product;
};

TileProduct::TileProduct(const TileShape& shape) : m_shape(shape)
{
    const bool known =
        shape.type == at::kFloat || (shape.type == at::kBFloat16 && hasOneDnn() && oneDnnKnowsBFloat16());
    if (hasOneDnn() && known)
        m_prepared = std::make_shared<const Prepared>(Prepared{OneDnnProduct::of(shape, 1)});
}

TileProduct::TileProduct(TileProduct&&) noexcept = default;
TileProduct& TileProduct::operator=(TileProduct&&) noexcept = default;
TileProduct::~TileProduct() = default;

void TileProduct::run(const void* a, const void* b, void* out) const
{
    if (m_prepared)
        return m_prepared->product.run(a, b, out);
    const at::Tensor left = viewed(a, m_shape.type, m_shape.m, m_shape.k, {m_shape.aRow, m_shape.aColumn});
    const at::Tensor right = viewed(b, m_shape.type, m_shape.k, m_shape.n, {m_shape.bRow, m_shape.bColumn});
    multiplyPlainly(viewed(out, m_shape.result, m_shape.m, m_shape.n, {m_shape.outRow, 1}), left, right,
                    m_shape.accumulate);
}

} // namespace lens
