// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// One run's state machine against an engine that behaves and one that does not. The state shown follows the
// run's folder, whatever was clicked.
#include "app/run/compare_job.h"
#include "app/run/run_session.h"
#include "tests/app/app_fixture.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

using namespace lens;
using namespace lens::test;

namespace {

constexpr int kLongMs = 20000;

RunState stateOf(const RunSession& session)
{
    return session.status().state;
}

} // namespace

class TestRunSession : public QObject {
    Q_OBJECT

private slots:
    void startsAndFinishes();
    void obeysCommands();
    void outlivesItsWindow();
    void deadMidLineIsInterrupted();
    void killIsInterruptedAndResumable();
    void ignoredStopStaysTraining();
    void floodFillsTheFileOnly();
    void newerVersionIsReadAsFarAsKnown();
    void failureSaysWhy();
    void refusalIsTold();
    void missingEngineIsTold();
    void engineThatNeverBeginsIsTold();
    void comparisonIsAnswered();
};

void TestRunSession::startsAndFinishes()
{
    const TestLibrary library;
    auto place = library.workplace(fakeEngine());
    setFake("normal", 60, 2);
    const QString run = library.addRun(plainConfig("plain"));
    const EngineGuard guard(run);
    RunSession session(run, place->supervisor, place->files);
    QTRY_VERIFY(session.known());
    QCOMPARE(stateOf(session), RunState::Queued);
    QSignalSpy samples(&session, &RunSession::samplesArrived);
    session.start();
    QVERIFY(session.starting());
    QCOMPARE(stateOf(session), RunState::Queued); // a click is no state
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(session), RunState::Finished, kLongMs);
    QTRY_VERIFY(!session.starting());
    QCOMPARE(session.status().totalSteps, std::uint64_t{60});
    QCOMPARE(*session.status().lastCheckpoint, std::uint64_t{60});
    QVERIFY(samples.count() >= 1);
    QTRY_VERIFY(session.description().record.has_value());
    QCOMPARE(session.description().record->data.trainRows, std::uint64_t{12480});
}

void TestRunSession::obeysCommands()
{
    const TestLibrary library;
    auto place = library.workplace(fakeEngine());
    setFake("normal", 100000, 5);
    const QString run = library.addRun(plainConfig("plain"));
    const EngineGuard guard(run);
    RunSession session(run, place->supervisor, place->files);
    QTRY_VERIFY(session.known());
    session.start();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(session), RunState::Training, kLongMs);
    QSignalSpy answered(&session, &RunSession::commandAnswered);
    session.pause();
    session.pause(); // not sent twice
    QVERIFY(session.waitingFor(Verb::Pause));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(session), RunState::Paused, kLongMs);
    QTRY_COMPARE(answered.count(), 1);
    QVERIFY(!session.waitingFor(Verb::Pause));
    session.checkpointNow();
    QTRY_VERIFY_WITH_TIMEOUT(session.status().lastCheckpoint.has_value(), kLongMs);
    session.unpause();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(session), RunState::Training, kLongMs);
    session.stopAndSave();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(session), RunState::Stopped, kLongMs);
    for (const auto& signal : answered)
        QCOMPARE(signal.at(1).toString(), QStringLiteral("done"));
}

void TestRunSession::outlivesItsWindow()
{
    const TestLibrary library;
    setFake("normal", 100000, 5);
    const QString run = library.addRun(plainConfig("plain"));
    const EngineGuard guard(run);
    std::uint64_t firstSegment = 0;
    {
        auto place = library.workplace(fakeEngine());
        RunSession session(run, place->supervisor, place->files);
        session.start();
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(session), RunState::Training, kLongMs);
        firstSegment = session.status().segment;
    }
    auto place = library.workplace(fakeEngine());
    RunSession again(run, place->supervisor, place->files);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(again), RunState::Training, kLongMs);
    QCOMPARE(again.status().segment, firstSegment);
    again.stopAndSave();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(again), RunState::Stopped, kLongMs);
}

void TestRunSession::deadMidLineIsInterrupted()
{
    const TestLibrary library;
    const QString run = library.addEndedRun("torn", "die_mid_line");
    auto place = library.workplace(fakeEngine());
    RunSession session(run, place->supervisor, place->files);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(session), RunState::Interrupted, kLongMs);
    QVERIFY(!session.status().lastCheckpoint);
    // It can be gone on with, over the torn line.
    setFake("normal", 60, 1);
    session.resumeFromCheckpoint();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(session), RunState::Finished, kLongMs);
    QCOMPARE(session.status().segment, std::uint64_t{2});
}

void TestRunSession::killIsInterruptedAndResumable()
{
    const TestLibrary library;
    auto place = library.workplace(fakeEngine());
    setFake("normal", 100000, 2);
    const QString run = library.addRun(plainConfig("plain"));
    const EngineGuard guard(run);
    RunSession session(run, place->supervisor, place->files);
    session.start();
    QTRY_VERIFY_WITH_TIMEOUT(session.status().lastCheckpoint.has_value(), kLongMs);
    const std::uint64_t kept = *session.status().lastCheckpoint;
    session.killEngine();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(session), RunState::Interrupted, kLongMs);
    QVERIFY(*session.status().lastCheckpoint >= kept);
    session.resumeFromCheckpoint();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(session), RunState::Training, kLongMs);
    QCOMPARE(session.status().segment, std::uint64_t{2});
    session.stopAndSave();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(session), RunState::Stopped, kLongMs);
}

