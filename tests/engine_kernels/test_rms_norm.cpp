// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Root-mean-square norm with a residual, both passes, against autograd on its formula in float64.
#include "core/engine/kernels/rms_norm.h"

#include "core/base/error.h"
#include "tests/engine_kernels/kernel_case.h"

#include <ATen/ATen.h>

#include <QtTest/QtTest>

using namespace lens;
using namespace lens::kernels;
using namespace lens::test;

namespace {

constexpr double kEpsilon = 1e-5;

at::Tensor formula(const at::Tensor& x, const at::Tensor& weight, bool onePlus)
{
    const at::Tensor inverse = x.square().mean(-1, true).add(kEpsilon).rsqrt();
    return x * inverse * (onePlus ? weight + 1 : weight);
}

} // namespace

class TestRmsNorm : public QObject {
    Q_OBJECT
private slots:
    void forward_data() { KernelCase::addRows(); }
    void forward();
    void inPlace_data() { KernelCase::addRows(); }
    void inPlace();
    void backward_data() { KernelCase::addRows(); }
    void backward();
    void roundsAsTransformers();
    void showsNonFinite_data() { KernelCase::addRows(); }
    void showsNonFinite();
    void refusesWrongShapes();
};

void TestRmsNorm::forward()
{
    KernelCase kernel;
    for (const std::int64_t width : {1, 7, 33, 576})
        for (const bool onePlus : {false, true}) {
            const std::int64_t rows = 67;
            const at::Tensor x = kernel.random(rows, width, 5);
            const at::Tensor y = kernel.random(rows, width, 16);
            const RmsWeight weight{kernel.random(1, width)[0], kEpsilon, onePlus};
            const NormOutputs out{kernel.space(rows, width, 3), kernel.space(rows, width, 9),
                                  at::empty({rows}, kernel.computeType())};
            rmsNorm(out, x, y, weight);
            QVERIFY(at::equal(out.sum, x + y)); // ATen rounds once as well
            const at::Tensor sum = wide(out.sum);
            const at::Tensor expected = formula(sum, wide(weight.weight), onePlus);
            QVERIFY(deviation(out.normed, expected) <= kernel.bound(onePlus ? 1 : 2));
            QVERIFY(deviation(out.inverse, sum.square().mean(-1).add(kEpsilon).rsqrt()) <=
                    (kernel.type() == at::kDouble ? 1e-12 : 1e-6));

            const NormOutputs alone{at::Tensor(), kernel.space(rows, width), out.inverse};
            rmsNorm(alone, out.sum, at::Tensor(), weight);
            QVERIFY(at::equal(alone.normed, out.normed));
            const NormOutputs copied{kernel.space(rows, width), kernel.space(rows, width), out.inverse};
            rmsNorm(copied, out.sum, at::Tensor(), weight);
            QVERIFY(at::equal(copied.normed, out.normed));
            QVERIFY(at::equal(copied.sum, out.sum));
        }
}

// sum may be x or the residual; normed may be x.
void TestRmsNorm::inPlace()
{
    KernelCase kernel;
    const at::Tensor x = kernel.random(19, 45, 3);
    const at::Tensor y = kernel.random(19, 45);
    const RmsWeight weight{kernel.random(1, 45)[0], kEpsilon};
    const NormOutputs out{kernel.space(19, 45), kernel.space(19, 45), at::empty({19}, kernel.computeType())};
    rmsNorm(out, x, y, weight);
    for (const bool first : {true, false}) {
        const at::Tensor a = roomy(x, 2);
        const at::Tensor b = roomy(y, 4);
        rmsNorm({first ? a : b, kernel.space(19, 45, 1), out.inverse}, a, b, weight);
        QVERIFY(at::equal(first ? a : b, out.sum));
        QVERIFY(at::equal(first ? b : a, first ? y : x));
    }
    const at::Tensor sum = roomy(out.sum, 7);
    rmsNorm({at::Tensor(), sum, out.inverse}, sum, at::Tensor(), weight);
    QVERIFY(at::equal(sum, out.normed));
}

