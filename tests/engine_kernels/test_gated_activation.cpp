// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Activations of feed-forward blocks, gated and plain, both passes, against autograd on their formulas in
// float64.
#include "core/engine/kernels/gated_activation.h"

#include "core/base/error.h"
#include "tests/engine_kernels/kernel_case.h"

#include <ATen/ATen.h>

#include <QtTest/QtTest>

#include <cmath>
#include <numbers>

using namespace lens;
using namespace lens::kernels;
using namespace lens::test;

namespace {

constexpr std::array kActivations{Activation::Silu, Activation::Gelu, Activation::GeluTanh,
                                  Activation::QuickGelu, Activation::Relu};

at::Tensor formula(const at::Tensor& x, Activation activation)
{
    switch (activation) {
    case Activation::Silu:
        break;
    case Activation::Gelu:
        return x * (x / std::numbers::sqrt2).erf().add(1).div(2);
    case Activation::GeluTanh:
        return x * (x + 0.044715 * x.pow(3)).mul(std::sqrt(2 / std::numbers::pi)).tanh().add(1).div(2);
    case Activation::QuickGelu:
        return x / (-1.702 * x).exp().add(1);
    case Activation::Relu:
        return x.clamp_min(0);
    }
    return x / (-x).exp().add(1);
}

} // namespace

class TestGatedActivation : public QObject {
    Q_OBJECT
private slots:
    void gated_data() { KernelCase::addRows(); }
    void gated();
    void plain_data() { KernelCase::addRows(); }
    void plain();
    void inPlace_data() { KernelCase::addRows(); }
    void inPlace();
    void extremes_data() { KernelCase::addRows(); }
    void extremes();
    void refusesWrongShapes();
};

void TestGatedActivation::gated()
{
    KernelCase kernel;
    for (const Activation activation : kActivations)
        for (const std::int64_t width : {1, 31, 100}) {
            const std::int64_t rows = 700;
            const at::Tensor gate = kernel.random(rows, width, 3).mul_(3);
            const at::Tensor up = kernel.random(rows, width, 8);
            const at::Tensor dOut = kernel.random(rows, width, 1);
            const at::Tensor g = wide(gate);
            const at::Tensor u = wide(up);
            const at::Tensor expected = formula(g, activation) * u;
            expected.backward(wide(dOut));
            const at::Tensor out = kernel.space(rows, width, 5);
            activate(out, gate, up, activation);
            QVERIFY(deviation(out, expected) <= kernel.bound());
            for (const bool again : {false, true}) {
                const ActivationGradient gradient{kernel.space(rows, width, 4), kernel.space(rows, width, 2),
                                                  again ? kernel.space(rows, width, 6) : at::Tensor()};
                activateBackward(gradient, dOut, gate, up, activation);
                QVERIFY(deviation(gradient.dGate, g.grad()) <= kernel.bound());
                QVERIFY(deviation(gradient.dUp, u.grad()) <= kernel.bound());
                QVERIFY(!again || at::equal(gradient.out, out));
            }
        }
}

void TestGatedActivation::plain()
{
    KernelCase kernel;
    for (const Activation activation : kActivations) {
        const at::Tensor x = kernel.random(37, 45, 3).mul_(3);
        const at::Tensor dOut = kernel.random(37, 45, 1);
        const at::Tensor leaf = wide(x);
        const at::Tensor expected = formula(leaf, activation);
        expected.backward(wide(dOut));
        const at::Tensor out = kernel.space(37, 45, 5);
        activate(out, x, at::Tensor(), activation);
        QVERIFY(deviation(out, expected) <= kernel.bound());
        for (const bool again : {false, true}) {
            const ActivationGradient gradient{kernel.space(37, 45, 4), at::Tensor(),
                                              again ? kernel.space(37, 45) : at::Tensor()};
            activateBackward(gradient, dOut, x, at::Tensor(), activation);
            QVERIFY(deviation(gradient.dGate, leaf.grad()) <= kernel.bound());
            QVERIFY(!again || at::equal(gradient.out, out));
        }
    }
}

void TestGatedActivation::inPlace()
{
    KernelCase kernel;
    const at::Tensor gate = kernel.random(41, 77);
    const at::Tensor up = kernel.random(41, 77);
    const at::Tensor dOut = kernel.random(41, 77);
    const ActivationGradient apart{kernel.space(41, 77), kernel.space(41, 77), kernel.space(41, 77)};
    activateBackward(apart, dOut, gate, up, Activation::Silu);
    const at::Tensor g = roomy(gate, 3);
    const at::Tensor u = roomy(up, 1);
    const at::Tensor d = roomy(dOut, 2);
    activateBackward({g, u, d}, d, g, u, Activation::Silu);
    QVERIFY(at::equal(g, apart.dGate));
    QVERIFY(at::equal(u, apart.dUp));
    QVERIFY(at::equal(d, apart.out));
    const at::Tensor over = roomy(gate, 3);
    activate(over, over, up, Activation::Silu);
    QVERIFY(at::equal(over, apart.out));
}

// Far out values and gradients are those of the limits; a NaN stays.
void TestGatedActivation::extremes()
{
    KernelCase kernel;
    const at::Tensor x = at::tensor({-1e4, -200.0, -100.0, -90.0, 90.0, 100.0, 200.0, 1e4}, at::kDouble)
                             .to(kernel.type())
                             .unsqueeze(0);
    const at::Tensor one = at::ones_like(x);
    const at::Tensor positive = x.clamp_min(0);
    for (const Activation activation : kActivations) {
        const at::Tensor out = at::empty_like(x);
        const at::Tensor dx = at::empty_like(x);
        activateBackward({dx, at::Tensor(), out}, one, x, at::Tensor(), activation);
        QVERIFY(at::allclose(out, positive, 1e-6, 1e-30));
        QVERIFY(at::allclose(dx, x.gt(0).to(x.scalar_type()), 1e-6, 1e-30));
        const at::Tensor nan = at::full_like(x, std::nan(""));
        activateBackward({dx, at::Tensor(), out}, one, nan, at::Tensor(), activation);
        QVERIFY(out.isnan().all().item<bool>());
        QVERIFY(activation == Activation::Relu || dx.isnan().all().item<bool>());
    }
}

void TestGatedActivation::refusesWrongShapes()
{
    const at::Tensor x = at::zeros({4, 6});
    QVERIFY_EXCEPTION_THROWN(activate(at::zeros({4, 5}), x, x, Activation::Silu), Error);
    QVERIFY_EXCEPTION_THROWN(activate(at::zeros({6, 4}).t(), x, x, Activation::Silu), Error);
    QVERIFY_EXCEPTION_THROWN(activate(x, x, x.to(at::kDouble), Activation::Silu), Error);
    QVERIFY_EXCEPTION_THROWN(activateBackward({x, at::Tensor(), at::Tensor()}, x, x, x, Activation::Silu),
                             Error);
}

QTEST_GUILESS_MAIN(TestGatedActivation)
#include "test_gated_activation.moc"
