// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/attention_flat.h"

#include "core/engine/kernels/attention_problem.h"
#include "core/engine/kernels/dispatch.h"
#include "core/engine/kernels/rotation.h"
#include "core/engine/model/attention_layout.h"
#include "core/engine/model/roomy_rows.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace lens {
namespace {

using namespace kernels;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

at::ScalarType wideTypeOf(at::ScalarType type)
{
    return type == at::kDouble ? at::kDouble : at::kFloat;
}

// x with unit stride in the last dimension, which nearly all have.
at::Tensor innermostDense(const at::Tensor& x)
{
    return x.stride(-1) == 1 || x.size(-1) == 1 ? x : x.contiguous();
}

template <class T>
HeadRows<T> headRows(const at::Tensor& x)
{
    return {static_cast<T*>(x.data_ptr()), x.stride(0), x.stride(1)};
}

// Of (tokens, heads · d).
template <class T>
HeadRows<T> headRows(const at::Tensor& x, std::int64_t d)
{
    return {static_cast<T*>(x.data_ptr()), x.stride(0), d};
}

// (tokens, half), contiguous, of the type they are computed in.
RotaryAngles flatAngles(const RotaryAngles& angles, std::int64_t tokens, at::ScalarType type)
{
    if (!angles.cosine.defined())
        return {};
    const auto flat = [&](const at::Tensor& x) {
        return x.reshape({tokens, x.size(-1)}).to(wideTypeOf(type)).contiguous();
    };
    return {flat(angles.cosine), flat(angles.sine)};
}

void turn(const at::Tensor& x, const RotaryAngles& angles)
{
    if (angles.cosine.defined())
        rotateInPlace(x, angles.cosine, angles.sine, 1);
}

template <class T>
AngleRows<T> angleRows(const RotaryAngles& angles)
{
    if (!angles.cosine.defined())
        return {};
    return {static_cast<const Compute<T>*>(angles.cosine.data_ptr()),
            static_cast<const Compute<T>*>(angles.sine.data_ptr()), angles.cosine.size(1)};
}

AttentionProblem problemOf(const at::Tensor& q, const at::Tensor& k, const AttentionForm& form)
{
    AttentionProblem problem;
    problem.heads = q.size(1);
    problem.keyHeads = k.size(1);
    problem.d = q.size(2);
    problem.scale = form.scale;
    problem.softcap = form.softcap;
    problem.window = form.window.value_or(0);
    return problem;
}

std::vector<AttentionDocument> documentsOf(const std::vector<std::int64_t>& lengths)
{
    std::vector<AttentionDocument> documents;
    std::int64_t begin = 0;
    for (const std::int64_t length : lengths) {
        if (length > 0)
            documents.push_back({begin, length, begin, length});
        begin += length;
    }
    return documents;
}

template <class T>
AttentionOperands<T> operandsOf(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                                const at::Tensor& out, const at::Tensor& logSum)
{
    return {headRows<const T>(q), headRows<const T>(k), headRows<const T>(v), headRows<T>(out, q.size(2)),
            logSum.defined() ? static_cast<Compute<T>*>(logSum.data_ptr()) : nullptr};
}

// What the backward pass needs beside tensors.
struct Kept : torch::CustomClassHolder {
    AttentionProblem problem;
    RotaryAngles angles;
    std::int64_t gradientRoom = 0;
};

class FlatAttention : public torch::autograd::Function<FlatAttention> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& givenQ, const at::Tensor& givenK,
                              const at::Tensor& givenV, const AttentionForm& form)
    {
        const at::Tensor q = innermostDense(givenQ);
        const at::Tensor k = innermostDense(givenK);
        const at::Tensor v = innermostDense(givenV);
        const std::int64_t tokens = q.size(0);
        auto kept = c10::make_intrusive<Kept>();
        kept->problem = problemOf(q, k, form);
        kept->problem.documents = documentsOf(form.lengths);
        if (form.generator && form.dropout > 0) {
            kept->problem.dropout = form.dropout;
            kept->problem.seed = attentionSeed(*form.generator);
        }
        kept->angles = flatAngles(form.angles, tokens, q.scalar_type());
        kept->gradientRoom = form.gradientRoom;
        const at::Tensor out = roomyEmpty(tokens, q.size(1) * q.size(2), form.room, q.options());
        const at::Tensor logSum =
            at::empty({tokens, q.size(1)}, q.options().dtype(wideTypeOf(q.scalar_type())));
        turn(q, kept->angles);
        turn(k, kept->angles);
        withType(q.scalar_type(),
                 [&]<class T>() { attentionForward(kept->problem, operandsOf<T>(q, k, v, out, logSum)); });
        context->save_for_backward({q, k, v, out});
        context->saved_data["logSum"] = logSum;
        context->saved_data["kept"] = at::IValue::make_capsule(std::move(kept));
        return out;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto saved = context->get_saved_variables();
        const at::Tensor& q = saved[0];
        const at::Tensor& k = saved[1];
        const auto kept = c10::static_intrusive_pointer_cast<Kept>(context->saved_data["kept"].toCapsule());
        const at::Tensor dOut = innermostDense(gradients[0]);
        const auto parts = gradientParts(q.sizes(), k.sizes(), q.options(), kept->gradientRoom);
        withType(q.scalar_type(), [&]<class T>() {
            const AttentionGradients<T> into{headRows<const T>(dOut, q.size(2)), headRows<T>(parts[0]),
                                             headRows<T>(parts[1]), headRows<T>(parts[2]),
                                             angleRows<T>(kept->angles)};
            attentionBackward(
                kept->problem,
                operandsOf<T>(q, k, saved[2], saved[3], context->saved_data["logSum"].toTensor()), into);
        });
        return {parts[0], parts[1], parts[2], at::Tensor()};
    }
};

} // namespace

std::uint64_t attentionSeed(at::Generator& generator)
{
    const at::Tensor drawn = at::empty({}, at::TensorOptions().dtype(at::kLong).device(generator.device()));
    return static_cast<std::uint64_t>(drawn.random_(generator).item<std::int64_t>());
}

bool suitsAttentionKernels(const at::Tensor& q)
{
    const at::ScalarType type = q.scalar_type();
    return q.device().is_cpu() && (type == at::kFloat || type == at::kBFloat16 || type == at::kDouble);
}

at::Tensor attendByKernels(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                           const AttentionForm& form)
{
    return FlatAttention::apply(q, k, v, form);
}

at::Tensor attendCachedByKernels(const at::Tensor& givenQ, const at::Tensor& k, const at::Tensor& givenV,
                                 const AttentionForm& form)
{
    const at::NoGradGuard guard;
    const at::Tensor q = innermostDense(givenQ);
    const at::Tensor v = innermostDense(givenV);
    const std::int64_t queries = q.size(0);
    const std::int64_t keys = k.size(0);
    AttentionProblem problem = problemOf(q, k, form);
    problem.documents = {{0, queries, 0, keys}};
    const RotaryAngles angles = flatAngles(form.angles, queries, q.scalar_type());
    const at::Tensor out = roomyEmpty(queries, q.size(1) * q.size(2), form.room, q.options());
    turn(q, angles);
    turn(k.narrow(0, keys - queries, queries), angles);
    withType(q.scalar_type(), [&]<class T>() { attentionForward(problem, operandsOf<T>(q, k, v, out, {})); });
    return out;
}

} // namespace lens
