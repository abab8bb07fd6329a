// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Rotation against complex numbers, and the frequencies of each scaling against its published definition,
// both in float64.

// Before Qt, whose keywords are names in ATen.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/engine/model/rotary.h"
#include "tests/engine_model/formula_deviation.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace lens;
using test::deviation;
using test::random;
using test::Tensors;

namespace {

RopeConfig plainRope(std::int64_t rotaryDim, double theta = 10000)
{
    RopeConfig config;
    config.rotaryDim = rotaryDim;
    config.theta = theta;
    return config;
}

double plainFrequency(const RopeConfig& config, std::size_t pair)
{
    return std::pow(config.theta, -2 * static_cast<double>(pair) / static_cast<double>(config.rotaryDim));
}

bool close(float found, double expected)
{
    return std::abs(static_cast<double>(found) / expected - 1) < 2e-6;
}

// The real-valued dimension whose pair turns `rotations` times within `length` positions, by bisection of
// length · θ^(−2i/r) / 2π.
double dimensionTurning(const RopeConfig& config, double rotations)
{
    double low = -1000;
    double high = 1000;
    for (int i = 0; i < 200; ++i) {
        const double middle = (low + high) / 2;
        const double turns = static_cast<double>(config.originalMaxPositions) *
                             std::pow(config.theta, -2 * middle / static_cast<double>(config.rotaryDim)) /
                             (2 * std::numbers::pi);
        (turns > rotations ? low : high) = middle;
    }
    return low;
}

} // namespace

