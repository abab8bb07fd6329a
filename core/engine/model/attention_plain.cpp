// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Attention by ATen operations, for devices without kernels of ours.
#include "core/engine/model/attention.h"
#include "core/engine/model/attention_layout.h"
#include "core/engine/model/roomy_rows.h"
#include "core/engine/torch_compat.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include <limits>

namespace lens {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// target = x (tokens, heads, d) rotated by sign · angle.
void rotateInto(at::Tensor target, const at::Tensor& x, const RotaryAngles& angles, int sign)
{
    target.copy_(x);
    if (!angles.cosine.defined())
        return;
    const std::int64_t half = angles.cosine.size(-1);
    const at::Tensor cosine = angles.cosine.reshape({-1, 1, half});
    const at::Tensor sine = angles.sine.reshape({-1, 1, half});
    const at::Tensor first = x.narrow(-1, 0, half).to(cosine.scalar_type());
    const at::Tensor second = x.narrow(-1, half, half).to(cosine.scalar_type());
    target.narrow(-1, 0, half).copy_(first * cosine - second * sine * sign);
    target.narrow(-1, half, half).copy_(second * cosine + first * sine * sign);
}

// q and k rotated, v as it is; brings the three gradients together in one buffer.
class InletFunction : public torch::autograd::Function<InletFunction> {
public:
    static variable_list forward(AutogradContext* context, const at::Tensor& q, const at::Tensor& k,
                                 const at::Tensor& v, const RotaryAngles& angles, std::int64_t room)
    {
        context->saved_data["cosine"] = angles.cosine;
        context->saved_data["sine"] = angles.sine;
        context->saved_data["room"] = room;
        const at::Tensor rotatedQ = at::empty(q.sizes(), q.options());
        const at::Tensor rotatedK = at::empty(k.sizes(), k.options());
        rotateInto(rotatedQ, q, angles, 1);
        rotateInto(rotatedK, k, angles, 1);
        return {rotatedQ, rotatedK, v.clone()};
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const RotaryAngles angles{context->saved_data["cosine"].toTensor(),
                                  context->saved_data["sine"].toTensor()};
        const auto parts = gradientParts(gradients[0].sizes(), gradients[1].sizes(), gradients[0].options(),
                                         context->saved_data["room"].toInt());
        rotateInto(parts[0], gradients[0], angles, -1);
        rotateInto(parts[1], gradients[1], angles, -1);
        at::Tensor(parts[2]).copy_(gradients[2]);
        return {parts[0], parts[1], parts[2], at::Tensor(), at::Tensor()};
    }
};

// x in rows with room to their right.
class OutletFunction : public torch::autograd::Function<OutletFunction> {
public:
    static at::Tensor forward(AutogradContext*, const at::Tensor& x, std::int64_t room)
    {
        return roomyEmpty(x.size(0), x.size(1), room, x.options()).copy_(x);
    }

    static variable_list backward(AutogradContext*, variable_list gradients)
    {
        return {gradients[0], at::Tensor()};
    }
};

at::Tensor hiddenKeys(std::int64_t queries, std::int64_t keys, std::optional<std::int64_t> window,
                      at::Device device)
{
    const auto integers = at::TensorOptions().dtype(at::kLong).device(device);
    const at::Tensor i = at::arange(keys - queries, keys, integers).unsqueeze(1);
    const at::Tensor j = at::arange(keys, integers).unsqueeze(0);
    at::Tensor hidden = j.gt(i);
    if (window)
        hidden.logical_or_(j.le(i - *window));
    return hidden;
}

// One document: q (heads, queries, d), k and v (keyHeads, keys, d) → (heads, queries, d).
at::Tensor denseDocument(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                         const AttentionForm& form)
{
    const std::int64_t queries = q.size(1);
    const std::int64_t keys = k.size(1);
    const at::Tensor grouped = q.reshape({k.size(0), -1, q.size(2)});
    const at::ScalarType wide = q.scalar_type() == at::kDouble ? at::kDouble : at::kFloat;
    at::Tensor scores = at::bmm(grouped, k.transpose(1, 2)).to(wide) * form.scale;
    if (form.softcap > 0)
        scores = (scores / form.softcap).tanh() * form.softcap;
    const at::Tensor hidden = hiddenKeys(queries, keys, form.window, q.device());
    scores = scores.view({-1, queries, keys})
                 .masked_fill(hidden, -std::numeric_limits<double>::infinity())
                 .view(scores.sizes());
    at::Tensor p = at::softmax(scores, -1);
    if (form.generator && form.dropout > 0) {
        const at::Tensor stays =
            at::empty(p.sizes(), p.options().dtype(at::kBool)).bernoulli_(1 - form.dropout, *form.generator);
        p = p * stays / (1 - form.dropout);
    }
    return at::bmm(p.to(q.scalar_type()), v).view(q.sizes());
}

at::Tensor documentOf(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                      const AttentionForm& form)
{
    const std::int64_t queries = q.size(1);
    const bool dropsNothing = !form.generator || form.dropout <= 0;
    const bool all = !form.window || *form.window >= k.size(1);
    if (all && dropsNothing && form.softcap <= 0 && (queries == k.size(1) || queries == 1))
        if (const auto out = fusedAttention(q, k, v, queries > 1, form.scale))
            return *out;
    return denseDocument(q, k, v, form);
}

} // namespace

at::Tensor attendPlainly(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                         const AttentionForm& form)
{
    const variable_list inputs = InletFunction::apply(q, k, v, form.angles, form.gradientRoom);
    std::vector<at::Tensor> parts;
    std::int64_t begin = 0;
    for (const std::int64_t length : form.lengths) {
        const auto part = [begin, length](const at::Tensor& x) {
            return x.narrow(0, begin, length).transpose(0, 1);
        };
        begin += length;
        if (length > 0)
            parts.push_back(documentOf(part(inputs[0]), part(inputs[1]), part(inputs[2]), form)
                                .transpose(0, 1)
                                .reshape({length, -1}));
    }
    return OutletFunction::apply(at::cat(parts, 0), form.room);
}

at::Tensor attendCachedPlainly(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                               const AttentionForm& form)
{
    const at::NoGradGuard guard;
    const at::Tensor rotated = at::empty(q.sizes(), q.options());
    rotateInto(rotated, q, form.angles, 1);
    at::Tensor newest = k.narrow(0, k.size(0) - q.size(0), q.size(0));
    rotateInto(newest, newest.clone(), form.angles, 1);
    const at::Tensor out =
        documentOf(rotated.transpose(0, 1), k.transpose(0, 1), v.transpose(0, 1), form).transpose(0, 1);
    return roomyEmpty(q.size(0), q.size(1) * q.size(2), form.room, q.options()).copy_(out.flatten(1));
}

} // namespace lens
