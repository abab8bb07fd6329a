// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// States from journals written by hand, as an engine would have left them.
#include "core/base/file.h"
#include "core/base/process.h"
#include "core/run/run_status.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <cmath>
#include <optional>
#include <set>

using namespace lens;

namespace {

std::string line(const std::string& type, int segment, int step, const std::string& more = "")
{
    return "{\"t\": \"2026-11-22T17:00:" + std::to_string(10 + step % 50) + ".000Z\", \"type\": \"" + type +
           "\", \"segment\": " + std::to_string(segment) + ", \"step\": " + std::to_string(step) +
           (more.empty() ? "" : ", " + more) + "}\n";
}

std::string phase(const std::string& name, int step, int segment = 1)
{
    return line("phase", segment, step, "\"phase\": \"" + name + "\"");
}

// Of the process that also holds the lock, unless another is named.
std::string start(int segment = 1, const std::string& resumedFrom = "null", std::int64_t pid = ownPid())
{
    return line("start", segment, 0,
                "\"resumed_from\": " + resumedFrom +
                    ", \"total_steps\": 400, \"pid\": " + std::to_string(pid));
}

class Run {
public:
    explicit Run(const std::string& journal, bool live)
    {
        writeFileAtomically(paths().launchConfig(), "{}");
        if (!journal.empty())
            writeFileAtomically(paths().events(), journal);
        if (live)
            m_lock.emplace(paths().lock());
    }
    RunPaths paths() const { return {m_folder.path()}; }
    RunStatus status() const { return readRunStatus(paths()); }
    void die() { m_lock.reset(); }

private:
    test::TemporaryFolder m_folder;
    std::optional<RunLock> m_lock;
};

} // namespace

class TestRunStatus : public QObject {
    Q_OBJECT

private slots:
    void aFolderWithAConfigurationIsQueued()
    {
        const Run run("", false);
        QVERIFY(run.status().state == RunState::Queued);
        QVERIFY(!run.status().holder);
    }

    // The lock is another process's than the one the journal tells of: it loads and has not said a word yet.
    void anEngineThatLoadsAgainIsPreparing()
    {
        const std::int64_t before = ownPid() + 1;
        const std::string dead = start(1, "null", before) + phase("training", 7);
        Run run(dead, true);
        QVERIFY(run.status().state == RunState::Preparing);
        run.die();
        QVERIFY(run.status().state == RunState::Interrupted);
        const std::string ended =
            dead + line("end", 1, 9, "\"state\": \"stopped\", \"reason\": \"\", \"seconds\": 1");
        QVERIFY(Run(ended, true).status().state == RunState::Preparing);
        QVERIFY(Run(ended, false).status().state == RunState::Stopped);
        QVERIFY(Run(dead + start(2, "7") + phase("training", 7, 2), true).status().state ==
                RunState::Training);
    }

    void anEngineBeforeItsFirstWordIsPreparing()
    {
        Run run("", true);
        QVERIFY(run.status().state == RunState::Preparing);
        run.die();
        QVERIFY(run.status().state == RunState::Interrupted);
    }

