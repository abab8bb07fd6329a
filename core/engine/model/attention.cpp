// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/attention.h"

#include "core/engine/model/attention_dense.h"
#include "core/engine/model/attention_layout.h"

#include <ATen/ATen.h>

namespace lens {
namespace {

constexpr std::int64_t kRowMultiple = 32;

} // namespace

at::Tensor roomyRows(std::int64_t rows, std::int64_t width, std::int64_t room,
                     const at::TensorOptions& options)
{
    const std::int64_t stride = (width + room + kRowMultiple - 1) / kRowMultiple * kRowMultiple;
    const at::Tensor buffer = at::empty({rows * stride}, options);
    // No view: a result of autograd should be none.
    return at::empty({0}, options).set_(buffer.storage(), 0, {rows, width}, {stride, 1});
}

std::array<at::Tensor, 3> gradientParts(at::IntArrayRef querySizes, at::IntArrayRef keySizes,
                                        const at::TensorOptions& options, std::int64_t room)
{
    const std::int64_t d = querySizes[2];
    const std::int64_t keyWidth = keySizes[1] * d;
    const std::int64_t queryWidth = querySizes[1] * d;
    const at::Tensor buffer = roomyRows(querySizes[0], queryWidth + 2 * keyWidth, room, options);
    const auto part = [&](std::int64_t first, std::int64_t width) {
        return buffer.narrow(1, first, width).unflatten(1, {width / d, d});
    };
    return {part(0, queryWidth), part(queryWidth, keyWidth), part(queryWidth + keyWidth, keyWidth)};
}

at::Tensor attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const AttentionForm& form)
{
    if (q.dim() == 4)
        return attendDensely(q, k, v, form);
    return attendPlainly(q, k, v, form);
}

at::Tensor attendCached(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                        const AttentionForm& form)
{
    return attendCachedPlainly(q, k, v, form);
}

} // namespace lens
