// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Sums over long vectors and Gram matrices of factors against long double and dense float64 arithmetic, for
// every set of instructions.

// Before Qt, whose keywords are names in ATen.
#include <ATen/ATen.h>

#include "core/engine/kernels/factor_grams.h"
#include "core/engine/kernels/instruction_set.h"
#include "core/engine/kernels/sums.h"

#include <QtTest/QtTest>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace lens::kernels;

namespace {

std::vector<float> randomValues(std::int64_t count, unsigned seed, float size = 1)
{
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0, size);
    std::vector<float> values(static_cast<std::size_t>(count));
    for (float& value : values)
        value = normal(random);
    return values;
}

// (rows, columns), row by row.
struct Dense {
    std::int64_t rows;
    std::int64_t columns;
    std::vector<double> values;

    Dense(std::int64_t m, std::int64_t n) : rows(m), columns(n), values(static_cast<std::size_t>(m * n)) {}
    Dense(std::int64_t m, std::int64_t n, const std::vector<float>& from)
        : rows(m)
        , columns(n)
        , values(from.begin(), from.end())
    {
    }
    double& at(std::int64_t i, std::int64_t j) { return values[static_cast<std::size_t>(i * columns + j)]; }
    double at(std::int64_t i, std::int64_t j) const
    {
        return values[static_cast<std::size_t>(i * columns + j)];
    }
    double norm() const
    {
        long double squares = 0;
        for (const double value : values)
            squares += static_cast<long double>(value) * static_cast<long double>(value);
        return static_cast<double>(std::sqrt(squares));
    }
};

Dense product(const Dense& b, const Dense& a)
{
    Dense result(b.rows, a.columns);
    for (std::int64_t i = 0; i < b.rows; ++i)
        for (std::int64_t k = 0; k < b.columns; ++k)
            for (std::int64_t j = 0; j < a.columns; ++j)
                result.at(i, j) += b.at(i, k) * a.at(k, j);
    return result;
}

Dense difference(const Dense& a, const Dense& b)
{
    Dense result(a.rows, a.columns);
    for (std::size_t i = 0; i < result.values.size(); ++i)
        result.values[i] = a.values[i] - b.values[i];
    return result;
}

// B'A' − BA without a difference of large numbers: (B' − B) A' + B (A' − A).
Dense changeOf(const Dense& a, const Dense& newA, const Dense& b, const Dense& newB)
{
    Dense change = product(difference(newB, b), newA);
    const Dense second = product(b, difference(newA, a));
    for (std::size_t i = 0; i < change.values.size(); ++i)
        change.values[i] += second.values[i];
    return change;
}

bool near(double actual, double expected)
{
    return std::abs(actual - expected) <= 1e-12 * std::abs(expected);
}

} // namespace

class TestFactorKernels : public QObject {
    Q_OBJECT
private slots:
    void cleanup() { useSet(availableSets().back()); }
    void sums_data();
    void sums();
    void sumsDoNotDependOnTheSet();
    void nonFiniteReachesTheSums();
    void matrices();
    void numbers_data();
    void numbers();
    void firstStep();
    void nanReachesTheNumbers();

private:
    static FactorNumbers numbersOf(const std::vector<float>& a, const std::vector<float>& newA,
                                   const std::vector<float>& b, const std::vector<float>& newB,
                                   std::int64_t rank)
    {
        Gram rows;
        Gram columns;
        std::vector<double> panel;
        gramOfRows(a.data(), newA.data(), rank, static_cast<std::int64_t>(a.size()) / rank, rows, panel);
        gramOfColumns(b.data(), newB.data(), static_cast<std::int64_t>(b.size()) / rank, rank, columns,
                      panel);
        return factorNumbers(rows, columns, rank);
    }
};

