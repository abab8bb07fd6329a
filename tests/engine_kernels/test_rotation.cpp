// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Rotary positions in place against the formula in float64.
#include "core/engine/kernels/rotation.h"

#include "core/base/error.h"
#include "tests/engine_kernels/kernel_case.h"

#include <ATen/ATen.h>

#include <QtTest/QtTest>

using namespace lens;
using namespace lens::kernels;
using namespace lens::test;

namespace {

// (tokens, half) angles.
struct Angles {
    at::Tensor cosine;
    at::Tensor sine;
};

Angles anglesOf(KernelCase& kernel, std::int64_t tokens, std::int64_t half)
{
    const at::Tensor turns = kernel.random(tokens, half).to(kernel.computeType()).mul(2);
    return {roomy(turns.cos(), 3), roomy(turns.sin(), 1)};
}

// x (tokens, heads, d) float64
at::Tensor turned(const at::Tensor& x, const Angles& angles, int sign)
{
    const std::int64_t half = angles.cosine.size(1);
    const at::Tensor c = wide(angles.cosine).unsqueeze(1);
    const at::Tensor s = wide(angles.sine).unsqueeze(1) * sign;
    const at::Tensor a = x.narrow(2, 0, half);
    const at::Tensor b = x.narrow(2, half, half);
    return at::cat({a * c - b * s, b * c + a * s, x.narrow(2, 2 * half, x.size(2) - 2 * half)}, 2);
}

} // namespace

class TestRotation : public QObject {
    Q_OBJECT
private slots:
    void rotates_data() { KernelCase::addRows(); }
    void rotates();
    void refusesWrongShapes();
};

void TestRotation::rotates()
{
    KernelCase kernel;
    const std::int64_t tokens = 53;
    for (const std::int64_t heads : {1, 3})
        for (const std::int64_t half : {1, 5, 32})
            for (const std::int64_t rest : {0, 7}) {
                const std::int64_t d = 2 * half + rest;
                // A part of the row of a fused projection.
                const at::Tensor row = kernel.random(tokens, heads * d + 9, 4);
                const at::Tensor before = row.clone();
                const at::Tensor x = row.narrow(1, 9, heads * d).unflatten(1, {heads, d});
                const Angles angles = anglesOf(kernel, tokens, half);
                const at::Tensor original = wide(x);
                rotateInPlace(x, angles.cosine, angles.sine, 1);
                QVERIFY(deviation(x, turned(original, angles, 1)) <= kernel.bound());
                QVERIFY(at::equal(row.narrow(1, 0, 9), before.narrow(1, 0, 9)));
                QVERIFY(at::equal(x.narrow(2, 2 * half, rest).to(at::kDouble),
                                  original.narrow(2, 2 * half, rest)));
                const at::Tensor there = wide(x);
                rotateInPlace(x, angles.cosine, angles.sine, -1);
                QVERIFY(deviation(x, turned(there, angles, -1)) <= kernel.bound());
                QVERIFY(deviation(x, original) <= kernel.bound(3));
            }
}

void TestRotation::refusesWrongShapes()
{
    const at::Tensor x = at::zeros({4, 2, 6});
    const at::Tensor angles = at::zeros({4, 3});
    const at::Tensor four = at::zeros({4, 4});
    QVERIFY_EXCEPTION_THROWN(rotateInPlace(x, four, four, 1), Error);
    QVERIFY_EXCEPTION_THROWN(rotateInPlace(x, angles, angles.to(at::kDouble), 1), Error);
    QVERIFY_EXCEPTION_THROWN(rotateInPlace(x.narrow(0, 0, 3), angles, angles, 1), Error);
    QVERIFY_EXCEPTION_THROWN(rotateInPlace(x.transpose(1, 2), angles, angles, 1), Error);
}

QTEST_GUILESS_MAIN(TestRotation)
#include "test_rotation.moc"
