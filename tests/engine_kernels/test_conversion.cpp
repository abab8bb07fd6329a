// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Scaled copies between types and bfloat16 halves of float32 numbers, against ATen's roundings and float64.
#include "core/engine/kernels/conversion.h"

#include "core/base/error.h"
#include "tests/engine_kernels/kernel_case.h"

#include <ATen/ATen.h>

#include <QtTest/QtTest>

using namespace lens;
using namespace lens::kernels;
using namespace lens::test;

namespace {

constexpr std::array kTypes{at::kFloat, at::kBFloat16, at::kDouble};

} // namespace

class TestConversion : public QObject {
    Q_OBJECT
private slots:
    void converts_data() { KernelCase::addRows(); }
    void converts();
    void adds_data() { KernelCase::addRows(); }
    void adds();
    void splits_data() { KernelCase::addRows(); }
    void splits();
    void refusesWrongShapes();
};

// From the case's type to every other: bit for bit, NaN and infinities too.
void TestConversion::converts()
{
    KernelCase kernel;
    const at::Tensor x = kernel.random(300, 131, 5);
    x[1][2] = std::numeric_limits<double>::infinity();
    x[2][3] = 3.0e38;
    x[4][7] = 1e-39;
    for (const at::ScalarType type : kTypes) {
        const at::Tensor out = at::zeros({300, 140}, type).narrow(1, 4, 131);
        convert(out, x);
        QVERIFY(at::equal(out, x.to(type)));
        convert(out, x, 0.5); // exact, so there is one rounding everywhere
        QVERIFY(at::equal(out, x.to(at::kDouble).mul(0.5).to(type)));
        const at::Tensor nan = at::full({3, 40}, std::nan(""), kernel.type());
        const at::Tensor copied = at::zeros({3, 40}, type);
        convert(copied, nan);
        QVERIFY(copied.isnan().all().item<bool>());
    }
    const at::Tensor same = roomy(x, 1);
    convert(same, same, -1);
    QVERIFY(at::equal(same, -x));
}

void TestConversion::adds()
{
    KernelCase kernel;
    const at::Tensor x = kernel.random(67, 45, 5);
    for (const at::ScalarType type : kTypes) {
        const at::Tensor out = roomy(kernel.random(67, 45).to(type), 3);
        const at::Tensor expected = wide(out) + wide(x) * 0.3;
        addScaled(out, x, 0.3);
        const bool narrow = type == at::kBFloat16;
        const bool exact = type == at::kDouble && kernel.type() == at::kDouble;
        QVERIFY(deviation(out, expected) <= (narrow ? 1.01 / 256 : exact ? 1e-12 : 2e-7));
    }
}

void TestConversion::splits()
{
    KernelCase kernel;
    if (kernel.type() != at::kFloat)
        return;
    const at::Tensor x = kernel.random(300, 131, 5).mul_(1e3);
    for (const double scale : {1.0, 0.125, -2.0}) { // powers of two: the product is exact
        const at::Tensor target = at::full({300, 500}, std::nan(""), at::kBFloat16);
        const at::Tensor high = target.narrow(1, 3, 131);
        const at::Tensor low = target.narrow(1, 140, 131);
        const at::Tensor again = target.narrow(1, 300, 131);
        splitHalves(high, low, x, scale);
        QVERIFY(again.isnan().all().item<bool>());
        const at::Tensor value = x.mul(scale);
        QVERIFY(at::equal(high, value.to(at::kBFloat16)));
        QVERIFY(at::equal(low, (value - high).to(at::kBFloat16)));
        const at::Tensor rest = (wide(value) - wide(high) - wide(low)).abs();
        QVERIFY((rest <= wide(value).abs() * std::ldexp(1.0, -16)).all().item<bool>());
        splitHalves(high, low, x, scale, again);
        QVERIFY(at::equal(again, high));
        QVERIFY(at::equal(high, value.to(at::kBFloat16)));
    }
}

void TestConversion::refusesWrongShapes()
{
    const at::Tensor x = at::zeros({4, 6});
    QVERIFY_EXCEPTION_THROWN(convert(at::zeros({4, 5}), x), Error);
    QVERIFY_EXCEPTION_THROWN(addScaled(at::zeros({6, 4}).t(), x), Error);
    QVERIFY_EXCEPTION_THROWN(splitHalves(x, x, x), Error);
}

QTEST_GUILESS_MAIN(TestConversion)
#include "test_conversion.moc"
