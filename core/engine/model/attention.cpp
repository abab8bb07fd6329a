// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/attention.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace lens {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t kPieceElements = std::int64_t{1} << 24; // of a block of probabilities held at once

struct AttentionMask {
    at::Tensor additive; // (queries, keys); undefined: all visible
};

// The queries of all heads that share a key head, one below the other: (rows · kvHeads, group · queries, d).
at::Tensor grouped(const at::Tensor& q, std::int64_t keyHeads)
{
    return q.view({q.size(0) * keyHeads, q.size(1) / keyHeads * q.size(2), q.size(3)});
}

at::Tensor merged(const at::Tensor& x)
{
    return x.view({x.size(0) * x.size(1), x.size(2), x.size(3)});
}

// q (batch, group · queries, d) already scaled, k (batch, keys, d) → (batch, group · queries, keys).
at::Tensor probabilities(const at::Tensor& q, const at::Tensor& k, const at::Tensor& mask)
{
    at::Tensor scores = at::bmm(q, k.transpose(1, 2));
    if (mask.defined())
        scores.view({q.size(0), -1, mask.size(0), mask.size(1)}).add_(mask);
    // As transformers does it: the softmax in float32, the result in the model's type.
    return at::softmax(scores, -1, at::kFloat).to(q.scalar_type());
}

class AttentionFunction : public torch::autograd::Function<AttentionFunction> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& q, const at::Tensor& k,
                              const at::Tensor& v, const AttentionMask& mask)
    {
        const double scale = 1 / std::sqrt(static_cast<double>(q.size(3)));
        const at::Tensor queries = grouped(q, k.size(1)).mul(scale);
        const at::Tensor keys = merged(k);
        const at::Tensor values = merged(v);
        const std::int64_t piece = pieceOf(queries, keys);
        at::Tensor out = at::empty_like(queries);
        at::Tensor kept;
        for (std::int64_t begin = 0; begin < queries.size(0); begin += piece) {
            const std::int64_t count = std::min(piece, queries.size(0) - begin);
            const at::Tensor p =
                probabilities(queries.narrow(0, begin, count), keys.narrow(0, begin, count), mask.additive);
            at::Tensor target = out.narrow(0, begin, count);
            at::bmm_out(target, p, values.narrow(0, begin, count));
            if (piece >= queries.size(0))
                kept = p;
        }
        out = ungrouped(out, q);
        context->save_for_backward({q, k, v, out});
        context->saved_data["kept"] = kept;
        context->saved_data["mask"] = mask.additive;
        return out;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        const at::Tensor& q = saved[0];
        const std::int64_t keyHeads = saved[1].size(1);
        const double scale = 1 / std::sqrt(static_cast<double>(q.size(3)));
        const at::Tensor queries = grouped(q, keyHeads).mul(scale);
        const at::Tensor keys = merged(saved[1]);
        const at::Tensor values = merged(saved[2]);
        const at::Tensor mask = context->saved_data["mask"].toTensor();
        const at::Tensor kept = context->saved_data["kept"].toTensor();
        const Shape4 split{q.size(0), q.size(2), q.size(1), q.size(3)};
        const at::Tensor dy = gradients[0].contiguous();
        const at::Tensor dOut = grouped(split.headsFirst(dy), keyHeads);
        // Σ over keys of dP · P, which is Σ over d of dO · O.
        const at::Tensor inner =
            (dy * saved[3]).view({split.rows, split.time, split.heads, split.d}).sum(-1, true);
        const at::Tensor rowSum =
            inner.transpose(1, 2).contiguous().view({queries.size(0), queries.size(1), 1});

        at::Tensor dQ = at::empty_like(queries);
        at::Tensor dK = at::empty_like(keys);
        at::Tensor dV = at::empty_like(values);
        const std::int64_t piece = kept.defined() ? queries.size(0) : pieceOf(queries, keys);
        for (std::int64_t begin = 0; begin < queries.size(0); begin += piece) {
            const std::int64_t count = std::min(piece, queries.size(0) - begin);
            const auto part = [begin, count](const at::Tensor& x) { return x.narrow(0, begin, count); };
            const at::Tensor p = kept.defined() ? kept : probabilities(part(queries), part(keys), mask);
            at::Tensor target = part(dV);
            at::bmm_out(target, p.transpose(1, 2), part(dOut));
            at::Tensor dScores = at::bmm(part(dOut), part(values).transpose(1, 2));
            dScores.sub_(part(rowSum)).mul_(p);
            target = part(dQ);
            at::bmm_out(target, dScores, part(keys));
            target = part(dK);
            at::bmm_out(target, dScores.transpose(1, 2), part(queries));
        }
        return {dQ.mul_(scale).view(q.sizes()), dK.view(saved[1].sizes()), dV.view(saved[2].sizes()),
                at::Tensor()};
    }

private:
    struct Shape4 {
        std::int64_t rows, time, heads, d;
        // (rows, time, heads · d) → (rows, heads, time, d)
        at::Tensor headsFirst(const at::Tensor& x) const
        {
            return x.view({rows, time, heads, d}).transpose(1, 2).contiguous();
        }
    };

    // How many entries of the batch are worked on at once.
    static std::int64_t pieceOf(const at::Tensor& queries, const at::Tensor& keys)
    {
        return std::max<std::int64_t>(1, kPieceElements /
                                             std::max<std::int64_t>(1, queries.size(1) * keys.size(1)));
    }

    static at::Tensor ungrouped(const at::Tensor& out, const at::Tensor& q)
    {
        return out.view(q.sizes()).transpose(1, 2).reshape({q.size(0), q.size(2), q.size(1) * q.size(3)});
    }
};

} // namespace

std::optional<at::Tensor> visibility(std::int64_t queries, std::int64_t keys,
                                     std::optional<std::int64_t> window, const at::TensorOptions& options)
{
    const std::int64_t offset = keys - queries;
    if (queries == 1 && (!window || keys <= *window))
        return std::nullopt;
    const auto integers = options.dtype(at::kLong);
    const at::Tensor i = at::arange(offset, keys, integers).unsqueeze(1);
    const at::Tensor j = at::arange(keys, integers).unsqueeze(0);
    at::Tensor hidden = j.gt(i);
    if (window)
        hidden.logical_or_(j.le(i - *window));
    return at::zeros({queries, keys}, options).masked_fill_(hidden, -std::numeric_limits<double>::infinity());
}

at::Tensor attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                  const std::optional<at::Tensor>& mask)
{
    return AttentionFunction::apply(q, k, v, AttentionMask{mask.value_or(at::Tensor())});
}

} // namespace lens