void TestFactorKernels::sums_data()
{
    QTest::addColumn<int>("set");
    QTest::addColumn<int>("count");
    for (const InstructionSet set : availableSets())
        for (const int count : {0, 1, 7, 15, 16, 17, 31, 1000, 65'537})
            QTest::addRow("%s %d", nameOf(set).c_str(), count) << static_cast<int>(set) << count;
}

void TestFactorKernels::sums()
{
    QFETCH(int, set);
    QFETCH(int, count);
    useSet(static_cast<InstructionSet>(set));
    const std::vector<float> x = randomValues(count, 1);
    const std::vector<float> y = randomValues(count, 2);
    const PairOfSums sums = sumPairs(x.data(), y.data(), count);
    long double squares = 0;
    long double products = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        squares += static_cast<long double>(x[i]) * static_cast<long double>(x[i]);
        products += static_cast<long double>(x[i]) * static_cast<long double>(y[i]);
    }
    QVERIFY(near(sums.squares, static_cast<double>(squares)));
    QVERIFY(std::abs(sums.products - static_cast<double>(products)) <= 1e-13 * static_cast<double>(squares));
    QVERIFY(sumSquares(x.data(), count) == sums.squares);
}

void TestFactorKernels::sumsDoNotDependOnTheSet()
{
    const std::vector<float> x = randomValues(100'003, 3, 1e-3F);
    const std::vector<float> y = randomValues(100'003, 4, 1e3F);
    const PairOfSums best = sumPairs(x.data(), y.data(), 100'003);
    for (const InstructionSet set : availableSets()) {
        useSet(set);
        const PairOfSums sums = sumPairs(x.data(), y.data(), 100'003);
        QVERIFY(sums.squares == best.squares);
        QVERIFY(sums.products == best.products);
    }
}

void TestFactorKernels::nonFiniteReachesTheSums()
{
    for (const InstructionSet set : availableSets()) {
        useSet(set);
        for (const std::size_t place : {std::size_t(0), std::size_t(20), std::size_t(32)}) {
            std::vector<float> x(33, 3e38F); // the square overflows a float32
            QVERIFY(std::isfinite(sumSquares(x.data(), 33)));
            x[place] = std::numeric_limits<float>::infinity();
            QVERIFY(std::isinf(sumSquares(x.data(), 33)));
            x[place] = std::numeric_limits<float>::quiet_NaN();
            QVERIFY(std::isnan(sumSquares(x.data(), 33)));
        }
    }
}

// Rows, columns and parts of wider matrices, of every type.
void TestFactorKernels::matrices()
{
    const at::Tensor wide = at::randn({37, 91});
    for (const InstructionSet set : availableSets()) {
        useSet(set);
        for (const at::ScalarType type : {at::kFloat, at::kBFloat16, at::kDouble, at::kHalf}) {
            const at::Tensor x = wide.to(type);
            for (const at::Tensor& matrix :
                 {x, x.t(), x.narrow(1, 3, 50), x.t().narrow(1, 2, 9), x.slice(1, 0, 91, 2)})
                QVERIFY(near(sumSquares(matrix), matrix.to(at::kDouble).square().sum().item<double>()));
        }
    }
    QCOMPARE(sumSquares(at::empty({0, 5})), 0.0);
}

void TestFactorKernels::numbers_data()
{
    QTest::addColumn<int>("set");
    QTest::addColumn<int>("rank");
    QTest::addColumn<int>("in");
    QTest::addColumn<int>("out");
    QTest::addColumn<float>("step");
    const int shapes[][3] = {{1, 1, 1},   {1, 37, 5},     {2, 64, 9},     {3, 50, 41},  {5, 7, 300},
                             {8, 96, 64}, {16, 576, 192}, {16, 33, 1037}, {40, 100, 65}};
    for (const InstructionSet set : availableSets())
        for (const auto& [rank, in, out] : shapes)
            for (const float step : {1.0F, 1e-3F, 1e-6F})
                QTest::addRow("%s rank %d, %d to %d, step %g", nameOf(set).c_str(), rank, in, out,
                              static_cast<double>(step))
                    << static_cast<int>(set) << rank << in << out << step;
}

void TestFactorKernels::numbers()
{
    QFETCH(int, set);
    QFETCH(int, rank);
    QFETCH(int, in);
    QFETCH(int, out);
    QFETCH(float, step);
    useSet(static_cast<InstructionSet>(set));
    const std::vector<float> a = randomValues(rank * in, 1);
    const std::vector<float> b = randomValues(rank * out, 2);
    std::vector<float> newA = randomValues(rank * in, 3, step);
    std::vector<float> newB = randomValues(rank * out, 4, step);
    for (std::size_t i = 0; i < a.size(); ++i)
        newA[i] += a[i];
    for (std::size_t i = 0; i < b.size(); ++i)
        newB[i] += b[i];
    const FactorNumbers numbers = numbersOf(a, newA, b, newB, rank);
    const Dense denseA(rank, in, newA);
    const Dense denseB(out, rank, newB);
    QVERIFY(near(numbers.normA, denseA.norm()));
    QVERIFY(near(numbers.normB, denseB.norm()));
    QVERIFY(near(numbers.product, product(denseB, denseA).norm()));
    QVERIFY(near(numbers.distance, changeOf(Dense(rank, in, a), denseA, Dense(out, rank, b), denseB).norm()));
}

// B begins as 0, and an update that changes nothing has no length.
void TestFactorKernels::firstStep()
{
    const std::vector<float> a = randomValues(16 * 40, 1);
    const std::vector<float> zero(16 * 24);
    const std::vector<float> b = randomValues(16 * 24, 2, 1e-4F);
    const FactorNumbers numbers = numbersOf(a, a, zero, b, 16);
    QVERIFY(near(numbers.distance, product(Dense(24, 16, b), Dense(16, 40, a)).norm()));
    QCOMPARE(numbers.distance, numbers.product);
    QCOMPARE(numbersOf(a, a, b, b, 16).distance, 0.0);
    QCOMPARE(numbersOf(a, a, zero, zero, 16).product, 0.0);
}

void TestFactorKernels::nanReachesTheNumbers()
{
    const std::vector<float> a = randomValues(3 * 10, 1);
    std::vector<float> newA = a;
    newA[29] = std::numeric_limits<float>::quiet_NaN();
    const std::vector<float> b = randomValues(3 * 8, 2);
    const FactorNumbers numbers = numbersOf(a, newA, b, b, 3);
    QVERIFY(std::isnan(numbers.normA));
    QVERIFY(std::isfinite(numbers.normB));
    QVERIFY(std::isnan(numbers.product));
    QVERIFY(std::isnan(numbers.distance));
}

QTEST_GUILESS_MAIN(TestFactorKernels)
#include "test_factor_kernels.moc"
