// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Losses, hits, entropies and gradients of logits against autograd in float64.
#include "core/engine/kernels/cross_entropy.h"

#include "core/base/error.h"
#include "tests/engine_kernels/kernel_case.h"

#include <ATen/ATen.h>

#include <QtTest/QtTest>

#include <limits>

using namespace lens;
using namespace lens::kernels;
using namespace lens::test;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

CrossEntropyOutputs outputsOf(const KernelCase& kernel, std::int64_t rows, std::int64_t vocabulary)
{
    return {at::empty({rows}, at::kDouble), at::empty({rows}, at::kBool), at::empty({rows}, at::kDouble),
            kernel.space(rows, vocabulary, 3)};
}

struct Expected {
    at::Tensor losses; // (rows) float64, 0 where ignored
    at::Tensor correct;
    at::Tensor entropies;
    at::Tensor gradient; // of scale · their sum
};

Expected expectedOf(const at::Tensor& logits, const at::Tensor& targets, double softcap, double scale)
{
    const at::Tensor leaf = wide(logits);
    const at::Tensor z = softcap > 0 ? leaf.div(softcap).tanh().mul(softcap) : leaf;
    const at::Tensor logarithms = z.log_softmax(1);
    const at::Tensor kept = targets.ne(kIgnoredTarget).to(at::kDouble);
    Expected expected;
    expected.losses = -logarithms.gather(1, targets.clamp_min(0).unsqueeze(1)).squeeze(1) * kept;
    expected.losses.sum().mul(scale).backward();
    expected.correct = z.argmax(1).eq(targets);
    expected.entropies = -(logarithms.exp() * logarithms).sum(1) * kept;
    expected.gradient = leaf.grad();
    return expected;
}

// Of one row of float64 logits with target 1.
CrossEntropyOutputs rowOf(const KernelCase& kernel, const std::vector<double>& logits)
{
    const at::Tensor row = at::tensor(logits, at::kDouble).to(kernel.computeType()).unsqueeze(0);
    const CrossEntropyOutputs out = outputsOf(kernel, 1, row.size(1));
    crossEntropy(out, row, at::ones({1}, at::kLong));
    return out;
}

} // namespace

class TestCrossEntropy : public QObject {
    Q_OBJECT
private slots:
    void followsTheFormula_data() { KernelCase::addRows(); }
    void followsTheFormula();
    void risingAndFalling_data() { KernelCase::addRows(); }
    void risingAndFalling();
    void inPlace_data() { KernelCase::addRows(); }
    void inPlace();
    void firstOfEqualLogits_data() { KernelCase::addRows(); }
    void firstOfEqualLogits();
    void certainToken_data() { KernelCase::addRows(); }
    void certainToken();
    void hidesNothing_data() { KernelCase::addRows(); }
    void hidesNothing();
    void excludedTokens_data() { KernelCase::addRows(); }
    void excludedTokens();
    void refusesWrongTargets();
};

void TestCrossEntropy::followsTheFormula()
{
    KernelCase kernel;
    const std::int64_t rows = 9;
    for (const std::int64_t vocabulary : {2, 33, 2048, 5001})
        for (const double softcap : {0.0, 30.0, 5.0}) {
            if (softcap == 5 && kernel.type() != at::kDouble)
                continue; // near the cap 1 − tanh² of float32 logits has few digits
            const at::Tensor logits = roomy(kernel.random(rows, vocabulary).to(kernel.computeType()) * 2, 5);
            at::Tensor targets = at::arange(rows, at::kLong).mul(vocabulary - 1).div(rows - 1, "floor");
            targets[2] = kIgnoredTarget;
            targets[5] = logits[5].argmax();
            const double scale = 0.125;
            const Expected expected = expectedOf(logits, targets, softcap, scale);
            const CrossEntropyOutputs out = outputsOf(kernel, rows, vocabulary);
            const CrossEntropyOutputs alone{at::empty({rows}, at::kDouble), {}, {}, {}};
            crossEntropy(alone, logits.clone(), targets, softcap, scale);
            crossEntropy(out, logits, targets, softcap, scale);
            const double bound = kernel.type() == at::kDouble ? 1e-12 : 2e-6;
            QVERIFY(deviation(out.losses, expected.losses) <= bound);
            QVERIFY(at::equal(alone.losses, out.losses));
            QVERIFY(deviation(out.entropies, expected.entropies) <= bound);
            QVERIFY(at::equal(out.correct, expected.correct));
            QVERIFY(out.correct[5].item<bool>());
            QVERIFY(deviation(out.gradient, expected.gradient) <= kernel.bound());
            QVERIFY(at::equal(out.gradient[2], at::zeros_like(out.gradient[2])));
            QCOMPARE(out.losses[2].item<double>(), 0.0);
            QCOMPARE(out.entropies[2].item<double>(), 0.0);
        }
}

// Each block's maximum above or below the one before: the sums so far are scaled.
void TestCrossEntropy::risingAndFalling()
{
    KernelCase kernel;
    const at::Tensor rising = at::linspace(-300, 300, 9000, at::kDouble);
    const at::Tensor logits =
        at::stack({rising, rising.flip(0), rising.div(100), rising.div(100).sin().mul(50)})
            .to(kernel.computeType());
    const at::Tensor targets = at::full({4}, 4000, at::kLong);
    const Expected expected = expectedOf(logits, targets, 0, 1);
    const CrossEntropyOutputs out = outputsOf(kernel, 4, 9000);
    crossEntropy(out, logits, targets);
    const double bound = kernel.type() == at::kDouble ? 1e-12 : 2e-6;
    QVERIFY(deviation(out.losses, expected.losses) <= bound);
    QVERIFY(deviation(out.entropies, expected.entropies) <= bound);
    QVERIFY(deviation(out.gradient, expected.gradient) <= kernel.bound());
}

