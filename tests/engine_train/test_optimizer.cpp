// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// AdamW on the flat buffer against float64 arithmetic written here; clipping; sums over long vectors.
#include "core/engine/train/optimizer.h"
#include "core/engine/train/vector_sums.h"

#include <ATen/Functions.h>

#include <QtTest/QtTest>

#include <cmath>
#include <random>

using namespace lens;

namespace {

// θ, m, v of the definition (Loshchilov & Hutter 2019, algorithm 2 with torch's placement of ε), in float64.
struct Reference {
    std::vector<double> theta, m, v;
    std::vector<bool> decayed;
    int t = 0;

    void step(const std::vector<double>& g, double lr, const TrainingSettings& settings)
    {
        ++t;
        for (std::size_t i = 0; i < theta.size(); ++i) {
            if (decayed[i])
                theta[i] -= lr * settings.weightDecay * theta[i];
            m[i] = settings.adamBeta1 * m[i] + (1 - settings.adamBeta1) * g[i];
            v[i] = settings.adamBeta2 * v[i] + (1 - settings.adamBeta2) * g[i] * g[i];
            const double mHat = m[i] / (1 - std::pow(settings.adamBeta1, t));
            const double vHat = v[i] / (1 - std::pow(settings.adamBeta2, t));
            theta[i] -= lr * mHat / (std::sqrt(vHat) + settings.adamEpsilon);
        }
    }
};

std::vector<ParameterSlice> slices()
{
    // Decayed, decayed, not decayed, decayed: three ranges.
    std::vector<ParameterSlice> list(4);
    const std::vector<std::vector<std::int64_t>> shapes{{5, 7}, {3, 11}, {13}, {17, 2}};
    for (std::size_t i = 0; i < list.size(); ++i) {
        list[i].key = "tensor." + std::to_string(i);
        list[i].shape = shapes[i];
        list[i].decay = i != 2;
    }
    return list;
}

} // namespace

class TestOptimizer : public QObject {
    Q_OBJECT
private slots:
    void followsTheDefinition();
    void loraPlus();
    void resumedStateContinuesBitForBit();
    void clipping();
    void sumsAreExactEnough();
    void sumsNoticeNonFinite();
    void cosineIsUndefinedForZero();
};

void TestOptimizer::followsTheDefinition()
{
    TrainingSettings settings;
    settings.weightDecay = 0.1;
    settings.adamBeta2 = 0.95;
    ParameterBuffer buffer(slices(), at::kCPU);
    const auto count = static_cast<std::size_t>(buffer.elements());
    Reference reference{std::vector<double>(count), std::vector<double>(count), std::vector<double>(count),
                        std::vector<bool>(count, true)};
    for (std::int64_t i = 0; i < 13; ++i)
        reference.decayed[static_cast<std::size_t>(buffer.slices()[2].offset + i)] = false;

    std::mt19937 random(7);
    std::normal_distribution<float> normal;
    for (std::size_t i = 0; i < count; ++i)
        reference.theta[i] = buffer.values().data_ptr<float>()[i] = normal(random);
    AdamW optimizer(buffer, settings);
    for (int step = 0; step < 50; ++step) {
        std::vector<double> gradient(count);
        for (std::size_t i = 0; i < count; ++i)
            gradient[i] = buffer.gradient().data_ptr<float>()[i] = normal(random) * 0.01f;
        const double lr = 1e-2 / (1 + step);
        optimizer.step(buffer, lr);
        reference.step(gradient, lr, settings);
    }
    QCOMPARE(optimizer.steps(), std::int64_t(50));
    for (std::size_t i = 0; i < count; ++i) {
        QVERIFY(std::abs(static_cast<double>(buffer.values().data_ptr<float>()[i]) - reference.theta[i]) <
                2e-6);
        QVERIFY(std::abs(static_cast<double>(optimizer.secondMoment().data_ptr<float>()[i]) -
                         reference.v[i]) < 1e-6 * reference.v[i]);
    }
    // Every parameter is a view of the buffer.
    QVERIFY(buffer.parameter(3).flatten()[0].item<float>() ==
            buffer.values()[buffer.slices()[3].offset].item<float>());
}

