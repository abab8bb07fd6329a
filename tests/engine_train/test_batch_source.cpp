// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Windows of rows: every row once an epoch, the smaller last window, positions to resume from, padding.
#include "core/base/error.h"
#include "core/engine/train/batch_source.h"
#include "core/engine/train/batch_survey.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <set>

using namespace lens;

namespace {

// Row i has i + 2 tokens, numbered from 100·i; all but the first two are trained.
std::vector<TokenRow> rowsOf(std::size_t count)
{
    std::vector<TokenRow> rows(count);
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t token = 0; token < i + 2; ++token) {
            rows[i].ids.push_back(static_cast<TokenId>(100 * i + token));
            rows[i].trained.push_back(token >= 2);
        }
    }
    return rows;
}

TrainingSettings settingsOf(int batchSize, int accumulation, bool packing = true)
{
    TrainingSettings settings;
    settings.batchSize = batchSize;
    settings.gradientAccumulationSteps = accumulation;
    settings.packing = packing;
    return settings;
}

std::vector<std::uint32_t> flat(const Window& window)
{
    std::vector<std::uint32_t> rows;
    for (const auto& batch : window.microBatches)
        rows.insert(rows.end(), batch.begin(), batch.end());
    return rows;
}

} // namespace

class TestBatchSource : public QObject {
    Q_OBJECT
private slots:
    void everyRowOnceAnEpoch_data();
    void everyRowOnceAnEpoch();
    void windowsAreTheSameRows();
    void packsOnlyWhereAsked();
    void fixedBatchesKeepFileOrder();
    void resumesAtEveryPosition();
    void countsTokens();
    void padsToTheLongest();
    void refusesAForeignPosition();
    void surveysWhatARunComputes();
};

void TestBatchSource::everyRowOnceAnEpoch_data()
{
    QTest::addColumn<bool>("packing");
    QTest::newRow("packed") << true;
    QTest::newRow("padded") << false;
}

void TestBatchSource::everyRowOnceAnEpoch()
{
    const std::vector<TokenRow> rows = rowsOf(11);
    QFETCH(bool, packing);
    BatchSource source(rows, 0, settingsOf(2, 2, packing), true);
    std::vector<std::vector<std::uint32_t>> epochs(2);
    for (auto& epoch : epochs) {
        // 11 rows: 6 micro-batches (the last of one row), 3 windows.
        const std::size_t sizes[] = {4, 4, 3};
        for (const std::size_t size : sizes) {
            const Window window = source.next();
            QVERIFY(window.microBatches.size() <= std::size_t(2));
            const auto indices = flat(window);
            QCOMPARE(indices.size(), size);
            epoch.insert(epoch.end(), indices.begin(), indices.end());
        }
        QCOMPARE(std::set<std::uint32_t>(epoch.begin(), epoch.end()).size(), rows.size());
    }
    QVERIFY(epochs[0] != epochs[1]);
    QCOMPARE(source.position(), (DataPosition{2, 0}));
    QCOMPARE(source.epochs(), 2.0);
}

// A window is the next rows of the epoch's order, whatever is computed together.
void TestBatchSource::windowsAreTheSameRows()
{
    const std::vector<TokenRow> rows = rowsOf(11);
    BatchSource packed(rows, 0, settingsOf(2, 3, true), true);
    BatchSource padded(rows, 0, settingsOf(2, 3, false), true);
    const std::vector<std::uint32_t> order = epochOrder(rows.size(), TrainingSettings().seed, 0, true);
    for (const std::size_t first : {std::size_t(0), std::size_t(6)}) {
        std::vector<std::uint32_t> expected(
            order.begin() + static_cast<std::ptrdiff_t>(first),
            order.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(11, first + 6)));
        std::sort(expected.begin(), expected.end());
        for (BatchSource* source : {&packed, &padded}) {
            std::vector<std::uint32_t> chosen = flat(source->next());
            std::sort(chosen.begin(), chosen.end());
            QCOMPARE(chosen, expected);
        }
        QCOMPARE(packed.position(), padded.position());
    }
}

void TestBatchSource::packsOnlyWhereAsked()
{
    const std::vector<TokenRow> rows = rowsOf(6); // 2, 3, 4, 5, 6, 7 tokens
    BatchSource packed(rows, 0, settingsOf(2, 3, true), false);
    QCOMPARE(packed.next().microBatches, (Bins{{3, 2, 1, 0}, {5, 4}})); // 14 and 13 of 14 tokens
    BatchSource padded(rows, 0, settingsOf(2, 3, false), false);
    QCOMPARE(padded.next().microBatches, (Bins{{5, 4}, {3, 2}, {1, 0}}));
}