void TestCrossEntropy::inPlace()
{
    KernelCase kernel;
    if (kernel.type() == at::kBFloat16)
        return; // the logits are wider
    for (const double softcap : {0.0, 30.0}) {
        const at::Tensor logits = kernel.random(6, 3001, 7).mul_(10);
        const at::Tensor targets = at::full({6}, 2999, at::kLong);
        const CrossEntropyOutputs apart = outputsOf(kernel, 6, 3001);
        crossEntropy(apart, logits.clone(), targets, softcap);
        CrossEntropyOutputs over = outputsOf(kernel, 6, 3001);
        over.gradient = logits;
        crossEntropy(over, logits, targets, softcap);
        QVERIFY(at::equal(over.gradient, apart.gradient));
        QVERIFY(at::equal(over.losses, apart.losses));
    }
}

void TestCrossEntropy::firstOfEqualLogits()
{
    KernelCase kernel;
    const std::int64_t vocabulary = 7000;
    const at::Tensor logits = at::zeros({5, vocabulary}, kernel.computeType());
    logits.narrow(0, 3, 2).narrow(1, 5000, 2).fill_(1);
    const at::Tensor targets = at::tensor({0, 1, 6500, 5000, 5001}, at::kLong);
    const CrossEntropyOutputs out = outputsOf(kernel, 5, vocabulary);
    crossEntropy(out, logits, targets);
    QVERIFY(at::equal(out.correct, at::tensor({1, 0, 0, 1, 0}, at::kLong).to(at::kBool)));
}

// A loss near 0 keeps its digits, and so does the gradient of the target.
void TestCrossEntropy::certainToken()
{
    KernelCase kernel;
    const CrossEntropyOutputs out = rowOf(kernel, {1, 21, 3});
    const double expected = std::log1p(std::exp(-20.0) + std::exp(-18.0));
    // float32: 1 + what is left has 24 digits.
    const double bound = kernel.type() == at::kDouble ? 1e-15 : 6e-8;
    QVERIFY(std::abs(out.losses.item<double>() - expected) <= bound);
    QVERIFY(out.correct.item<bool>());
    QVERIFY(std::abs(out.gradient[0][1].item<double>() - std::expm1(-expected)) <= bound);
}

void TestCrossEntropy::hidesNothing()
{
    KernelCase kernel;
    const double nan = std::nan("");
    const std::vector<std::vector<double>> bad{{nan, 0, 1},        {0, nan, 1},
                                               {kInfinity, 0, 1},  {0, kInfinity, 1},
                                               {0, -kInfinity, 1}, {-kInfinity, -kInfinity, -kInfinity},
                                               {nan, nan, nan},    {-kInfinity, nan, -kInfinity}};
    for (const std::vector<double>& logits : bad)
        QVERIFY(!std::isfinite(rowOf(kernel, logits).losses.item<double>()));
    // In whichever block.
    for (const std::size_t place : {0U, 2000U, 2048U, 4500U, 4999U})
        for (const double value : {nan, kInfinity})
            for (const double rest : {0.0, -kInfinity}) {
                std::vector<double> logits(5000, rest);
                logits[1] = 0;
                logits[place] = value;
                QVERIFY(!std::isfinite(rowOf(kernel, logits).losses.item<double>()));
            }
}

// Logits of −∞ have probability 0 and are no problem, in whole blocks neither.
void TestCrossEntropy::excludedTokens()
{
    KernelCase kernel;
    for (const std::int64_t begin : {0, 2048, 4096}) {
        const at::Tensor logits = kernel.random(1, 6144).to(kernel.computeType());
        logits.narrow(1, begin, 2048).fill_(-kInfinity);
        const at::Tensor targets = at::full({1}, begin == 2048 ? 7 : 4000, at::kLong);
        const at::Tensor low = logits.masked_fill(logits.eq(-kInfinity), -1e5);
        const Expected expected = expectedOf(low, targets, 0, 1);
        const CrossEntropyOutputs out = outputsOf(kernel, 1, 6144);
        crossEntropy(out, logits, targets);
        const double bound = kernel.type() == at::kDouble ? 1e-12 : 2e-6;
        QVERIFY(deviation(out.losses, expected.losses) <= bound);
        QVERIFY(deviation(out.entropies, expected.entropies) <= bound);
        QVERIFY(deviation(out.gradient, expected.gradient) <= kernel.bound());
    }
}

void TestCrossEntropy::refusesWrongTargets()
{
    const at::Tensor logits = at::zeros({2, 6});
    const CrossEntropyOutputs out{at::zeros({2}, at::kDouble), {}, {}, {}};
    QVERIFY_EXCEPTION_THROWN(crossEntropy(out, logits, at::full({2}, 6, at::kLong)), Error);
    QVERIFY_EXCEPTION_THROWN(crossEntropy(out, logits, at::full({2}, -1, at::kLong)), Error);
    QVERIFY_EXCEPTION_THROWN(crossEntropy(out, logits, at::full({3}, 1, at::kLong)), Error);
    QVERIFY_EXCEPTION_THROWN(crossEntropy(out, logits.to(at::kHalf), at::full({2}, 1, at::kLong)), Error);
    crossEntropy(out, logits, at::full({2}, kIgnoredTarget, at::kLong));
    QCOMPARE(out.losses.sum().item<double>(), 0.0);
}

QTEST_GUILESS_MAIN(TestCrossEntropy)
#include "test_cross_entropy.moc"
