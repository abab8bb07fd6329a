// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/engine/kernels/gated_activation.h"

#include "core/engine/kernels/activation_loops.h"
#include "core/engine/kernels/dispatch.h"

#include <ATen/ATen.h>

namespace lens::kernels {
namespace {

constexpr double kQuick = 1.702;

at::Tensor widened(const at::Tensor& x)
{
    return x.scalar_type() == at::kDouble ? x : x.to(at::kFloat);
}

at::Tensor plainValue(const at::Tensor& x, Activation activation)
{
    switch (activation) {
    case Activation::Silu:
        break;
    case Activation::Gelu:
        return at::gelu(x);
    case Activation::GeluTanh:
        return at::gelu(x, "tanh");
    case Activation::QuickGelu:
        return x.mul(kQuick).sigmoid_().mul_(x);
    case Activation::Relu:
        return x.relu();
    }
    return at::silu(x);
}

at::Tensor plainGradient(const at::Tensor& dy, const at::Tensor& x, Activation activation)
{
    switch (activation) {
    case Activation::Silu:
        break;
    case Activation::Gelu:
        return at::gelu_backward(dy, x);
    case Activation::GeluTanh:
        return at::gelu_backward(dy, x, "tanh");
    case Activation::QuickGelu: {
        const at::Tensor sigmoid = x.mul(kQuick).sigmoid_();
        return sigmoid.mul(-1).add_(1).mul_(x).mul_(kQuick).add_(1).mul_(sigmoid).mul_(dy);
    }
    case Activation::Relu:
        return dy.mul(x.gt(0));
    }
    return at::silu_backward(dy, x);
}

void plainForward(const at::Tensor& out, const at::Tensor& gate, const at::Tensor& up, Activation activation)
{
    at::Tensor value = plainValue(widened(gate), activation);
    if (up.defined())
        value = value * up;
    at::Tensor(out).copy_(value);
}

void plainBackward(const ActivationGradient& gradient, const at::Tensor& dOut, const at::Tensor& gate,
                   const at::Tensor& up, Activation activation)
{
    const at::Tensor x = widened(gate);
    const at::Tensor dy = widened(dOut);
    const at::Tensor value = plainValue(x, activation);
    const at::Tensor out = up.defined() ? value * up : value;
    const at::Tensor dGate = plainGradient(up.defined() ? dy * up : dy, x, activation);
    const at::Tensor dUp = value * dy;
    at::Tensor(gradient.dGate).copy_(dGate);
    if (up.defined())
        at::Tensor(gradient.dUp).copy_(dUp);
    if (gradient.out.defined())
        at::Tensor(gradient.out).copy_(out);
}

void checkLike(const at::Tensor& gate, const at::Tensor& x, const char* what)
{
    checkRows(x, gate.size(0), gate.size(1), gate.scalar_type(), what);
}

} // namespace

void activate(const at::Tensor& out, const at::Tensor& gate, const at::Tensor& up, Activation activation)
{
    const at::NoGradGuard guard;
    if (!gate.is_cpu())
        return plainForward(out, gate, up, activation);
    checkLike(gate, gate, "gate");
    checkLike(gate, out, "out");
    if (up.defined())
        checkLike(gate, up, "up");
    withType(gate.scalar_type(), [&]<class T>() {
        ActivationRows<T> rows{};
        rows.gate = rowsOf<const T>(gate);
        rows.up = rowsOf<const T>(up);
        rows.out = rowsOf<T>(out);
        rows.width = gate.size(1);
        const auto loops =
            withSet([&]<InstructionSet kSet>() { return activationLoops<kSet, T>(activation); });
        overRows(gate.size(0), gate.size(1),
                 [&](std::int64_t first, std::int64_t last) { loops.forward(rows, first, last); });
    });
}

void activateBackward(const ActivationGradient& gradient, const at::Tensor& dOut, const at::Tensor& gate,
                      const at::Tensor& up, Activation activation)
{
    const at::NoGradGuard guard;
    if (!gate.is_cpu())
        return plainBackward(gradient, dOut, gate, up, activation);
    checkLike(gate, gate, "gate");
    checkLike(gate, dOut, "dOut");
    checkLike(gate, gradient.dGate, "dGate");
    if (up.defined()) {
        checkLike(gate, up, "up");
        checkLike(gate, gradient.dUp, "dUp");
    }
    if (gradient.out.defined())
        checkLike(gate, gradient.out, "out");
    withType(gate.scalar_type(), [&]<class T>() {
        const ActivationRows<T> rows{
            rowsOf<const T>(gate), rowsOf<const T>(up),       rowsOf<T>(gradient.out),
            rowsOf<const T>(dOut), rowsOf<T>(gradient.dGate), rowsOf<T>(gradient.dUp),
            gate.size(1)};
        const auto loops =
            withSet([&]<InstructionSet kSet>() { return activationLoops<kSet, T>(activation); });
        overRows(gate.size(0), gate.size(1),
                 [&](std::int64_t first, std::int64_t last) { loops.backward(rows, first, last); });
    });
}

} // namespace lens::kernels
