// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// NF4 against a plain float64 implementation, the published constants and the theory of its error.

// Before Qt, whose keywords are names in ATen.
#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/engine/kernels/nf4.h"
#include "core/engine/kernels/nf4_blocks.h"
#include "core/engine/torch_compat.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <vector>

using namespace lens;

namespace {

// Dettmers et al. 2023, appendix E.
constexpr double kPublished[16] = {-1.0,
                                   -0.6961928009986877,
                                   -0.5250730514526367,
                                   -0.39491748809814453,
                                   -0.28444138169288635,
                                   -0.18477343022823334,
                                   -0.09105003625154495,
                                   0.0,
                                   0.07958029955625534,
                                   0.16093020141124725,
                                   0.24611230194568634,
                                   0.33791524171829224,
                                   0.44070982933044434,
                                   0.5626170039176941,
                                   0.7229568362236023,
                                   1.0};

at::Tensor normal(std::vector<std::int64_t> shape, std::uint64_t seed, double deviation = 0.02)
{
    at::Generator random = newGenerator(at::kCPU, seed);
    return at::empty(shape, at::kFloat).normal_(0, deviation, random);
}

int codeAt(const Nf4Tensors& tensors, std::int64_t index)
{
    const int pair = tensors.codes.data_ptr<std::uint8_t>()[index / 2];
    return index % 2 == 0 ? pair / 16 : pair % 16;
}

// The scale of a block, from the definition of double quantisation.
double scaleAt(const Nf4Tensors& tensors, std::int64_t block)
{
    if (!tensors.nestedAbsmax.defined())
        return tensors.absmax[block].item<double>();
    return tensors.nestedMap[tensors.absmax[block].item<std::int64_t>()].item<double>() *
               tensors.nestedAbsmax[block / tensors.nestedBlock].item<double>() +
           static_cast<double>(tensors.offset);
}

// Every value by the definition, in float64.
at::Tensor expectedValues(const Nf4Tensors& tensors, std::vector<std::int64_t> shape)
{
    at::Tensor values = at::empty(shape, at::kDouble);
    double* value = values.data_ptr<double>();
    for (std::int64_t i = 0; i < values.numel(); ++i)
        value[i] = kPublished[codeAt(tensors, i)] * scaleAt(tensors, i / tensors.block);
    return values;
}

// 2^-k is half a unit in the last place of a type's numbers, relative to them; two float32 roundings before
// it.
double roundingOf(at::ScalarType type)
{
    return type == at::kBFloat16 ? 0x1p-8 + 0x1p-21 : 0x1p-21;
}

double deviation(const at::Tensor& found, const at::Tensor& expected)
{
    return found.to(at::kDouble).sub(expected).abs().max().item<double>() /
           expected.abs().max().item<double>();
}

// The dynamic numbers by their description: a sign, zeros that count tenths, a fraction in the bits that are
// left.
std::vector<double> dynamicNumbers()
{
    std::vector<double> numbers{0, 1};
    for (int zeros = 0; zeros < 7; ++zeros) {
        const double unit = std::pow(0.1, zeros);
        const int fractions = 64 >> zeros;
        for (int f = 0; f < fractions; ++f) {
            const double low = 0.1 + 0.9 * f / fractions;
            const double high = 0.1 + 0.9 * (f + 1) / fractions;
            numbers.push_back(unit * (low + high) / 2);
            numbers.push_back(-numbers.back());
        }
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

// P(Z ≤ z) of the standard normal distribution.
double normalShare(double z)
{
    return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

double normalDensity(double z)
{
    return std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1.0));
}

// E[(Z − q(Z))² ; −m < Z < m] of a normal number rounded to the nearest level times m: ∫ (z − l)² φ over each
// level's part, by the antiderivatives of φ, zφ and z²φ.
double roundingError(double m)
{
    double sum = 0;
    for (int i = 0; i < 16; ++i) {
        const double level = m * kPublished[i];
        const double low = i == 0 ? -m : m * (kPublished[i - 1] + kPublished[i]) / 2;
        const double high = i == 15 ? m : m * (kPublished[i] + kPublished[i + 1]) / 2;
        const double share = normalShare(high) - normalShare(low);
        const double first = normalDensity(low) - normalDensity(high);
        const double second = share + low * normalDensity(low) - high * normalDensity(high);
        sum += second - 2 * level * first + level * level * share;
    }
    return sum;
}

// Mean squared error for blocks of n normal numbers: the largest magnitude M has P(M ≤ m) = (2Φ(m) − 1)ⁿ and
// no error; the other n − 1 lie below it and are normal there.
double expectedError(int n)
{
    double sum = 0;
    const double step = 1e-3;
    for (double m = step / 2; m < 8; m += step) {
        const double below = 2 * normalShare(m) - 1;
        const double density = n * std::pow(below, n - 1) * 2 * normalDensity(m);
        sum += density * (n - 1.0) / n * roundingError(m) / below * step;
    }
    return sum;
}

std::string messageOf(const std::function<void()>& action)
{
    try {
        action();
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

const std::vector<std::vector<std::int64_t>> kShapes = {{1, 1},   {1, 2},   {3, 5},    {1, 63},  {1, 65},
                                                        {7, 100}, {13, 64}, {33, 192}, {5, 577}, {300, 129}};

} // namespace

class TestNf4 : public QObject {
    Q_OBJECT

private slots:
    void levelsAreThePublishedOnes()
    {
        for (std::size_t i = 0; i < 16; ++i)
            QCOMPARE(static_cast<double>(kNf4Levels[i]), kPublished[i]);
    }

    void dynamicMapFollowsItsDefinition()
    {
        const std::vector<double> expected = dynamicNumbers();
        QCOMPARE(expected.size(), std::size_t(256));
        for (std::size_t i = 0; i < 256; ++i)
            QVERIFY(std::abs(static_cast<double>(dynamicMap()[i]) - expected[i]) <=
                    0x1p-23 * std::abs(expected[i]));
    }

    void codesAreTheNearestLevels()
    {
        for (const auto& shape : kShapes) {
            const at::Tensor matrix = normal(shape, 3);
            const Nf4Tensors tensors = quantiseNf4(matrix, false, "w");
            const at::Tensor flat = matrix.view({-1}).to(at::kDouble);
            QCOMPARE(tensors.codes.numel(), (flat.numel() + 1) / 2);
            for (std::int64_t begin = 0; begin < flat.numel(); begin += 64) {
                const at::Tensor block =
                    flat.narrow(0, begin, std::min<std::int64_t>(64, flat.numel() - begin));
                const double largest = block.abs().max().item<double>();
                QCOMPARE(tensors.absmax[begin / 64].item<double>(), largest);
                for (std::int64_t i = 0; i < block.numel(); ++i) {
                    const double value = block[i].item<double>() / largest;
                    double least = 2;
                    for (const double level : kPublished)
                        least = std::min(least, std::abs(value - level));
                    const double distance = std::abs(value - kPublished[codeAt(tensors, begin + i)]);
                    QVERIFY(distance <= least + 1e-6); // in the middle of two levels either will do
                }
            }
        }
    }

    void firstOfTwoLiesInTheHighBits()
    {
        const at::Tensor matrix = at::empty({1, 3}, at::kFloat);
        const float values[3] = {-2.0f, 2.0f, 0.0f};
        std::copy(std::begin(values), std::end(values), matrix.data_ptr<float>());
        const Nf4Tensors tensors = quantiseNf4(matrix, false, "w");
        QCOMPARE(tensors.codes[0].item<int>(), 0x0f);
        QCOMPARE(tensors.codes[1].item<int>(), 0x77); // 0, and what fills the byte up
    }

    void scalesAreTheNearestDynamicNumbers()
    {
        const at::Tensor matrix = normal({300, 129}, 4); // 605 blocks: three of scales
        const Nf4Tensors plain = quantiseNf4(matrix, false, "w");
        const Nf4Tensors nested = quantiseNf4(matrix, true, "w");
        const std::vector<double> map = dynamicNumbers();
        QVERIFY(at::equal(plain.codes, nested.codes));
        const double mean = plain.absmax.to(at::kDouble).mean().item<double>();
        QVERIFY(std::abs(static_cast<double>(nested.offset) - mean) <= 1e-7 * mean);
        const at::Tensor rest = plain.absmax.to(at::kDouble) - static_cast<double>(nested.offset);
        QCOMPARE(nested.nestedAbsmax.numel(), std::int64_t(3));
        for (std::int64_t i = 0; i < rest.numel(); ++i) {
            const std::int64_t begin = i / 256 * 256;
            const double largest = rest.narrow(0, begin, std::min<std::int64_t>(256, rest.numel() - begin))
                                       .abs()
                                       .max()
                                       .item<double>();
            QVERIFY(std::abs(nested.nestedAbsmax[i / 256].item<double>() - largest) <= 1e-6 * largest);
            const double value = rest[i].item<double>() / largest;
            double least = 2;
            for (const double number : map)
                least = std::min(least, std::abs(value - number));
            const double distance =
                std::abs(value - map[static_cast<std::size_t>(nested.absmax[i].item<std::int64_t>())]);
            QVERIFY(distance <= least + 1e-6);
        }
        // The published use of it costs little: scales within 2 % of the largest difference.
        const double off = (nf4Scales(nested) - plain.absmax).abs().max().item<double>();
        QVERIFY(off <= 0.9 / 64 / 2 * rest.abs().max().item<double>() * 1.001);
    }

    void valuesAreLevelsTimesScales_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<bool>("nested");
        for (const at::ScalarType type : {at::kFloat, at::kBFloat16, at::kDouble})
            for (const bool nested : {false, true})
                QTest::addRow("%s %s", at::toString(type), nested ? "nested" : "plain")
                    << static_cast<int>(type) << nested;
    }

    void valuesAreLevelsTimesScales()
    {
        QFETCH(int, type);
        QFETCH(bool, nested);
        const auto scalarType = static_cast<at::ScalarType>(type);
        for (const auto& shape : kShapes) {
            const Nf4Tensors tensors = quantiseNf4(normal(shape, 5), nested, "w");
            const at::Tensor expected = expectedValues(tensors, shape);
            const at::Tensor wide = at::full({shape[0], shape[1] + 9}, 77.0, at::TensorOptions(scalarType));
            const at::Tensor view = wide.narrow(1, 4, shape[1]);
            dequantiseNf4(tensors, view);
            QVERIFY(deviation(view, expected) <= roundingOf(scalarType));
            QVERIFY(wide.narrow(1, 0, 4).eq(77).all().item<bool>());
            QVERIFY(wide.narrow(1, 4 + shape[1], 5).eq(77).all().item<bool>());
            // Other strides, and what a GPU does: the same bits.
            const at::Tensor turned = at::empty({shape[1], shape[0]}, at::TensorOptions(scalarType));
            dequantiseNf4(tensors, turned.t());
            QVERIFY(at::equal(turned.t(), view));
            const at::Tensor byTensors = at::empty(shape, at::TensorOptions(scalarType));
            dequantiseNf4ByTensors(tensors, byTensors);
            QVERIFY(at::equal(byTensors, view));
        }
    }

    // bitsandbytes can be told other blocks than 64.
    void otherBlocksAreRead()
    {
        const at::Tensor matrix = normal({40, 96}, 6);
        for (const std::int64_t block : {32, 128, 4096}) {
            Nf4Tensors tensors = quantiseNf4(matrix, false, "w");
            tensors.block = block;
            tensors.absmax = normal({(40 * 96 + block - 1) / block}, 7).abs();
            const at::Tensor out = at::empty({40, 96}, at::kFloat);
            dequantiseNf4(tensors, out);
            QVERIFY(deviation(out, expectedValues(tensors, {40, 96})) <= roundingOf(at::kFloat));
        }
    }

    void allInstructionsGiveTheSameBits()
    {
        const Nf4Tensors tensors = quantiseNf4(normal({24, 128}, 8), false, "w");
        const std::int64_t count = 24 * 128;
        const auto* codes = tensors.codes.data_ptr<std::uint8_t>();
        const float* scales = tensors.absmax.data_ptr<float>();
        std::vector<float> floats(count);
        std::vector<std::uint16_t> halves(count);
        nf4Functions(kernels::InstructionSet::Baseline).toFloat(codes, scales, count, 64, floats.data());
        nf4Functions(kernels::InstructionSet::Baseline).toBFloat16(codes, scales, count, 64, halves.data());
        for (const auto set : kernels::availableSets()) {
            std::vector<float> otherFloats(count);
            std::vector<std::uint16_t> otherHalves(count);
            nf4Functions(set).toFloat(codes, scales, count, 64, otherFloats.data());
            nf4Functions(set).toBFloat16(codes, scales, count, 64, otherHalves.data());
            QCOMPARE(otherFloats, floats);
            QCOMPARE(otherHalves, halves);
        }
    }

    void errorIsThatOfTheTheory()
    {
        const at::Tensor matrix = normal({1024, 1024}, 9, 1.0);
        const double expected = expectedError(64);
        QVERIFY(expected > 0.005 && expected < 0.02);
        const auto errorOf = [&](bool nested) {
            const at::Tensor values = at::empty({1024, 1024}, at::kDouble);
            dequantiseNf4(quantiseNf4(matrix, nested, "w"), values);
            return values.sub(matrix.to(at::kDouble)).square().mean().item<double>();
        };
        // A million numbers: the mean of their squared errors is known to half a per cent.
        QVERIFY(std::abs(errorOf(false) / expected - 1) < 0.005);
        QVERIFY(std::abs(errorOf(true) / expected - 1) < 0.01);
    }

    void zerosStayZero()
    {
        for (const bool nested : {false, true}) {
            at::Tensor matrix = normal({4, 64}, 10);
            matrix[1].zero_();
            const at::Tensor out = at::empty({4, 64}, at::kFloat);
            dequantiseNf4(quantiseNf4(matrix, nested, "w"), out);
            QVERIFY(out[1].eq(0).all().item<bool>());
            dequantiseNf4(quantiseNf4(at::zeros({4, 64}), nested, "w"), out);
            QVERIFY(out.eq(0).all().item<bool>());
        }
    }

    // 1 / scale would be infinite.
    void tiniestNumbersStayFinite()
    {
        const at::Tensor out = at::empty({2, 64}, at::kFloat);
        const at::Tensor matrix = at::full({2, 64}, 1e-42f);
        matrix[0][3] = 0;
        dequantiseNf4(quantiseNf4(matrix, true, "w"), out);
        QVERIFY(out.isfinite().all().item<bool>());
        QVERIFY(out.abs().max().item<double>() <= 2e-42);
    }

    void allFloatTypesAreQuantised()
    {
        const at::Tensor matrix = normal({6, 50}, 11).to(at::kBFloat16);
        const Nf4Tensors expected = quantiseNf4(matrix.to(at::kFloat), true, "w");
        for (const at::ScalarType type : {at::kBFloat16, at::kDouble}) {
            const Nf4Tensors tensors = quantiseNf4(matrix.to(type), true, "w");
            QVERIFY(at::equal(tensors.codes, expected.codes));
            QVERIFY(at::equal(tensors.absmax, expected.absmax));
        }
        // Row-major whatever the strides.
        const Nf4Tensors turned = quantiseNf4(matrix.t().contiguous().t(), true, "w");
        QVERIFY(at::equal(turned.codes, expected.codes));
    }

    void numbersThatAreNotFiniteAreRefusedByName()
    {
        for (const float bad :
             {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::quiet_NaN(),
              std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()}) {
            at::Tensor matrix = normal({700, 65}, 12);
            matrix[699][64] = bad;
            const std::string message =
                messageOf([&] { quantiseNf4(matrix, true, "layers.3.q_proj.weight"); });
            QVERIFY(message.find("layers.3.q_proj.weight") != std::string::npos);
            QVERIFY(message.find("no finite number") != std::string::npos);
        }
        // Beyond float32.
        QVERIFY(messageOf([] { quantiseNf4(at::full({1, 4}, 1e60, at::kDouble), true, "w"); }) != "accepted");
    }
};

QTEST_GUILESS_MAIN(TestNf4)
#include "test_nf4.moc"
