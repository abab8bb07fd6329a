// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/attention.h"

#include "core/base/error.h"
#include "core/engine/model/attention_flat.h"
#include "core/engine/model/attention_layout.h"
#include "core/engine/model/roomy_rows.h"

#include <ATen/ATen.h>

#include <numeric>

namespace lens {
namespace {

void check(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const AttentionForm& form)
{
    const bool fits = q.dim() == 3 && k.dim() == 3 && k.sizes() == v.sizes() && q.size(2) == k.size(2) &&
                      k.size(1) > 0 && q.size(1) % k.size(1) == 0 && q.size(0) <= k.size(0) &&
                      k.scalar_type() == q.scalar_type() && v.scalar_type() == q.scalar_type();
    if (!fits)
        throw Error("queries, keys and values do not fit each other", "attention");
    if (form.scale <= 0 || form.window.value_or(1) < 1)
        throw Error("scale and window must be above 0", "attention");
}

} // namespace

std::array<at::Tensor, 3> gradientParts(at::IntArrayRef querySizes, at::IntArrayRef keySizes,
                                        const at::TensorOptions& options, std::int64_t room)
{
    const std::int64_t d = querySizes[2];
    const std::int64_t keyWidth = keySizes[1] * d;
    const std::int64_t queryWidth = querySizes[1] * d;
    const at::Tensor buffer = roomyEmpty(querySizes[0], queryWidth + 2 * keyWidth, room, options);
    const auto part = [&](std::int64_t first, std::int64_t width) {
        return buffer.narrow(1, first, width).view({querySizes[0], width / d, d});
    };
    return {part(0, queryWidth), part(queryWidth, keyWidth), part(queryWidth + keyWidth, keyWidth)};
}

at::Tensor attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const AttentionForm& form)
{
    check(q, k, v, form);
    if (std::accumulate(form.lengths.begin(), form.lengths.end(), std::int64_t{0}) != q.size(0))
        throw Error("the lengths of the documents do not sum up to the tokens", "attention");
    return suitsAttentionKernels(q) ? attendByKernels(q, k, v, form) : attendPlainly(q, k, v, form);
}

at::Tensor attendCached(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                        const AttentionForm& form)
{
    check(q, k, v, form);
    const bool suits = suitsAttentionKernels(q) && k.stride(2) == 1;
    return suits ? attendCachedByKernels(q, k, v, form) : attendCachedPlainly(q, k, v, form);
}

} // namespace lens
