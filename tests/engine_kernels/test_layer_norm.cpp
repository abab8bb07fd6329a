// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Layer norm with a residual, both passes, against LibTorch's in float64.
#include "core/engine/kernels/layer_norm.h"

#include "core/base/error.h"
#include "tests/engine_kernels/kernel_case.h"

#include <ATen/ATen.h>

#include <QtTest/QtTest>

using namespace lens;
using namespace lens::kernels;
using namespace lens::test;

namespace {

constexpr double kEpsilon = 1e-5;

struct Leaves {
    at::Tensor x;
    at::Tensor weight;
    at::Tensor bias;
    at::Tensor normed;
};

Leaves expectedOf(const at::Tensor& x, const LayerWeight& weight)
{
    Leaves leaves{wide(x), wide(weight.weight), weight.bias.defined() ? wide(weight.bias) : at::Tensor(), {}};
    leaves.normed = at::layer_norm(leaves.x, {x.size(1)}, leaves.weight, leaves.bias, kEpsilon);
    return leaves;
}

} // namespace

class TestLayerNorm : public QObject {
    Q_OBJECT
private slots:
    void forward_data() { KernelCase::addRows(); }
    void forward();
    void backward_data() { KernelCase::addRows(); }
    void backward();
    void farFromZero_data() { KernelCase::addRows(); }
    void farFromZero();
    void refusesWrongShapes();
};

void TestLayerNorm::forward()
{
    KernelCase kernel;
    for (const std::int64_t width : {7, 33, 576})
        for (const bool biased : {false, true}) {
            const std::int64_t rows = 67;
            const at::Tensor x = kernel.random(rows, width, 5);
            const at::Tensor y = kernel.random(rows, width, 16);
            const LayerWeight weight{kernel.random(1, width)[0],
                                     biased ? kernel.random(1, width)[0] : at::Tensor(), kEpsilon};
            const LayerNormOutputs out{kernel.space(rows, width, 3), kernel.space(rows, width, 9),
                                       at::empty({rows}, kernel.computeType()),
                                       at::empty({rows}, kernel.computeType())};
            layerNorm(out, x, y, weight);
            QVERIFY(at::equal(out.sum, x + y)); // ATen rounds once as well
            QVERIFY(deviation(out.normed, expectedOf(out.sum, weight).normed) <= kernel.bound());

            const LayerNormOutputs alone{at::Tensor(), kernel.space(rows, width), out.mean, out.inverse};
            layerNorm(alone, out.sum, at::Tensor(), weight);
            QVERIFY(at::equal(alone.normed, out.normed));
            const at::Tensor a = roomy(x, 1);
            const at::Tensor b = roomy(y, 2);
            layerNorm({a, a, out.mean, out.inverse}, a, b, weight);
            QVERIFY(at::equal(a, out.normed));
            const at::Tensor c = roomy(x, 1);
            layerNorm({b, c, out.mean, out.inverse}, c, b, weight);
            QVERIFY(at::equal(b, out.sum));
            QVERIFY(at::equal(c, out.normed));
        }
}

void TestLayerNorm::backward()
{
    KernelCase kernel;
    for (const std::int64_t width : {7, 33, 576}) {
        const std::int64_t rows = 67;
        const at::Tensor x = kernel.random(rows, width, 5);
        const LayerWeight weight{kernel.random(1, width)[0], kernel.random(1, width)[0], kEpsilon};
        const at::Tensor mean = at::empty({rows}, kernel.computeType());
        const at::Tensor inverse = at::empty_like(mean);
        layerNorm({at::Tensor(), kernel.space(rows, width), mean, inverse}, x, at::Tensor(), weight);
        const at::Tensor dy = kernel.random(rows, width, 1);
        const at::Tensor dSum = kernel.random(rows, width, 8);
        const Leaves expected = expectedOf(x, weight);
        expected.normed.backward(wide(dy));

        const at::Tensor dx = kernel.space(rows, width, 4);
        layerNormBackward(dx, {dy, x, mean, inverse, at::Tensor()}, weight);
        QVERIFY(deviation(dx, expected.x.grad()) <= kernel.bound());
        const LayerWeightGradient own = layerNormWeightGradient({dy, x, mean, inverse, at::Tensor()});
        const double bound = kernel.type() == at::kDouble ? 1e-12 : 2e-6;
        QVERIFY(deviation(own.weight, expected.weight.grad()) <= bound);
        QVERIFY(deviation(own.bias, expected.bias.grad()) <= bound);
        layerNormBackward(dx, {dy, x, mean, inverse, dSum}, weight);
        QVERIFY(deviation(dx, expected.x.grad() + dSum) <= kernel.bound());
        const at::Tensor a = roomy(dy, 3);
        layerNormBackward(a, {a, x, mean, inverse, dSum}, weight);
        QVERIFY(at::equal(a, dx));
        const at::Tensor b = roomy(dSum, 3);
        layerNormBackward(b, {dy, x, mean, inverse, b}, weight);
        QVERIFY(at::equal(b, dx));
        const at::Tensor c = roomy(x, 3);
        layerNormBackward(c, {dy, c, mean, inverse, dSum}, weight);
        QVERIFY(at::equal(c, dx));
    }
}

// The variance is that of distances, not the difference of two large numbers.
void TestLayerNorm::farFromZero()
{
    KernelCase kernel;
    const at::Tensor x = kernel.random(9, 100, 2).add_(64);
    const at::Tensor normed = at::empty({9, 100}, kernel.type());
    const LayerWeight weight{at::ones({100}), at::Tensor(), kEpsilon};
    const at::Tensor mean = at::empty({9}, kernel.computeType());
    layerNorm({at::Tensor(), normed, mean, at::empty_like(mean)}, x, at::Tensor(), weight);
    // A mean of 64 is good to 4e-6 in float32, the sum that it comes from to a few times that.
    const double bound = kernel.type() == at::kFloat ? 3e-5 : kernel.bound();
    QVERIFY(deviation(normed, expectedOf(x, weight).normed) <= bound);
}

void TestLayerNorm::refusesWrongShapes()
{
    const at::Tensor x = at::zeros({4, 6});
    const LayerNormOutputs out{at::Tensor(), at::zeros({4, 6}), at::zeros({4}), at::zeros({4})};
    const LayerWeight weight{at::zeros({6}), at::zeros({6}), kEpsilon};
    QVERIFY_EXCEPTION_THROWN(layerNorm(out, at::zeros({6, 4}).t(), at::Tensor(), weight), Error);
    QVERIFY_EXCEPTION_THROWN(layerNorm(out, x, x, weight), Error); // no place for the sum
    QVERIFY_EXCEPTION_THROWN(layerNorm(out, x, at::Tensor(), {at::zeros({6}), at::zeros({5}), kEpsilon}),
                             Error);
}

QTEST_GUILESS_MAIN(TestLayerNorm)
#include "test_layer_norm.moc"