void TestRmsNorm::backward()
{
    KernelCase kernel;
    for (const std::int64_t width : {7, 33, 576})
        for (const bool onePlus : {false, true}) {
            const std::int64_t rows = 67;
            const at::Tensor x = kernel.random(rows, width, 5);
            const RmsWeight weight{kernel.random(1, width)[0], kEpsilon, onePlus};
            const at::Tensor inverse = at::empty({rows}, kernel.computeType());
            rmsNorm({at::Tensor(), kernel.space(rows, width), inverse}, x, at::Tensor(), weight);
            const at::Tensor dy = kernel.random(rows, width, 1);
            const at::Tensor dSum = kernel.random(rows, width, 8);

            const at::Tensor leaf = wide(x);
            const at::Tensor factor = wide(weight.weight);
            formula(leaf, factor, onePlus).backward(wide(dy));
            const at::Tensor dx = kernel.space(rows, width, 4);
            rmsNormBackward(dx, {dy, x, inverse, at::Tensor()}, weight);
            QVERIFY(deviation(dx, leaf.grad()) <= kernel.bound());
            QVERIFY(deviation(rmsNormWeightGradient({dy, x, inverse, at::Tensor()}), factor.grad()) <=
                    (kernel.type() == at::kDouble ? 1e-12 : 2e-6));
            rmsNormBackward(dx, {dy, x, inverse, dSum}, weight);
            QVERIFY(deviation(dx, leaf.grad() + dSum) <= kernel.bound());
            for (const at::Tensor& target : {roomy(dy, 3), roomy(dSum, 2), roomy(x, 1)}) {
                const bool isDy = at::equal(target, dy);
                const bool isSum = at::equal(target, x);
                rmsNormBackward(
                    target, {isDy ? target : dy, isSum ? target : x, inverse, isDy || isSum ? dSum : target},
                    weight);
                QVERIFY(at::equal(target, dx));
            }
        }
}

// The normalised value is rounded to bfloat16 before it is multiplied with the weight, unless 1 + weight is.
void TestRmsNorm::roundsAsTransformers()
{
    const at::Tensor x = at::randn({32, 64}).to(at::kBFloat16);
    const at::Tensor weight = at::randn({64}).to(at::kBFloat16);
    const at::Tensor normalised =
        x.to(at::kFloat) * x.to(at::kFloat).square().mean(-1, true).add(kEpsilon).rsqrt();
    const NormOutputs out{at::Tensor(), at::empty_like(x), at::empty({32})};
    rmsNorm(out, x, at::Tensor(), {weight, kEpsilon, false});
    // Where float32 sums in another order fall on the other side of a tie, at most.
    QVERIFY(out.normed.ne(normalised.to(at::kBFloat16).mul(weight)).sum().item<int>() <= 2);
    rmsNorm(out, x, at::Tensor(), {weight, kEpsilon, true});
    const at::Tensor expected = normalised.mul(weight.to(at::kFloat).add(1)).to(at::kBFloat16);
    QVERIFY(out.normed.ne(expected).sum().item<int>() <= 2);
}

void TestRmsNorm::showsNonFinite()
{
    KernelCase kernel;
    for (const double bad :
         {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        const at::Tensor x = kernel.random(5, 40);
        x[3][17] = bad;
        const at::Tensor normed = kernel.space(5, 40);
        rmsNorm({at::Tensor(), normed, at::empty({5}, kernel.computeType())}, x, at::Tensor(),
                {at::ones({40}), kEpsilon});
        QVERIFY(!std::isfinite(normed[3][17].item<double>()));
        QVERIFY(normed[2].isfinite().all().item<bool>());
    }
}

void TestRmsNorm::refusesWrongShapes()
{
    const at::Tensor x = at::zeros({4, 6});
    const NormOutputs out{at::Tensor(), at::zeros({4, 6}), at::zeros({4})};
    const RmsWeight weight{at::zeros({6}), kEpsilon};
    QVERIFY_EXCEPTION_THROWN(rmsNorm(out, at::zeros({6, 4}).t(), at::Tensor(), weight), Error);
    QVERIFY_EXCEPTION_THROWN(rmsNorm(out, x.narrow(0, 0, 3), at::Tensor(), weight), Error);
    QVERIFY_EXCEPTION_THROWN(rmsNorm(out, x, x, weight), Error); // no place for the sum
    QVERIFY_EXCEPTION_THROWN(rmsNorm(out, x, at::Tensor(), {at::zeros({5}), kEpsilon}), Error);
    QVERIFY_EXCEPTION_THROWN(rmsNorm(out, x.to(at::kHalf), at::Tensor(), weight), Error);
}

QTEST_GUILESS_MAIN(TestRmsNorm)
#include "test_rms_norm.moc"
