// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The functions of one element against libm in float64, over numbers of all sizes, and bfloat16 against
// LibTorch's.
#include "core/engine/kernels/lanes.h"

#include <c10/util/BFloat16.h>

#include <QtTest/QtTest>

#include <bit>
#include <cmath>
#include <limits>

using namespace lens::kernels;

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

// The distance of float32 numbers where x lies.
double unitOf(double x)
{
    int exponent = 0;
    std::frexp(x, &exponent);
    return std::ldexp(1.0, std::max(exponent - 24, -149));
}

// The worst deviation in units in the last place, over every 1009th number between two.
template <class Ours, class Exact>
double worstUnits(float low, float high, Ours ours, Exact exact)
{
    double worst = 0;
    for (std::uint32_t bits = 0; bits < 0xFF800000U - 1009; bits += 1009) {
        const auto x = std::bit_cast<float>(bits);
        if (!(x >= low && x <= high))
            continue;
        const double expected = exact(static_cast<double>(x));
        worst = std::max(worst, std::abs(static_cast<double>(ours(x)) - expected) / unitOf(expected));
    }
    return worst;
}

} // namespace

class TestLanes : public QObject {
    Q_OBJECT
private slots:
    void exponentials();
    void tangents();
    void errorFunctions();
    void bfloat16();
};

void TestLanes::exponentials()
{
    const auto ours = [](float x) { return exponential(x); };
    QVERIFY(worstUnits(-87.3F, 88.7F, ours, [](double x) { return std::exp(x); }) <= 1.0);
    QVERIFY(worstUnits(-200, -87.3F, ours, [](double x) { return std::exp(x); }) <= 1.0);
    QCOMPARE(exponential(0.0F), 1.0F);
    QCOMPARE(exponential(89.0F), kInfinity);
    QCOMPARE(exponential(kInfinity), kInfinity);
    QCOMPARE(exponential(-kInfinity), 0.0F);
    QVERIFY(std::isnan(exponential(kNaN)));
}

void TestLanes::tangents()
{
    const auto ours = [](float x) { return hyperbolicTangent(x); };
    QVERIFY(worstUnits(-50, 50, ours, [](double x) { return std::tanh(x); }) <= 3.0);
    QCOMPARE(hyperbolicTangent(kInfinity), 1.0F);
    QCOMPARE(hyperbolicTangent(-kInfinity), -1.0F);
    QVERIFY(std::isnan(hyperbolicTangent(kNaN)));
}

void TestLanes::errorFunctions()
{
    const auto ours = [](float x) { return errorFunction(x); };
    QVERIFY(worstUnits(-50, 50, ours, [](double x) { return std::erf(x); }) <= 4.0);
    QCOMPARE(errorFunction(kInfinity), 1.0F);
    QCOMPARE(errorFunction(-kInfinity), -1.0F);
    QVERIFY(std::isnan(errorFunction(kNaN)));
}

void TestLanes::bfloat16()
{
    for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
        const Bfloat16 stored{static_cast<std::uint16_t>(bits)};
        const c10::BFloat16 theirs(static_cast<unsigned short>(bits), c10::BFloat16::from_bits());
        const float value = load(&stored);
        QVERIFY(std::isnan(value) ? std::isnan(static_cast<float>(theirs))
                                  : value == static_cast<float>(theirs));
    }
    for (std::uint64_t bits = 0; bits < (std::uint64_t{1} << 32); bits += 0x7FFF / 5) { // ties among them
        for (const std::uint32_t low : {0U, 0x7FFFU, 0x8000U, 0x8001U}) {
            const auto x = std::bit_cast<float>(static_cast<std::uint32_t>(bits) ^ low);
            Bfloat16 stored{};
            store(&stored, x);
            if (std::isnan(x))
                QVERIFY(std::isnan(load(&stored)));
            else
                QCOMPARE(stored.bits, c10::BFloat16(x).x);
        }
    }
}

QTEST_APPLESS_MAIN(TestLanes)
#include "test_lanes.moc"
