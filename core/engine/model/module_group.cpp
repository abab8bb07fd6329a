// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/model/module_group.h"

#include "core/engine/kernels/factor_halves.h"
#include "core/engine/kernels/gated_activation.h"
#include "core/engine/kernels/product.h"
#include "core/engine/model/roomy_rows.h"

#include <ATen/ATen.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/csrc/autograd/custom_function.h>

namespace lens {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

at::TensorOptions factorOptions(const at::Tensor& x)
{
    return x.options().dtype(x.scalar_type() == at::kDouble ? at::kDouble : at::kFloat);
}

at::Tensor roomy(const at::Tensor& x, std::int64_t room)
{
    if (hasRoom(x, room))
        return x;
    at::Tensor copy = roomyEmpty(x.size(0), x.size(1), room, x.options());
    copy.copy_(x);
    return copy;
}

// U = s x Aᵀ of all modules: (tokens, factorColumns), in bfloat16 as [hi, lo] of each module.
at::Tensor factorsOf(const at::Tensor& x, const ExtendedWeights& weights)
{
    const at::Tensor products = at::empty({x.size(0), weights.factorColumns()}, factorOptions(x));
    multiply(products, x, weights.a().t());
    const at::Tensor factors = weights.parts() == 2 ? at::empty(products.sizes(), x.options()) : products;
    for (const ExtendedModule& module : weights.modules()) {
        if (module.rank == 0)
            continue;
        const double scale = module.linear->lora->scale;
        const std::int64_t columns = weights.parts() * module.rank;
        const at::Tensor part = products.narrow(1, module.firstFactor, columns);
        if (weights.parts() == 2)
            kernels::joinHalves(part, scale, factors.narrow(1, module.firstFactor, columns));
        else if (scale != 1)
            at::Tensor(part).mul_(scale);
    }
    return factors;
}

// y of each module, views of one buffer that autograd does not see as views.
std::vector<at::Tensor> outputsOf(const at::Tensor& x, const at::Tensor& factors,
                                  const ExtendedWeights& weights)
{
    const at::AutoDispatchBelowADInplaceOrView plain;
    const at::Tensor all = roomyEmpty(x.size(0), weights.outFeatures(), 0, x.options());
    std::vector<at::Tensor> outputs;
    for (const ExtendedModule& module : weights.modules()) {
        at::Tensor y = all.narrow(1, module.firstRow, module.outFeatures);
        const std::int64_t r = module.rank;
        const at::Tensor extended = withRoom(x, module.extra);
        const at::Tensor room = extended.narrow(1, x.size(1), module.extra);
        if (r > 0 && weights.parts() == 2)
            kernels::placeHalves(factors.narrow(1, module.firstFactor, 2 * r), room.narrow(1, 0, 2 * r),
                                 room.narrow(1, 2 * r, r));
        else if (r > 0)
            at::Tensor(room).copy_(factors.narrow(1, module.firstFactor, r));
        multiply(y, extended, module.forward.t());
        if (const at::Tensor& bias = module.linear->bias; bias.defined())
            y.add_(bias);
        outputs.push_back(y);
    }
    return outputs;
}

// Whether the gradients lie one beside the other, in the order of the modules, with room to the right.
bool areAdjacent(const variable_list& gradients, const ExtendedWeights& weights)
{
    const at::Tensor& first = gradients.front();
    if (!first.defined() || first.dim() != 2 || first.stride(1) != 1 || first.storage_offset() != 0)
        return false;
    std::int64_t column = 0;
    for (std::size_t i = 0; i < weights.modules().size(); ++i) {
        const at::Tensor& g = gradients[i];
        if (!g.defined() || g.strides() != first.strides() || g.storage().data() != first.storage().data() ||
            g.storage_offset() != column)
            return false;
        column += g.size(1);
    }
    const std::int64_t needed = column + weights.gradientRoom();
    const auto bytes = static_cast<std::size_t>(first.size(0) * first.stride(0)) * first.element_size();
    return first.stride(0) >= needed && first.storage().nbytes() >= bytes;
}

// (tokens, Σ out) with the group's gradient room to the right.
at::Tensor stacked(const variable_list& gradients, const at::Tensor& x, const ExtendedWeights& weights)
{
    if (areAdjacent(gradients, weights))
        return gradients.front().as_strided({x.size(0), weights.outFeatures()}, gradients.front().strides());
    at::Tensor all = roomyEmpty(x.size(0), weights.outFeatures(), weights.gradientRoom(), x.options());
    for (std::size_t i = 0; i < weights.modules().size(); ++i) {
        at::Tensor part = all.narrow(1, weights.modules()[i].firstRow, weights.modules()[i].outFeatures);
        gradients[i].defined() ? part.copy_(gradients[i]) : part.zero_();
    }
    return all;
}

// v = s g B of all modules into the room of g.
void placeBackwardFactors(const at::Tensor& g, const ExtendedWeights& weights)
{
    const at::Tensor room = withRoom(g, weights.gradientRoom()).narrow(1, g.size(1), weights.gradientRoom());
    for (const ExtendedModule& module : weights.modules()) {
        const std::int64_t r = module.rank;
        if (r == 0)
            continue;
        const double scale = module.linear->lora->scale;
        const at::Tensor part = g.narrow(1, module.firstRow, module.outFeatures);
        if (weights.parts() == 1) {
            at::Tensor v = room.narrow(1, module.firstFactor, r);
            multiply(v, part, module.b);
            if (scale != 1)
                v.mul_(scale);
            continue;
        }
        const at::Tensor products = at::empty({g.size(0), 2 * r}, factorOptions(g));
        multiply(products, part, module.b);
        const at::Tensor halves = at::empty(products.sizes(), g.options());
        kernels::joinHalves(products, scale, halves);
        kernels::placeHalves(halves, room.narrow(1, module.firstFactor, 2 * r),
                             room.narrow(1, weights.factorColumns() + module.firstRest, r));
    }
}

// Where a parameter's gradient is added up: its .grad, or a new tensor that is given back to autograd.
struct GradientPlace {
    at::Tensor target;
    at::Tensor returned;