    void everyPhaseHasItsState_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("state");
        QTest::newRow("preparing") << "preparing" << int(RunState::Preparing);
        QTest::newRow("training") << "training" << int(RunState::Training);
        QTest::newRow("evaluating") << "evaluating" << int(RunState::Evaluating);
        QTest::newRow("saving") << "saving" << int(RunState::Saving);
        QTest::newRow("paused") << "paused" << int(RunState::Paused);
        QTest::newRow("stopping") << "stopping" << int(RunState::Stopping);
        QTest::newRow("consolidating") << "consolidating" << int(RunState::Saving);
        QTest::newRow("of a newer engine") << "levitating" << int(RunState::Preparing);
    }

    void everyPhaseHasItsState()
    {
        QFETCH(QString, name);
        QFETCH(int, state);
        Run run(start() + phase(name.toStdString(), 3), true);
        QCOMPARE(int(run.status().state), state);
        QVERIFY(isLive(run.status().state));
        QCOMPARE(run.status().step, std::uint64_t{3});
        QCOMPARE(run.status().totalSteps, std::uint64_t{400});
        run.die();
        QVERIFY(run.status().state == RunState::Interrupted);
        QVERIFY(!run.status().reason.empty());
    }

    void theLastWordStands_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<int>("state");
        QTest::newRow("finished") << "finished" << int(RunState::Finished);
        QTest::newRow("stopped") << "stopped" << int(RunState::Stopped);
        QTest::newRow("failed") << "failed" << int(RunState::Failed);
    }

    void theLastWordStands()
    {
        QFETCH(QString, word);
        QFETCH(int, state);
        const std::string end = line(
            "end", 1, 7, "\"state\": \"" + word.toStdString() + "\", \"reason\": \"why\", \"seconds\": 2");
        const Run run(start() + phase("training", 1) + end, false);
        QCOMPARE(int(run.status().state), state);
        QCOMPARE(run.status().reason, std::string("why"));
        QVERIFY(!isLive(run.status().state));
        // An engine that has said its last word and still closes its files changes nothing.
        const Run closing(start() + end + phase("consolidating", 7), true);
        QCOMPARE(int(closing.status().state), state);
    }

    void aRunMayFailBeforeItStarts()
    {
        const Run run(line("end", 1, 0, "\"state\": \"failed\", \"reason\": \"no such model\""), false);
        QVERIFY(run.status().state == RunState::Failed);
        QCOMPARE(run.status().reason, std::string("no such model"));
    }

    void aPauseTellsItsReason()
    {
        const Run run(start() + line("phase", 1, 9, "\"phase\": \"paused\", \"reason\": \"disk full\""),
                      true);
        QCOMPARE(run.status().reason, std::string("disk full"));
    }

    void aTornLastLineIsNotRead()
    {
        const std::string whole = start() + phase("training", 4);
        const std::string torn = line("end", 1, 9, "\"state\": \"finished\"");
        for (std::size_t bytes = 0; bytes < torn.size(); ++bytes) {
            const Run run(whole + torn.substr(0, bytes), false);
            QVERIFY(run.status().state == RunState::Interrupted);
            QCOMPARE(run.status().step, std::uint64_t{4});
        }
    }

    void rubbishBetweenTheLinesIsSkipped()
    {
        const Run run(start() + "\x01\x02 rubbish\n[1, 2]\n{\"type\": \"end\"}\n" + phase("training", 4),
                      true);
        QVERIFY(run.status().state == RunState::Training);
    }

    void evaluationsAndCheckpointsAreKeptInMind()
    {
        const Run run(
            start() + line("evaluation", 1, 0, "\"loss\": 3.0") +
                line("evaluation", 1, 100, "\"loss\": 2.0") + line("checkpoint", 1, 100, "\"path\": \"x\"") +
                line("evaluation", 1, 200, "\"loss\": 2.5") + line("checkpoint", 1, 200, "\"path\": \"y\"") +
                line("evaluation", 1, 300, "\"loss\": \"NaN\"") +
                line("checkpoint_removed", 1, 100, "\"path\": \"x\""),
            true);
        const RunStatus status = run.status();
        QCOMPARE(status.bestEvalLoss.value(), 2.0);
        QCOMPARE(status.bestStep.value(), std::uint64_t{100});
        QVERIFY(std::isnan(status.lastEvalLoss.value()));
        QCOMPARE(status.lastCheckpoint.value(), std::uint64_t{200});
        QCOMPARE(status.step, std::uint64_t{300});
        QCOMPARE(status.startedAt, std::string("2026-11-22T17:00:10.000Z"));
    }

    void aResumedRunGoesOnFromItsCheckpoint()
    {
        const std::string first = start() + line("evaluation", 1, 0, "\"loss\": 3.0") +
                                  line("checkpoint", 1, 100) + line("evaluation", 1, 150, "\"loss\": 1.0") +
                                  line("checkpoint", 1, 200) + phase("training", 230);
        const std::string second = line("start", 2, 100, "\"resumed_from\": 100, \"total_steps\": 500");
        Run run(first + second, true);
        const RunStatus status = run.status();
        QVERIFY(status.state == RunState::Preparing);
        QCOMPARE(status.segment, std::uint64_t{2});
        QCOMPARE(status.step, std::uint64_t{100});
        QCOMPARE(status.totalSteps, std::uint64_t{500});
        QCOMPARE(status.lastCheckpoint.value(), std::uint64_t{100});
        QCOMPARE(status.bestEvalLoss.value(), 3.0); // that of step 150 is no part of what goes on
        run.die();
        QVERIFY(run.status().state == RunState::Interrupted);

        const Run ended(first + line("end", 1, 230, "\"state\": \"stopped\", \"reason\": \"user\"") + second +
                            phase("training", 101, 2),
                        true);
        QVERIFY(ended.status().state == RunState::Training);
        QVERIFY(ended.status().reason.empty());
    }

    void everyStateHasItsOwnWord()
    {
        std::set<std::string_view> names;
        for (int i = int(RunState::Queued); i <= int(RunState::Interrupted); ++i)
            names.insert(stateName(static_cast<RunState>(i)));
        QCOMPARE(names.size(), std::size_t{11});
        QCOMPARE(std::string(stateName(RunState::Interrupted)), std::string("interrupted"));
        QVERIFY(!isLive(RunState::Queued) && !isLive(RunState::Finished) && isLive(RunState::Paused));
    }
};

QTEST_GUILESS_MAIN(TestRunStatus)
#include "test_run_status.moc"