// B and vectors go the ratio's multiple of the way, their decay included; with a ratio of 1 nothing differs
// by a bit.
void TestOptimizer::loraPlus()
{
    std::vector<ParameterSlice> list = slices();
    list[1].isB = true; // and slice 2 is a vector
    TrainingSettings plain;
    TrainingSettings plus;
    plus.loraplusLrRatio = 8;
    ParameterBuffer one(list, at::kCPU);
    ParameterBuffer eight(list, at::kCPU);
    ParameterBuffer both(list, at::kCPU);
    one.values().normal_();
    eight.values().copy_(one.values());
    both.values().copy_(one.values());
    one.gradient().normal_();
    eight.gradient().copy_(one.gradient());
    both.gradient().copy_(one.gradient());
    AdamW(one, plain).step(one, 1e-3);
    AdamW(eight, plain).step(eight, 8e-3);
    AdamW(both, plus).step(both, 1e-3);
    for (std::size_t i = 0; i < list.size(); ++i) {
        const bool fast = i == 1 || i == 2;
        QCOMPARE(hasRateOfB(both.slices()[i]), fast);
        QVERIFY(at::equal(both.parameter(i), (fast ? eight : one).parameter(i)));
    }
}

void TestOptimizer::resumedStateContinuesBitForBit()
{
    const TrainingSettings settings;
    ParameterBuffer whole(slices(), at::kCPU);
    whole.values().normal_();
    ParameterBuffer cut(slices(), at::kCPU);
    AdamW wholeOptimizer(whole, settings);
    AdamW cutOptimizer(cut, settings);
    for (int step = 0; step < 6; ++step) {
        if (step == 3) {
            cut.values().copy_(whole.values());
            cutOptimizer.firstMoment().copy_(wholeOptimizer.firstMoment());
            cutOptimizer.secondMoment().copy_(wholeOptimizer.secondMoment());
            cutOptimizer.setSteps(wholeOptimizer.steps());
        }
        whole.gradient().normal_();
        wholeOptimizer.step(whole, 1e-3);
        if (step >= 3) {
            cut.gradient().copy_(whole.gradient());
            cutOptimizer.step(cut, 1e-3);
        }
    }
    QVERIFY(at::equal(whole.values(), cut.values()));
}

void TestOptimizer::clipping()
{
    at::Tensor gradient = at::full({4}, 1.5f); // norm 3
    const double factor = clipGradient(gradient, 3.0, 1.0);
    QCOMPARE(factor, 1.0 / (3.0 + 1e-6));
    QVERIFY(std::abs(std::sqrt(sumOfSquares(gradient)) - 1.0) < 1e-6);
    QCOMPARE(clipGradient(gradient, 0.5, 1.0), 1.0);
    QCOMPARE(clipGradient(gradient, 100.0, 0.0), 1.0); // 0 = off
    QVERIFY(std::abs(std::sqrt(sumOfSquares(gradient)) - 1.0) < 1e-6);
}

void TestOptimizer::sumsAreExactEnough()
{
    // Longer than several blocks and no multiple of a vector register.
    const std::int64_t count = 1'000'003;
    const at::Tensor a = at::randn({count});
    const at::Tensor b = at::randn({count});
    const PairSums sums = pairSums(a, b);
    long double squares = 0;
    long double products = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        const long double x = a.data_ptr<float>()[i];
        squares += x * x;
        products += x * static_cast<long double>(b.data_ptr<float>()[i]);
    }
    QVERIFY(std::abs(sums.squaresOfA - static_cast<double>(squares)) < 1e-12 * sums.squaresOfA);
    QVERIFY(std::abs(sums.products - static_cast<double>(products)) < 1e-9);
    QVERIFY(std::abs(sumOfSquares(a) - static_cast<double>(squares)) < 1e-12 * sums.squaresOfA);
    QVERIFY(std::abs(pairSums(b, a).squaresOfA - sums.squaresOfB) < 1e-9);
}

void TestOptimizer::sumsNoticeNonFinite()
{
    at::Tensor a = at::full({70'000}, 3e38f); // the square overflows a float32
    QVERIFY(std::isfinite(sumOfSquares(a)));
    QCOMPARE(nonFiniteElements(a), std::int64_t(0));
    a[69'999] = std::numeric_limits<float>::quiet_NaN();
    a[3] = std::numeric_limits<float>::infinity();
    QVERIFY(!std::isfinite(sumOfSquares(a)));
    QCOMPARE(nonFiniteElements(a), std::int64_t(2));
}

void TestOptimizer::cosineIsUndefinedForZero()
{
    QVERIFY(!cosineOf(0, 0, 1));
    QVERIFY(!cosineOf(0, 1, 0));
    QCOMPARE(*cosineOf(-6, 4, 9), -1.0);
    QVERIFY(std::isnan(*cosineOf(std::nan(""), 1, 1)));
}

QTEST_GUILESS_MAIN(TestOptimizer)
#include "test_optimizer.moc"
