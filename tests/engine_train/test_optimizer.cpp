// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// AdamW on the flat buffer against float64 arithmetic written here; clipping.
#include "core/engine/train/optimizer.h"

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
    void clippedGradientStays();
    void partsAreTheWhole();
    void keptValuesGetOutOfDate();
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
    QCOMPARE(clipFactor(3.0, 1.0), 1.0 / (3.0 + 1e-6));
    QCOMPARE(clipFactor(0.5, 1.0), 1.0);
    QCOMPARE(clipFactor(100.0, 0.0), 1.0); // 0 = off
}

// A factor does what multiplying the gradient by it does, and leaves the gradient as it is.
void TestOptimizer::clippedGradientStays()
{
    ParameterBuffer scaled(slices(), at::kCPU);
    scaled.values().normal_();
    scaled.gradient().normal_();
    ParameterBuffer plain(slices(), at::kCPU);
    plain.values().copy_(scaled.values());
    plain.gradient().copy_(scaled.gradient());
    const at::Tensor gradient = plain.gradient().clone();
    scaled.gradient().mul_(0.3);
    const TrainingSettings settings;
    AdamW(scaled, settings).step(scaled, 1e-2);
    AdamW(plain, settings).step(plain, 1e-2, 0.3);
    QVERIFY(at::equal(scaled.values(), plain.values()));
    QVERIFY(at::equal(plain.gradient(), gradient));
}

// In parts of any length, an update is the same to the bit.
void TestOptimizer::partsAreTheWhole()
{
    std::vector<ParameterSlice> list = slices();
    list[1].isB = true;
    TrainingSettings settings;
    settings.loraplusLrRatio = 4;
    ParameterBuffer whole(list, at::kCPU);
    whole.values().normal_();
    whole.gradient().normal_();
    ParameterBuffer cut(list, at::kCPU);
    cut.values().copy_(whole.values());
    cut.gradient().copy_(whole.gradient());
    AdamW wholeOptimizer(whole, settings);
    AdamW cutOptimizer(cut, settings);
    wholeOptimizer.step(whole, 1e-2, 0.7);
    const AdamW::Update update = cutOptimizer.begin(cut, 1e-2, 0.7);
    for (std::size_t i = 0; i < list.size(); ++i) {
        const ParameterSlice& slice = cut.slices()[i];
        cutOptimizer.apply(cut, update, i, slice.offset, 5);
        cutOptimizer.apply(cut, update, i, slice.offset + 5, slice.elements - 5);
    }
    QCOMPARE(cutOptimizer.steps(), std::int64_t(1));
    QVERIFY(at::equal(whole.values(), cut.values()));
    QVERIFY(at::equal(wholeOptimizer.secondMoment(), cutOptimizer.secondMoment()));
}

// What is derived from parameters and kept looks at their version.
void TestOptimizer::keptValuesGetOutOfDate()
{
    ParameterBuffer buffer(slices(), at::kCPU);
    const std::int64_t version = buffer.parameter(1)._version();
    AdamW(buffer, TrainingSettings{}).step(buffer, 1e-2);
    QVERIFY(buffer.parameter(1)._version() != version);
}

QTEST_GUILESS_MAIN(TestOptimizer)
#include "test_optimizer.moc"
