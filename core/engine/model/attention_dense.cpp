// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/attention_dense.h"

#include "core/engine/model/dropout.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <limits>

namespace lens {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t kPieceElements = std::int64_t{1} << 24; // of a block of probabilities held at once

// The queries of all heads that share a key head, one below the other: (rows · kvHeads, group · queries, d).
at::Tensor grouped(const at::Tensor& q, std::int64_t keyHeads)
{
    return q.view({q.size(0) * keyHeads, q.size(1) / keyHeads * q.size(2), q.size(3)});
}

at::Tensor merged(const at::Tensor& x)
{
    return x.view({x.size(0) * x.size(1), x.size(2), x.size(3)});
}

struct Probabilities {
    at::Tensor p;      // (batch, group · queries, keys)
    at::Tensor capped; // tanh(score / softcap), undefined without a softcap
};

// q (batch, group · queries, d) already scaled, k (batch, keys, d).
Probabilities probabilities(const at::Tensor& q, const at::Tensor& k, double softcap, const at::Tensor& mask)
{
    Probabilities result;
    at::Tensor scores = at::bmm(q, k.transpose(1, 2));
    if (softcap > 0) {
        result.capped = scores.div_(softcap).tanh_();
        scores = result.capped.mul(softcap);
    }
    if (mask.defined())
        scores.view({q.size(0), -1, mask.size(0), mask.size(1)}).add_(mask);
    // As transformers does it: the softmax in float32, the result in the model's type.
    result.p = at::softmax(scores, -1, at::kFloat).to(q.scalar_type());
    return result;
}

class AttentionFunction : public torch::autograd::Function<AttentionFunction> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& q, const at::Tensor& k,
                              const at::Tensor& v, const AttentionForm& form)
    {
        const at::Tensor queries = grouped(q, k.size(1)).mul(form.scale);
        const at::Tensor keys = merged(k);
        const at::Tensor values = merged(v);
        const at::Tensor mask = form.mask.value_or(at::Tensor());
        const std::int64_t piece = pieceOf(queries, keys, form.softcap);
        const bool drops = form.generator && form.dropout > 0;
        at::Tensor out = at::empty_like(queries);
        at::Tensor stays; // bool, like the probabilities of all pieces
        if (drops)
            stays = drawnStays(queries.new_empty({queries.size(0), queries.size(1), keys.size(1)}),
                               form.dropout, *form.generator);
        Probabilities kept;
        for (std::int64_t begin = 0; begin < queries.size(0); begin += piece) {
            const std::int64_t count = std::min(piece, queries.size(0) - begin);
            const auto part = [begin, count](const at::Tensor& x) { return x.narrow(0, begin, count); };
            const Probabilities now = probabilities(part(queries), part(keys), form.softcap, mask);
            at::Tensor target = part(out);
            at::bmm_out(target, drops ? thinned(now.p, part(stays), form.dropout) : now.p, part(values));
            if (piece >= queries.size(0))
                kept = now;
        }
        out = ungrouped(out, q);
        context->save_for_backward({q, k, v, out});
        context->saved_data["kept"] = kept.p;
        context->saved_data["capped"] = kept.capped;
        context->saved_data["stays"] = stays;
        context->saved_data["mask"] = mask;
        context->saved_data["scale"] = form.scale;
        context->saved_data["softcap"] = form.softcap;
        context->saved_data["dropout"] = form.dropout;
        return out;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        const at::Tensor& q = saved[0];
        const std::int64_t keyHeads = saved[1].size(1);
        const double scale = context->saved_data["scale"].toDouble();
        const double softcap = context->saved_data["softcap"].toDouble();
        const double dropout = context->saved_data["dropout"].toDouble();
        const at::Tensor queries = grouped(q, keyHeads).mul(scale);
        const at::Tensor keys = merged(saved[1]);
        const at::Tensor values = merged(saved[2]);
        const at::Tensor mask = context->saved_data["mask"].toTensor();
        const at::Tensor stays = context->saved_data["stays"].toTensor();
        const Probabilities kept{context->saved_data["kept"].toTensor(),
                                 context->saved_data["capped"].toTensor()};
        const Shape4 split{q.size(0), q.size(2), q.size(1), q.size(3)};
        const at::Tensor dy = gradients[0].contiguous();
        const at::Tensor dOut = grouped(split.headsFirst(dy), keyHeads);
        const at::Tensor rowSum = rowSums(dy * saved[3], split, queries);

        at::Tensor dQ = at::empty_like(queries);
        at::Tensor dK = at::empty_like(keys);
        at::Tensor dV = at::empty_like(values);
        const std::int64_t piece = kept.p.defined() ? queries.size(0) : pieceOf(queries, keys, softcap);
        for (std::int64_t begin = 0; begin < queries.size(0); begin += piece) {
            const std::int64_t count = std::min(piece, queries.size(0) - begin);
            const auto part = [begin, count](const at::Tensor& x) { return x.narrow(0, begin, count); };
            const Probabilities now =
                kept.p.defined() ? kept : probabilities(part(queries), part(keys), softcap, mask);
            const at::Tensor seen = stays.defined() ? thinned(now.p, part(stays), dropout) : now.p;
            at::Tensor target = part(dV);
            at::bmm_out(target, seen.transpose(1, 2), part(dOut));
            at::Tensor dScores = at::bmm(part(dOut), part(values).transpose(1, 2));
            if (stays.defined())
                dScores = thinned(dScores, part(stays), dropout);
            dScores.sub_(part(rowSum)).mul_(now.p);
            if (now.capped.defined()) // tanh′ = 1 − tanh²
                dScores.addcmul_(dScores * now.capped, now.capped, -1);
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

    // How many entries of the batch are worked on at once. With a softcap two numbers are kept of each score.
    static std::int64_t pieceOf(const at::Tensor& queries, const at::Tensor& keys, double softcap)
    {
        const std::int64_t entry = queries.size(1) * keys.size(1) * (softcap > 0 ? 2 : 1);
        return std::max<std::int64_t>(1, kPieceElements / std::max<std::int64_t>(1, entry));
    }

    static at::Tensor thinned(const at::Tensor& p, const at::Tensor& stays, double dropout)
    {
        return p.mul(stays).mul_(1 / (1 - dropout));
    }

    // Σ over keys of dP · P, which is Σ over d of dO · O (with dropout too: both sides have it). `products`:
    // dO · O (rows, time, heads · d).
    static at::Tensor rowSums(const at::Tensor& products, const Shape4& split, const at::Tensor& queries)
    {
        const at::Tensor inner = products.view({split.rows, split.time, split.heads, split.d}).sum(-1, true);
        return inner.transpose(1, 2).contiguous().view({queries.size(0), queries.size(1), 1});
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

at::Tensor attendDensely(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                         const AttentionForm& form)
{
    return AttentionFunction::apply(q, k, v, form);
}

} // namespace lens
