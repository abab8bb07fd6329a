// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/file_lock.h"
#include "core/store/run_reader.h"
#include "core/store/run_writer.h"
#include "tests/store/made_rows.h"
#include "tests/store/writing_child.h"
#include "tests/support/test_paths.h"

#include <QElapsedTimer>
#include <QScopeGuard>
#include <QTest>

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <random>
#include <thread>
#include <unistd.h>

using namespace lens;
using namespace lens::test;

namespace {

using Starts = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

void write(const TemporaryFolder& folder, std::uint64_t segment, std::uint64_t first, std::uint64_t last)
{
    RunWriter writer(folder.path() / "metrics", madeSegment(segment, first));
    appendMade(writer, segment, first, last);
    writer.close();
}

// Changes one byte in the stored row of that step.
void tear(const std::filesystem::path& path, std::uint64_t step)
{
    std::string bytes = readFile(path);
    const MetricsRow row = madeRow(1, step);
    const auto place =
        bytes.find(std::string(reinterpret_cast<const char*>(&row.seconds), sizeof row.seconds));
    QVERIFY(place != std::string::npos);
    bytes[place + 200] = static_cast<char>(bytes[place + 200] ^ 1);
    writeFileAtomically(path, bytes);
}

} // namespace

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
            // Half of them while they write, the others perhaps while they start.
            if (round % 4 < 2)
                QTRY_VERIFY_WITH_TIMEOUT(child.reportedStep() > 0, 30000);
            QTest::qSleep(static_cast<int>(random() % 100));
            child.kill();
            child.wait();
            RunReader reader(folder.path());
            Delivered got;
            got.addAll(reader);
            QCOMPARE(reader.trouble(), std::string());
            QCOMPARE(got.fault(1, 1, child.reportedStep()), std::string());
            rows += got.rows.size();
        }
        QVERIFY(rows >= 20 * 10);
    }

    void consolidatedRowsAreTheSame()
    {
        const TemporaryFolder folder;
        write(folder, 1, 1, 600);
        consolidateRun(folder.path());
        QVERIFY(std::filesystem::exists(folder.path() / "metrics.h5"));
        QVERIFY(!std::filesystem::exists(folder.path() / "metrics/seg-0001.h5"));
        RunReader reader(folder.path());
        Delivered got;
        got.addAll(reader);
        QCOMPARE(reader.trouble(), std::string());
        QCOMPARE(got.fault(1, 1, 600), std::string());
        QCOMPARE(got.rows.size(), 600u);
        QCOMPARE(reader.moduleNames(), madeSegment(1, 1).moduleNames);
        consolidateRun(folder.path()); // nothing to do
    }

    void aLaterStartIsMergedIntoTheConsolidatedFile()
    {
        const TemporaryFolder folder;
        write(folder, 1, 1, 100);
        consolidateRun(folder.path());
        write(folder, 2, 51, 80);
        RunReader early(folder.path());
        Delivered before;
        before.addAll(early);
        QCOMPARE(before.fault(1, 1, 100) + before.fault(2, 51, 80), std::string());
        write(folder, 3, 81, 120);
        consolidateRun(folder.path());
        QVERIFY(std::filesystem::is_empty(folder.path() / "metrics"));
        before.addAll(early);
        Delivered after;
        RunReader late(folder.path());
        after.addAll(late);
        for (const Delivered* got : {&before, &after}) {
            QCOMPARE(got->fault(1, 1, 100) + got->fault(2, 51, 80) + got->fault(3, 81, 120), std::string());
            QCOMPARE(got->rows.size(), 100u + 30u + 40u);
            QCOMPARE(got->starts, (Starts{{1, 1}, {2, 51}, {3, 81}}));
        }
    }

    void theReaderGoesOnWhileARunIsConsolidated()
    {
        const TemporaryFolder folder;
        write(folder, 1, 1, 3000);
        RunReader reader(folder.path());
        Delivered got;
        got.add(reader.readNew(1000)); // in the middle of the segment, its file open
        QCOMPARE(got.rows.size(), 1000u);
        consolidateRun(folder.path());
        got.add(reader.readNew(700));
        write(folder, 2, 2901, 3500);
        got.add(reader.readNew(700));
        consolidateRun(folder.path());
        got.addAll(reader);
        QCOMPARE(reader.trouble(), std::string());
        QCOMPARE(got.fault(1, 1, 3000) + got.fault(2, 2901, 3500), std::string());
        QCOMPARE(got.rows.size(), 3600u);
    }

    void aReaderInAnotherThreadSeesEveryRowOnce()
    {
        const TemporaryFolder folder;
        Delivered got;
        std::atomic<bool> ended = false;
        std::string trouble;
        std::thread follower([&] {
            RunReader reader(folder.path());
            while (!ended)
                got.add(reader.readNew(97));
            got.addAll(reader);
            trouble = reader.trouble();
        });
        const auto stop = qScopeGuard([&] {
            ended = true;
            if (follower.joinable())
                follower.join();
        });
        for (std::uint64_t segment = 1; segment <= 12; ++segment) {
            write(folder, segment, segment * 1000, segment * 1000 + 400);
            if (segment % 2 == 0)
                consolidateRun(folder.path());
        }
        ended = true;
        follower.join();
        QCOMPARE(trouble, std::string());
        for (std::uint64_t segment = 1; segment <= 12; ++segment)
            QCOMPARE(got.fault(segment, segment * 1000, segment * 1000 + 400), std::string());
        QCOMPARE(got.rows.size(), 12u * 401u);
    }

    // A reader that reads once until nothing comes misses nothing, whatever moment the consolidation has.
    void oneReadingDuringAConsolidationIsWhole()
    {
        const TemporaryFolder folder;
        std::atomic<bool> ended = false;
        std::string fault;
        int readings = 0;
        write(folder, 1, 1, 50);
        std::atomic<std::uint64_t> written = 1;
        std::thread other([&] {
            while (!ended && fault.empty()) {
                const std::uint64_t atLeast = written;
                RunReader reader(folder.path());
                Delivered got;
                got.addAll(reader);
                for (std::uint64_t segment = 1; segment <= atLeast; ++segment)
                    fault += got.fault(segment, 1, 50);
                ++readings;
            }
        });
        for (std::uint64_t segment = 2; segment <= 40; ++segment) {
            write(folder, segment, 1, 50);
            written = segment;
            if (segment % 3 == 0)
                consolidateRun(folder.path());
        }
        ended = true;
        other.join();
        QCOMPARE(fault, std::string());
        QVERIFY(readings > 5);
    }

    void whatIsWrittenIsNotConsolidated()
    {
        const TemporaryFolder folder;
        RunWriter writer(folder.path() / "metrics", madeSegment(1, 1));
        appendMade(writer, 1, 1, 100);
        QVERIFY(writer.sync());
        QVERIFY_EXCEPTION_THROWN(consolidateRun(folder.path()), Error);
        QVERIFY(std::filesystem::exists(folder.path() / "metrics/seg-0001.h5"));
        QVERIFY(!std::filesystem::exists(folder.path() / "metrics.h5"));
        writer.close();
        consolidateRun(folder.path());
        const FileLock lock(folder.path() / "maintenance.lock", "busy");
        write(folder, 2, 101, 102);
        QVERIFY_EXCEPTION_THROWN(consolidateRun(folder.path()), Error);
    }

    void anExistingSegmentIsNeverWrittenAgain()
    {
        const TemporaryFolder folder;
        write(folder, 1, 1, 10);
        QVERIFY_EXCEPTION_THROWN(RunWriter(folder.path() / "metrics", madeSegment(1, 1)), Error);
        RunReader reader(folder.path());
        Delivered got;
        got.addAll(reader);
        QCOMPARE(got.fault(1, 1, 10), std::string());
    }

    void otherModulesInALaterStartAreMerged()
    {
        const TemporaryFolder folder;
        write(folder, 1, 1, 20);
        SegmentInfo info = madeSegment(2, 21, 2);
        info.moduleNames = {"new", madeSegment(1, 1).moduleNames[3]};
        {
            RunWriter writer(folder.path() / "metrics", info);
            writer.append(madeModules(2, 30, 2));
        }
        for (int round = 0; round < 2; ++round) { // from the segments, then from the consolidated file
            RunReader reader(folder.path());
            Delivered got;
            got.addAll(reader);
            QCOMPARE(got.modules.size(), 3u);
            QCOMPARE(reader.moduleNames().size(), kMadeModules + 1);
            QCOMPARE(reader.moduleNames().back(), std::string("new"));
            const std::vector<float>& values = got.modules.back().row.values;
            const std::vector<float> made = madeModules(2, 30, 2).values;
            QCOMPARE(values.size(), (kMadeModules + 1) * kModuleFieldCount);
            for (std::size_t i = 0; i < kModuleFieldCount; ++i) {
                QVERIFY(std::isnan(values[i]));
                QCOMPARE(values[kMadeModules * kModuleFieldCount + i], made[i]);
                QCOMPARE(values[3 * kModuleFieldCount + i], made[kModuleFieldCount + i]);
            }
            consolidateRun(folder.path());
        }
    }

    void foreignFilesAreRefused()
    {
        const TemporaryFolder folder;
        std::filesystem::create_directories(folder.path() / "metrics");
        writeFileAtomically(folder.path() / "metrics/seg-0001.h5", "not HDF5 at all");
        writeFileAtomically(folder.path() / "metrics.h5", "nor this");
        RunReader reader(folder.path());
        QVERIFY(reader.readNew().empty());
        QVERIFY(!reader.trouble().empty());
        QVERIFY_EXCEPTION_THROWN(consolidateRun(folder.path()), Error);
        QCOMPARE(readFile(folder.path() / "metrics.h5"), std::string("nor this"));
    }

    void aDamagedSegmentStaysAsItIs()
    {
        const TemporaryFolder folder;
        write(folder, 1, 1, 100);
        const auto path = folder.path() / "metrics/seg-0001.h5";
        std::filesystem::resize_file(path, 3000);
        write(folder, 2, 101, 200);
        QVERIFY_EXCEPTION_THROWN(consolidateRun(folder.path()), Error);
        QCOMPARE(std::filesystem::file_size(path), std::uintmax_t{3000});
        RunReader reader(folder.path());
        Delivered got;
        got.addAll(reader);
        QCOMPARE(got.fault(2, 101, 200), std::string());
        QVERIFY(reader.trouble().find("seg-0001") != std::string::npos);
    }

    // Damage in the data of the last rows: what comes before is read, what comes after is not.
    void aTornTailEndsTheTable()
    {
        const TemporaryFolder folder;
        write(folder, 1, 1, 300);
        tear(folder.path() / "metrics/seg-0001.h5", 290);
        RunReader reader(folder.path());
        Delivered got;
        got.addAll(reader);
        QCOMPARE(got.fault(1, 1, 289), std::string());
        QCOMPARE(got.lastStep(1), 289u);
        consolidateRun(folder.path());
        RunReader later(folder.path());
        Delivered after;
        after.addAll(later);
        QCOMPARE(after.lastStep(1), 289u);
    }

    void theConsolidatedFileOpensInPython()
    {
        if (std::system("/usr/bin/python3 -c 'import h5py' 2>/dev/null") != 0)
            QSKIP("/usr/bin/python3 has no h5py");
        const TemporaryFolder folder;
        write(folder, 1, 1, 300);
        write(folder, 2, 201, 70300);
        consolidateRun(folder.path());
        const auto script = sourceFolder() / "tests/store/check_consolidated.py";
        const std::string command =
            "/usr/bin/python3 '" + script.string() + "' '" + (folder.path() / "metrics.h5").string() + "'";
        QCOMPARE(std::system(command.c_str()), 0);
    }

    void theConsolidatedFileOpensInH5dump()
    {
        if (std::system("h5dump --version >/dev/null 2>&1") != 0)
            QSKIP("there is no h5dump");
        const TemporaryFolder folder;
        write(folder, 1, 1, 50);
        consolidateRun(folder.path());
        const auto path = (folder.path() / "metrics.h5").string();
        QCOMPARE(std::system(("h5dump '" + path + "' >/dev/null").c_str()), 0);
        QCOMPARE(
            std::system(("h5dump -a /scalars/train_loss/unit '" + path + "' | grep -q nat/token").c_str()),
            0);
    }

    void killedRunsAreConsolidatedRight()
    {
        std::mt19937 random(11);
        const TemporaryFolder folder;
        Delivered got;
        RunReader follower(folder.path());
        std::vector<std::pair<std::uint64_t, std::uint64_t>> expected; // first and last step by segment
        std::uint64_t first = 1;
        for (std::uint64_t segment = 1; segment <= 10; ++segment) {
            WritingChild child({folder.path() / "metrics", segment, first, 1000000, 100, 10, 0});
            QElapsedTimer timer;
            timer.start();
            for (const auto wait = 60 + random() % 100; timer.elapsed() < static_cast<qint64>(wait);)
                got.add(follower.readNew());
            child.kill();
            child.wait();
            expected.emplace_back(first, child.reportedStep());
            first = std::max<std::uint64_t>(
                1, child.reportedStep() - std::min<std::uint64_t>(child.reportedStep(), random() % 30));
            if (random() % 2 == 0)
                consolidateRun(folder.path());
        }
        got.addAll(follower);
        consolidateRun(folder.path());
        Delivered after;
        RunReader reader(folder.path());
        after.addAll(reader);
        for (std::uint64_t segment = 1; segment <= 10; ++segment) {
            const auto& [from, to] = expected[segment - 1];
            QCOMPARE(got.fault(segment, from, to), std::string());
            QCOMPARE(after.fault(segment, from, to), std::string());
        }
        QCOMPARE(after.rows.size(), got.rows.size());
    }

    void aFullDiskLosesNothing()
    {
        const TemporaryFolder folder;
        const int outcome = runFullDiskStory(folder.path());
        if (outcome == 77)
            QSKIP("this system lets us mount no small file system");
        QCOMPARE(outcome, 0);
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
    // Without the leak checker of sanitizers: after a refused write HDF5's file is left to the system.
    if (child >= 0)
        ::_exit(child);
    TestStore test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_store.moc"
