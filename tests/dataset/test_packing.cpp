// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Rows put into bins: every row once, never above the capacity, few bins, the same everywhere.
#include "core/dataset/packing.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>

using namespace lens;

namespace {

using Lengths = std::vector<std::uint64_t>;

std::uint64_t filled(const Lengths& lengths, const std::vector<std::uint32_t>& bin)
{
    std::uint64_t sum = 0;
    for (const std::uint32_t item : bin)
        sum += lengths[item];
    return sum;
}

std::vector<std::uint32_t> sortedItems(const Bins& bins)
{
    std::vector<std::uint32_t> items;
    for (const auto& bin : bins)
        items.insert(items.end(), bin.begin(), bin.end());
    std::sort(items.begin(), items.end());
    return items;
}

std::vector<std::uint32_t> firstNumbers(std::size_t count)
{
    std::vector<std::uint32_t> numbers(count);
    std::iota(numbers.begin(), numbers.end(), 0u);
    return numbers;
}

// The definition, looking at every bin for every item.
Bins slowBestFit(const Lengths& lengths, std::uint64_t capacity)
{
    std::vector<std::uint32_t> order = firstNumbers(lengths.size());
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return lengths[a] > lengths[b]; });
    Bins bins;
    for (const std::uint32_t item : order) {
        std::vector<std::uint32_t>* best = nullptr;
        for (auto& bin : bins)
            if (filled(lengths, bin) + lengths[item] <= capacity &&
                (!best || filled(lengths, bin) > filled(lengths, *best)))
                best = &bin;
        if (!best)
            best = &bins.emplace_back();
        best->push_back(item);
    }
    return bins;
}

// Lengths as texts have them: log-normal, most of them short, cut at `longest`.
Lengths randomLengths(std::size_t count, std::uint64_t longest, std::uint32_t seed)
{
    std::mt19937 random(seed);
    std::normal_distribution<double> normal(4.5, 0.75);
    Lengths lengths(count);
    for (std::uint64_t& length : lengths)
        length = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(std::exp(normal(random))), 2, longest);
    return lengths;
}

std::vector<TokenRow> rowsOf(const Lengths& lengths)
{
    std::vector<TokenRow> rows(lengths.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i].ids.resize(lengths[i]);
    return rows;
}

} // namespace

class TestPacking : public QObject {
    Q_OBJECT
private slots:
    void isBestFitDecreasing();
    void packsByHand();
    void longItemsStandAlone();
    void usesFewBins();
    void neverMoreBinsThanPaddedBatches();
    void groupsByLengthWithoutPacking();
    void choosesRows();
};

void TestPacking::isBestFitDecreasing()
{
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
        const Lengths lengths = randomLengths(5 + 11 * seed, 300, seed);
        const Bins bins = packBestFit(lengths, 512);
        QCOMPARE(bins, slowBestFit(lengths, 512));
        QCOMPARE(sortedItems(bins), firstNumbers(lengths.size()));
        for (const auto& bin : bins)
            QVERIFY(filled(lengths, bin) <= 512);
    }
}

void TestPacking::packsByHand()
{
    QVERIFY(packBestFit({}, 10).empty());
    // 7 opens a bin, 6 another; 4 fits beside 6 only, 3 beside 7 (full), 2 opens a third.
    const Lengths lengths{2, 3, 4, 6, 7};
    QCOMPARE(packBestFit(lengths, 10), (Bins{{4, 1}, {3, 2}, {0}}));
    // Of like length: in their order.
    QCOMPARE(packBestFit(Lengths{5, 5, 5, 5}, 10), (Bins{{0, 1}, {2, 3}}));
}

void TestPacking::longItemsStandAlone()
{
    QCOMPARE(packBestFit(Lengths{4, 20, 11, 6}, 10), (Bins{{1}, {2}, {3, 0}}));
    QCOMPARE(packBestFit(Lengths{10, 10}, 10), (Bins{{0}, {1}}));
}

// Best-fit decreasing needs at most 11/9 · OPT + 4 bins (Johnson 1974), and OPT is at least Σ / capacity;
// with many short items it comes close to that bound.
void TestPacking::usesFewBins()
{
    for (const std::uint64_t capacity : {512u, 1024u, 2048u}) {
        const Lengths lengths = randomLengths(4000, 512, 7);
        const double sum = static_cast<double>(std::accumulate(lengths.begin(), lengths.end(), 0ull));
        const double least = std::ceil(sum / static_cast<double>(capacity));
        const auto bins = static_cast<double>(packBestFit(lengths, capacity).size());
        QVERIFY2(bins <= 1.01 * least + 1, qPrintable(QString("%1 of %2").arg(bins).arg(least)));
    }
    std::mt19937 random(3);
    Lengths even(3000);
    for (std::uint64_t& length : even)
        length = 1 + random() % 1000;
    const double least =
        std::ceil(static_cast<double>(std::accumulate(even.begin(), even.end(), 0ull)) / 1000);
    QVERIFY(static_cast<double>(packBestFit(even, 1000).size()) <= 11.0 / 9 * least + 4);
}

void TestPacking::neverMoreBinsThanPaddedBatches()
{
    for (std::uint32_t seed = 0; seed < 50; ++seed) {
        std::mt19937 random(seed);
        const std::size_t batchSize = 1 + random() % 6;
        const std::size_t steps = 1 + random() % 6;
        const std::uint64_t longest = 2 + random() % 90;
        Lengths lengths(batchSize * steps);
        for (std::uint64_t& length : lengths) // mostly long: the worst for packing
            length = longest - std::min<std::uint64_t>(longest - 1, random() % (1 + longest / 3));
        lengths.back() = longest;
        const auto rows = rowsOf(lengths);
        const MicroBatchShape shape = microBatchShape(rows, batchSize, true);
        QCOMPARE(shape.capacity, batchSize * longest);
        const Bins bins = microBatches(rows, firstNumbers(rows.size()), shape);
        QVERIFY(bins.size() <= steps);
        QCOMPARE(sortedItems(bins), firstNumbers(rows.size()));
        for (std::size_t i = 0; i < bins.size(); ++i) {
            QVERIFY(filled(lengths, bins[i]) <= shape.capacity);
            QVERIFY(i == 0 || filled(lengths, bins[i]) <= filled(lengths, bins[i - 1]));
        }
    }
}

void TestPacking::groupsByLengthWithoutPacking()
{
    const auto rows = rowsOf({3, 9, 4, 9, 2});
    const MicroBatchShape shape = microBatchShape(rows, 2, false);
    QCOMPARE(shape.capacity, std::uint64_t(0));
    QCOMPARE(microBatches(rows, firstNumbers(5), shape), (Bins{{1, 3}, {2, 0}, {4}}));
}

void TestPacking::choosesRows()
{
    const auto rows = rowsOf({3, 9, 4, 9, 2});
    const std::vector<std::uint32_t> chosen{4, 2, 1};
    QCOMPARE(microBatches(rows, chosen, {1, 9}), (Bins{{1}, {2, 4}}));
    QCOMPARE(microBatches(rows, chosen, {2, 0}), (Bins{{1, 2}, {4}}));
}

QTEST_GUILESS_MAIN(TestPacking)
#include "test_packing.moc"