    GradientPlace(const at::Tensor& parameter, bool wanted)
    {
        if (!wanted)
            return;
        if (parameter.grad().defined())
            target = parameter.grad();
        else
            target = returned = at::zeros_like(parameter);
    }
};

// Adds the product, or the two of a factor's halves.
void addProducts(const GradientPlace& place, const at::Tensor& left, const at::Tensor& right)
{
    if (place.target.defined())
        multiply(place.target, left, right, true);
}

// Gradients of A and B of all modules, as autograd wants them: A of each, then B of each.
variable_list factorGradients(const at::Tensor& x, const at::Tensor& g, const at::Tensor& factors,
                              const ExtendedWeights& weights)
{
    const at::Tensor room = withRoom(g, weights.gradientRoom()).narrow(1, g.size(1), weights.gradientRoom());
    variable_list ofA;
    variable_list ofB;
    for (const ExtendedModule& module : weights.modules()) {
        const std::int64_t r = module.rank;
        if (r == 0)
            continue;
        const LoraBranch& branch = *module.linear->lora;
        const GradientPlace a(branch.a, branch.a.requires_grad());
        const GradientPlace b(branch.b, branch.b.requires_grad());
        const at::Tensor part = g.narrow(1, module.firstRow, module.outFeatures).t();
        addProducts(a, room.narrow(1, module.firstFactor, r).t(), x);
        addProducts(b, part, factors.narrow(1, module.firstFactor, r));
        if (weights.parts() == 2) {
            addProducts(a, room.narrow(1, weights.factorColumns() + module.firstRest, r).t(), x);
            addProducts(b, part, factors.narrow(1, module.firstFactor + r, r));
        }
        ofA.push_back(a.returned);
        ofB.push_back(b.returned);
    }
    ofA.insert(ofA.end(), ofB.begin(), ofB.end());
    return ofA;
}

at::Tensor inputGradient(const at::Tensor& g, const ExtendedWeights& weights)
{
    const at::Tensor dx = roomyEmpty(g.size(0), weights.inFeatures(), 0, g.options());
    multiply(dx, withRoom(g, weights.gradientRoom()), weights.backward());
    return dx;
}

// A and B of all modules, in the order of factorGradients().
std::vector<at::Tensor> factorsOfModules(const ExtendedWeights& weights)
{
    std::vector<at::Tensor> a;
    std::vector<at::Tensor> b;
    for (const ExtendedModule& module : weights.modules()) {
        if (module.rank == 0)
            continue;
        a.push_back(module.linear->lora->a);
        b.push_back(module.linear->lora->b);
    }
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

// As LibTorch's functions take what may not be there.
c10::optional<at::Tensor> optionalOf(const at::Tensor& x)
{
    return x.defined() ? c10::optional<at::Tensor>(x) : c10::nullopt;
}

ExtendedWeights& weightsOf(AutogradContext* context)
{
    return *reinterpret_cast<ExtendedWeights*>(context->saved_data["weights"].toInt());
}

class GroupFunction : public torch::autograd::Function<GroupFunction> {
public:
    static variable_list forward(AutogradContext* context, const at::Tensor& x, at::TensorList,
                                 std::int64_t weights)
    {
        context->saved_data["weights"] = weights;
        const ExtendedWeights& group = weightsOf(context);
        const at::Tensor input = roomy(x, group.room());
        const at::Tensor factors = factorsOf(input, group);
        context->saved_data["input"] = input;
        context->saved_data["factors"] = factors;
        context->saved_data["inputGradient"] = x.requires_grad();
        return outputsOf(input, factors, group);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        ExtendedWeights& group = weightsOf(context);
        group.refresh();
        const at::Tensor x = context->saved_data["input"].toTensor();
        const at::Tensor g = stacked(gradients, x, group);
        placeBackwardFactors(g, group);
        variable_list result = factorGradients(x, g, context->saved_data["factors"].toTensor(), group);
        result.insert(result.begin(),
                      context->saved_data["inputGradient"].toBool() ? inputGradient(g, group) : at::Tensor());
        result.emplace_back();
        return result;
    }
};

class GatedGroupFunction : public torch::autograd::Function<GatedGroupFunction> {
public:
    static at::Tensor forward(AutogradContext* context, const c10::optional<at::Tensor>& optionalGate,
                              const at::Tensor& up, at::TensorList, std::int64_t weights,
                              std::int64_t activation, std::int64_t gradientRoom)
    {
        const at::Tensor gate = optionalGate.value_or(at::Tensor());
        context->saved_data["weights"] = weights;
        const ExtendedWeights& group = weightsOf(context);
        const at::Tensor input = roomyEmpty(up.size(0), up.size(1), group.room(), up.options());
        kernels::activate(input, gate.defined() ? gate : up, gate.defined() ? up : at::Tensor(),
                          static_cast<Activation>(activation));
        const at::Tensor factors = factorsOf(input, group);
        context->saved_data["gate"] = gate;
        context->saved_data["up"] = up;
        context->saved_data["factors"] = factors;
        context->saved_data["activation"] = activation;
        context->saved_data["gradientRoom"] = gradientRoom;
        return outputsOf(input, factors, group).front();
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const at::AutoDispatchBelowADInplaceOrView plain;
        ExtendedWeights& group = weightsOf(context);
        group.refresh();
        const at::Tensor gate = context->saved_data["gate"].toTensor();
        const at::Tensor up = context->saved_data["up"].toTensor();
        const std::int64_t width = up.size(1);
        const at::Tensor g = stacked(gradients, up, group);
        placeBackwardFactors(g, group);
        const at::Tensor d = inputGradient(g, group);
        const at::Tensor all = roomyEmpty(up.size(0), gate.defined() ? 2 * width : width,
                                          context->saved_data["gradientRoom"].toInt(), up.options());
        const at::Tensor dGate = gate.defined() ? all.narrow(1, 0, width) : at::Tensor();
        const at::Tensor dUp = all.narrow(1, gate.defined() ? width : 0, width);
        const at::Tensor input = roomyEmpty(up.size(0), width, 0, up.options());
        const auto activation = static_cast<Activation>(context->saved_data["activation"].toInt());
        if (gate.defined())
            kernels::activateBackward({dGate, dUp, input}, d, gate, up, activation);
        else
            kernels::activateBackward({dUp, {}, input}, d, up, {}, activation);
        variable_list result = factorGradients(input, g, context->saved_data["factors"].toTensor(), group);
        result.insert(result.begin(), {dGate, dUp});
        result.resize(result.size() + 3);
        return result;
    }
};

} // namespace

std::vector<at::Tensor> groupForward(const at::Tensor& x, ExtendedWeights& weights)
{
    weights.refresh();
    const std::vector<at::Tensor> factors = factorsOfModules(weights);
    return GroupFunction::apply(x, at::TensorList(factors), reinterpret_cast<std::int64_t>(&weights));
}

at::Tensor gatedGroupForward(const at::Tensor& gate, const at::Tensor& up, Activation activation,
                             ExtendedWeights& weights, std::int64_t gradientRoom)
{
    weights.refresh();
    const std::vector<at::Tensor> factors = factorsOfModules(weights);
    return GatedGroupFunction::apply(optionalOf(gate), up, at::TensorList(factors),
                                     reinterpret_cast<std::int64_t>(&weights),
                                     static_cast<std::int64_t>(activation), gradientRoom);
}

} // namespace lens