class TestRotary : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { at::set_num_threads(1); }

    void anglesOfDocuments()
    {
        RotaryTable table(plainRope(8), at::kCPU, at::kFloat);
        const RotaryAngles angles = table.angles({3, 1, 2}, 0);
        const at::Tensor positions = at::tensor(std::vector<double>{0, 1, 2, 0, 0, 1}).unsqueeze(1);
        const at::Tensor turns = positions * at::tensor(std::vector<double>{1, 0.1, 0.01, 0.001});
        QVERIFY((angles.cosine - turns.cos()).abs().max().item<double>() < 1e-7);
        QVERIFY((angles.sine - turns.sin()).abs().max().item<double>() < 1e-7);
        // A table that grew says the same, and so does a document that is gone on with.
        table.angles({9000}, 0);
        QVERIFY(at::equal(angles.cosine, table.angles({3, 1, 2}, 0).cosine));
        QVERIFY(at::equal(table.angles({1}, 2).sine, angles.sine.narrow(0, 2, 1)));
    }

    void plainLinearAndLlama3()
    {
        RopeConfig config = plainRope(16, 500000);
        const auto plain = rotaryFrequencies(config);
        QCOMPARE(plain.size(), std::size_t(8));
        for (std::size_t i = 0; i < plain.size(); ++i)
            QVERIFY(close(plain[i], plainFrequency(config, i)));
        config.kind = RopeKind::Linear;
        config.factor = 4;
        QCOMPARE(rotaryFrequencies(config)[5], plain[5] / 4);
        config.kind = RopeKind::Llama3;
        config.factor = 8;
        config.lowFreqFactor = 1;
        config.highFreqFactor = 4;
        config.originalMaxPositions = 64;
        const auto scaled = rotaryFrequencies(config);
        for (std::size_t i = 0; i < scaled.size(); ++i) {
            const double wavelength = 2 * std::numbers::pi / double{plain[i]};
            const double smooth = (64 / wavelength - 1) / 3;
            const double factor = wavelength < 16 ? 1 : wavelength > 64 ? 0.125 : (1 - smooth) / 8 + smooth;
            QVERIFY(std::abs(double{scaled[i]} / double{plain[i]} - factor) < 1e-6);
        }
    }

    void yarn_data()
    {
        QTest::addColumn<double>("fast");
        QTest::addColumn<double>("slow");
        QTest::addColumn<bool>("truncate");
        QTest::newRow("usual bounds") << 32.0 << 1.0 << true;
        QTest::newRow("bounds between dimensions") << 32.0 << 1.0 << false;
        QTest::newRow("narrow") << 8.0 << 4.0 << true;
        QTest::newRow("beyond the dimensions") << 1e5 << 1e-5 << true;
        QTest::newRow("one bound") << 4.0 << 4.0 << false;
    }

    // Peng et al. 2023, arXiv 2309.00071, "NTK-by-parts", with the ramp over dimensions of its authors'
    // program.
    void yarn()
    {
        QFETCH(double, fast);
        QFETCH(double, slow);
        QFETCH(bool, truncate);
        RopeConfig config = plainRope(64, 20000);
        config.kind = RopeKind::Yarn;
        config.factor = 4;
        config.originalMaxPositions = 2048;
        config.betaFast = fast;
        config.betaSlow = slow;
        config.truncate = truncate;
        double low = dimensionTurning(config, fast);
        double high = dimensionTurning(config, slow);
        if (truncate) {
            low = std::floor(low);
            high = std::ceil(high);
        }
        low = std::max(low, 0.0);
        high = std::min(high, 63.0);
        high += low == high ? 0.001 : 0;
        const auto found = rotaryFrequencies(config);
        QCOMPARE(found.size(), std::size_t(32));
        for (std::size_t i = 0; i < found.size(); ++i) {
            const double ramp = std::clamp((static_cast<double>(i) - low) / (high - low), 0.0, 1.0);
            const double frequency = plainFrequency(config, i);
            QVERIFY(close(found[i], ramp * frequency / 4 + (1 - ramp) * frequency));
        }
    }

    // θ′ = θ (s L′/L − (s − 1))^(r/(r−2)) beyond the trained length L.
    void dynamicFollowsTheLength()
    {
        RopeConfig config = plainRope(16);
        config.kind = RopeKind::Dynamic;
        config.factor = 3;
        config.maxPositions = 64;
        const auto usual = rotaryFrequencies(config, 64);
        QVERIFY(close(usual[3], plainFrequency(config, 3)));
        QCOMPARE(frequencyVariant(config, 64), 0);
        RopeConfig stretched = config;
        stretched.theta = 10000 * std::pow(3 * 100.0 / 64 - 2, 16.0 / 14);
        const auto longer = rotaryFrequencies(config, 100);
        for (std::size_t i = 0; i < longer.size(); ++i)
            QVERIFY(close(longer[i], plainFrequency(stretched, i)));
        QVERIFY(frequencyVariant(config, 100) != frequencyVariant(config, 101));
        // The table follows, and comes back.
        RotaryTable table(config, at::kCPU, at::kFloat);
        const at::Tensor before = table.angles({50}, 0).cosine.clone();
        const at::Tensor beyond = table.angles({100}, 0).cosine.narrow(0, 0, 50).clone();
        QVERIFY(!at::equal(before, beyond));
        QVERIFY(at::equal(table.angles({1}, 99).sine, table.angles({100}, 0).sine.narrow(0, 99, 1)));
        QVERIFY(at::equal(table.angles({50}, 0).cosine, before));
    }

    // Ding et al. 2024, arXiv 2402.13753: each frequency divided by a factor of its own.
    void longRopeSwitchesItsFactors()
    {
        RopeConfig config = plainRope(8);
        config.kind = RopeKind::LongRope;
        config.originalMaxPositions = 20;
        config.attentionFactor = 1.25;
        config.shortFactors = {1, 1.5, 2, 3};
        config.longFactors = {2, 4, 8, 16};
        for (std::size_t i = 0; i < 4; ++i) {
            const double plain = plainFrequency(config, i);
            QVERIFY(close(rotaryFrequencies(config, 20)[i], plain / config.shortFactors[i]));
            QVERIFY(close(rotaryFrequencies(config, 21)[i], plain / config.longFactors[i]));
        }
        RotaryTable table(config, at::kCPU, at::kFloat);
        QVERIFY(close(table.angles({1}, 7).cosine[0][2].item<float>(), 1.25 * std::cos(7 * 0.01 / 2)));
        QVERIFY(close(table.angles({1}, 20).sine[0][1].item<float>(), 1.25 * std::sin(20 * 0.1 / 4)));
        QVERIFY(close(table.angles({1}, 19).sine[0][1].item<float>(), 1.25 * std::sin(19 * 0.1 / 1.5)));
    }
};

QTEST_APPLESS_MAIN(TestRotary)
#include "test_rotary.moc"