void TestRunSession::ignoredStopStaysTraining()
{
    const TestLibrary library;
    auto place = library.workplace(fakeEngine());
    setFake("ignore_stop", 100000, 5);
    const QString run = library.addRun(plainConfig("deaf"));
    const EngineGuard guard(run);
    RunSession session(run, place->supervisor, place->files);
    session.start();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(session), RunState::Training, kLongMs);
    session.stopAndSave();
    QTest::qWait(1000);
    QVERIFY(isLive(stateOf(session)));
    QVERIFY(stateOf(session) != RunState::Stopping);
    QVERIFY(session.waitingFor(Verb::Stop));
    session.killEngine();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(session), RunState::Interrupted, kLongMs);
    QVERIFY(!session.waitingFor(Verb::Stop));
}

void TestRunSession::floodFillsTheFileOnly()
{
    const TestLibrary library;
    auto place = library.workplace(fakeEngine());
    setFake("flood", 40, 1);
    const QString run = library.addRun(plainConfig("loud"));
    const EngineGuard guard(run);
    RunSession session(run, place->supervisor, place->files);
    session.start();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(session), RunState::Finished, kLongMs);
    QVERIFY(QFileInfo(run + QStringLiteral("/engine.log")).size() > 1000000);
}

void TestRunSession::newerVersionIsReadAsFarAsKnown()
{
    const TestLibrary library;
    const QString run = library.addEndedRun("tomorrow", "newer", 60);
    auto place = library.workplace(fakeEngine());
    RunSession session(run, place->supervisor, place->files);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(session), RunState::Finished, kLongMs);
    QCOMPARE(session.status().step, std::uint64_t{60});
}

void TestRunSession::failureSaysWhy()
{
    const TestLibrary library;
    const QString run = library.addEndedRun("broken", "fail");
    auto place = library.workplace(fakeEngine());
    RunSession session(run, place->supervisor, place->files);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(session), RunState::Failed, kLongMs);
    QCOMPARE(QString::fromStdString(session.status().reason), QStringLiteral("the loss is not finite"));
    QTRY_VERIFY(session.logTail().contains(QStringLiteral("loss is not finite")));
}

void TestRunSession::refusalIsTold()
{
    const TestLibrary library;
    auto place = library.workplace(fakeEngine());
    setFake("refuse", 100000, 5);
    const QString run = library.addRun(plainConfig("full"));
    const EngineGuard guard(run);
    RunSession session(run, place->supervisor, place->files);
    session.start();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(session), RunState::Training, kLongMs);
    QSignalSpy answered(&session, &RunSession::commandAnswered);
    session.checkpointNow();
    QTRY_COMPARE_WITH_TIMEOUT(answered.count(), 1, kLongMs);
    QCOMPARE(answered.first().at(1).toString(), QStringLiteral("refused"));
    QVERIFY(answered.first().at(2).toString().contains(QStringLiteral("no space")));
}

void TestRunSession::missingEngineIsTold()
{
    const TestLibrary library;
    auto place = library.workplace(QStringLiteral("/nowhere/training-lens-engine"));
    const QString run = library.addRun(plainConfig("plain"));
    RunSession session(run, place->supervisor, place->files);
    QSignalSpy failed(&session, &RunSession::startFailed);
    session.start();
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(!session.starting());
}

void TestRunSession::engineThatNeverBeginsIsTold()
{
    const TestLibrary library;
    auto place = library.workplace(QStringLiteral("/bin/false"));
    const QString run = library.addRun(plainConfig("plain"));
    RunSession session(run, place->supervisor, place->files);
    QSignalSpy failed(&session, &RunSession::startFailed);
    session.start();
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kLongMs);
    QVERIFY(!session.starting());
    QCOMPARE(stateOf(session), RunState::Queued);
}

void TestRunSession::comparisonIsAnswered()
{
    const TestLibrary library;
    const QString run = library.addRun(plainConfig("plain"));
    CompareJob job(fakeEngine());
    QSignalSpy answered(&job, &CompareJob::answered);
    job.start(run, QStringLiteral("Name three primary colours."), 8);
    QTRY_COMPARE_WITH_TIMEOUT(answered.count(), 1, kLongMs);
    QCOMPARE(answered.first().at(0).toString(), QStringLiteral("Colours are colours."));
    QCOMPARE(answered.first().at(1).toString(), QStringLiteral("Red, yellow and blue."));
    CompareJob broken(QStringLiteral("/bin/false"));
    QSignalSpy failed(&broken, &CompareJob::failed);
    broken.start(run, QStringLiteral("x"), 8);
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kLongMs);
    CompareJob missing(QStringLiteral("/nowhere/engine"));
    QSignalSpy absent(&missing, &CompareJob::failed);
    missing.start(run, QStringLiteral("x"), 8);
    QTRY_COMPARE_WITH_TIMEOUT(absent.count(), 1, kLongMs);
}

QTEST_MAIN(TestRunSession)
#include "test_run_session.moc"
