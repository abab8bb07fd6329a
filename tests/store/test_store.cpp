// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/error.h"
#include "core/base/file_lock.h"
#include "core/store/run_reader.h"
#include "core/store/run_writer.h"
#include "tests/store/made_rows.h"
#include "tests/store/writing_child.h"
#include "tests/support/test_paths.h"

#include <QElapsedTimer>
#include <QTest>

#include <cmath>
#include <random>

using namespace lens;
using namespace lens::test;

class TestStore : public QObject {
    Q_OBJECT

private slots:
    void rowsComeBackBitForBit()
    {
        const TemporaryFolder folder;
        RunWriter writer(folder.path() / "metrics", madeSegment(1, 1));
        appendMade(writer, 1, 1, 600);
        QVERIFY(writer.sync());
        writer.close();
        QVERIFY(!isFileLocked(folder.path() / "metrics/seg-0001.h5"));
        RunReader reader(folder.path());
        Delivered got;
        got.addAll(reader);
        QCOMPARE(reader.trouble(), std::string());
        QCOMPARE(got.fault(1, 1, 600), std::string());
        QCOMPARE(got.lastStep(1), 600u);
        QCOMPARE(got.starts.size(), 1u);
        QCOMPARE(reader.moduleNames(), madeSegment(1, 1).moduleNames);
    }

    void absentIsNotNan()
    {
        const TemporaryFolder folder;
        MetricsRow row;
        row.step = 1;
        row.set(Series::TrainLoss, NAN);
        RunWriter(folder.path() / "metrics", madeSegment(1, 1, 0)).append(row);
        RunReader reader(folder.path());
        Delivered got;
        got.addAll(reader);
        QCOMPARE(got.rows.size(), 1u);
        QVERIFY(std::isnan(got.rows[0].row.get(Series::TrainLoss).value()));
        QVERIFY(!got.rows[0].row.get(Series::EvalLoss).has_value());
    }

    void aRunIsFollowedFromAnotherProcess()
    {
        const TemporaryFolder folder;
        RunReader reader(folder.path());
        QVERIFY(reader.readNew().empty());
        WritingChild child({folder.path() / "metrics", 1, 1, 3000, 200, 50, 0});
        Delivered got;
        std::size_t batches = 0;
        QElapsedTimer timer;
        timer.start();
        while (got.lastStep(1) < 3000 && timer.elapsed() < 60000) {
            const MetricsBatch batch = reader.readNew();
            batches += batch.empty() ? 0 : 1;
            got.add(batch);
            QCOMPARE(reader.trouble(), std::string());
            QTest::qSleep(5);
        }
        QCOMPARE(child.wait(), 0);
        got.addAll(reader);
        QCOMPARE(got.fault(1, 1, 3000), std::string());
        QVERIFY(batches > 5);
    }

    void nothingFlushedIsLostByKill()
    {
        std::mt19937 random(7);
        std::uint64_t rows = 0;
        for (int round = 0; round < 40; ++round) {
            const TemporaryFolder folder;
            WritingChild child({folder.path() / "metrics", 1, 1, 1000000, round % 2 ? 0 : 100, 10, 0});
            QTest::qSleep(static_cast<int>(20 + random() % 120));
            child.kill();
            child.wait();
            RunReader reader(folder.path());
            Delivered got;
            got.addAll(reader);
            QCOMPARE(reader.trouble(), std::string());
            QCOMPARE(got.fault(1, 1, child.reportedStep()), std::string());
            rows += got.rows.size();
        }
        QVERIFY(rows > 1000);
    }

    void aRefusedWriteLosesNothing()
    {
        const TemporaryFolder folder;
        WritingChild child({folder.path() / "metrics", 1, 1, 4000, 0, 100, 600 * 1024});
        QCOMPARE(child.wait(), 0);
        RunReader reader(folder.path());
        Delivered got;
        got.addAll(reader);
        QCOMPARE(reader.trouble(), std::string());
        QCOMPARE(got.fault(1, 1, 4000), std::string());
        QCOMPARE(got.starts.size(), 1u);
    }
};

int main(int argc, char** argv)
{
    const int child = runAsChild(argc, argv);
    if (child >= 0)
        return child;
    TestStore test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_store.moc"