void TestBatchSource::fixedBatchesKeepFileOrder()
{
    const std::vector<TokenRow> rows = rowsOf(6);
    BatchSource source(rows, 2, settingsOf(99, 2), true);
    QCOMPARE(source.rowsPerBatch(), std::size_t(2));
    QCOMPARE(source.next().microBatches, (Bins{{0, 1}, {2, 3}}));
    const Window last = source.next(); // what is left of the epoch
    QCOMPARE(last.microBatches.size(), std::size_t(1));
    QCOMPARE(flat(last), (std::vector<std::uint32_t>{4, 5}));
    QCOMPARE(flat(source.next()), (std::vector<std::uint32_t>{0, 1, 2, 3}));
}

void TestBatchSource::resumesAtEveryPosition()
{
    const std::vector<TokenRow> rows = rowsOf(11);
    for (int cut = 0; cut < 8; ++cut) {
        BatchSource whole(rows, 0, settingsOf(2, 2), true);
        for (int step = 0; step < cut; ++step)
            whole.next();
        BatchSource resumed(rows, 0, settingsOf(2, 2), true);
        resumed.seek(whole.position());
        for (int step = 0; step < 5; ++step)
            QCOMPARE(flat(resumed.next()), flat(whole.next()));
    }
}

void TestBatchSource::countsTokens()
{
    const std::vector<TokenRow> rows = rowsOf(3); // 2, 3, 4 tokens; 0, 1, 2 trained
    BatchSource source(rows, 0, settingsOf(2, 2), true);
    const Window window = source.next();
    QCOMPARE(window.tokens, std::int64_t(9));
    QCOMPARE(window.trainedTokens, std::int64_t(3));
}

void TestBatchSource::padsToTheLongest()
{
    const std::vector<TokenRow> rows = rowsOf(3);
    const std::vector<std::uint32_t> indices{2, 0};
    const Batch batch = makeBatch(rows, indices, at::kCPU);
    QCOMPARE(batch.ids.sizes().vec(), (std::vector<std::int64_t>{2, 4}));
    const std::int64_t ids[] = {200, 201, 202, 203, 0, 1, 0, 0};
    const std::int64_t labels[] = {-100, -100, 202, 203, -100, -100, -100, -100};
    QVERIFY(std::equal(ids, ids + 8, batch.ids.data_ptr<std::int64_t>()));
    QVERIFY(std::equal(labels, labels + 8, batch.labels.data_ptr<std::int64_t>()));
    QCOMPARE(batch.lengths, (std::vector<std::int64_t>{4, 2}));
    QCOMPARE(batch.tokens, std::int64_t(6));
    QCOMPARE(batch.trainedTokens, std::int64_t(2));
}

void TestBatchSource::refusesAForeignPosition()
{
    const std::vector<TokenRow> rows = rowsOf(3);
    BatchSource source(rows, 0, settingsOf(2, 2), true);
    QVERIFY_EXCEPTION_THROWN(source.seek({0, 3}), Error);
}

void TestBatchSource::surveysWhatARunComputes()
{
    const std::vector<TokenRow> rows = rowsOf(6); // 2, 3, 4, 5, 6, 7 tokens
    const BatchSource source(rows, 0, settingsOf(2, 1, true), false);
    const BatchSurvey first = surveyBatches(source, rows, 1); // 2 + 3
    QCOMPARE(first.largest, (std::vector<std::uint32_t>{1, 0}));
    QCOMPARE(first.tokens, std::uint64_t(5));
    const BatchSurvey all = surveyBatches(source, rows, 4); // and 4 + 5, 6 + 7, 2 + 3 again
    QCOMPARE(all.largest, (std::vector<std::uint32_t>{5, 4}));
    QCOMPARE(all.tokens, std::uint64_t(13));
    QCOMPARE(all.trainedTokens, std::uint64_t(9));
    QCOMPARE(all.longestRow, std::uint64_t(7));
    QCOMPARE(all.windows, std::uint64_t(4));
    QCOMPARE(all.tokensPerWindow, (5 + 9 + 13 + 5) / 4.0);
}

QTEST_GUILESS_MAIN(TestBatchSource)
#include "test_batch_source.moc"
