// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The verbs against every state of a run: a table, so that nothing is enabled by accident.
#include "app/window/actions.h"
#include "app/window/zone_rules.h"

#include <QSet>
#include <QTest>

using namespace lens;

namespace {

ActionContext inState(RunState state)
{
    ActionContext context;
    context.hasRun = true;
    context.state = state;
    context.lastCheckpoint = 600;
    return context;
}

} // namespace

class TestActions : public QObject {
    Q_OBJECT

private slots:
    void verbsByState_data();
    void verbsByState();
    void nothingWithoutRun();
    void nothingWhileStarting();
    void sentCommandsAreNotSentAgain();
    void withoutEngineNothingStarts();
    void tipsSayWhatIsKept();
    void tableIsComplete();
    void zonesFoldInOrder();
};

// One letter a verb: S start, R resume, P pause/resume, C checkpoint, T stop, K kill, D delete.
void TestActions::verbsByState_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("enabled");
    QTest::addColumn<int>("primary"); // -1: none
    const auto row = [](const char* name, RunState state, const char* enabled,
                        std::optional<ActionId> primary) {
        QTest::newRow(name) << static_cast<int>(state) << QString::fromLatin1(enabled)
                            << (primary ? static_cast<int>(*primary) : -1);
    };
    row("queued", RunState::Queued, "SD", ActionId::Start);
    row("preparing", RunState::Preparing, "K", ActionId::StopAndSave);
    row("training", RunState::Training, "PCTK", ActionId::StopAndSave);
    row("evaluating", RunState::Evaluating, "PCTK", ActionId::StopAndSave);
    row("saving", RunState::Saving, "PCTK", ActionId::StopAndSave);
    row("paused", RunState::Paused, "PCTK", ActionId::StopAndSave);
    row("stopping", RunState::Stopping, "K", ActionId::StopAndSave);
    row("finished", RunState::Finished, "D", std::nullopt);
    row("stopped", RunState::Stopped, "RD", ActionId::ResumeRun);
    row("failed", RunState::Failed, "RD", ActionId::ResumeRun);
    row("interrupted", RunState::Interrupted, "RD", ActionId::ResumeRun);
}

void TestActions::verbsByState()
{
    QFETCH(int, state);
    QFETCH(QString, enabled);
    QFETCH(int, primary);
    const ActionContext context = inState(static_cast<RunState>(state));
    QString found;
    const std::pair<ActionId, char> verbs[] = {{ActionId::Start, 'S'},         {ActionId::ResumeRun, 'R'},
                                               {ActionId::PauseOrResume, 'P'}, {ActionId::CheckpointNow, 'C'},
                                               {ActionId::StopAndSave, 'T'},   {ActionId::Kill, 'K'},
                                               {ActionId::Delete, 'D'}};
    for (const auto& [id, letter] : verbs) {
        const ActionAnswer answer = answerFor(id, context);
        QVERIFY2(!answer.tip.isEmpty(), "a verb always says what it keeps or why it is disabled");
        if (answer.enabled)
            found += QLatin1Char(letter);
    }
    QCOMPARE(found, enabled);
    const auto filled = primaryVerb(context);
    QCOMPARE(filled ? static_cast<int>(*filled) : -1, primary);
}

void TestActions::nothingWithoutRun()
{
    for (const ActionId id :
         {ActionId::Start, ActionId::ResumeRun, ActionId::PauseOrResume, ActionId::CheckpointNow,
          ActionId::StopAndSave, ActionId::Kill, ActionId::Delete, ActionId::CopyAsNew})
        QVERIFY(!answerFor(id, {}).enabled);
    QVERIFY(answerFor(ActionId::NewRun, {}).enabled);
    QVERIFY(!primaryVerb({}));
}

void TestActions::nothingWhileStarting()
{
    for (const RunState state : {RunState::Queued, RunState::Interrupted, RunState::Stopped}) {
        ActionContext context = inState(state);
        context.starting = true;
        for (const ActionId id :
             {ActionId::Start, ActionId::ResumeRun, ActionId::PauseOrResume, ActionId::Delete})
            QVERIFY(!answerFor(id, context).enabled);
    }
}

void TestActions::sentCommandsAreNotSentAgain()
{
    ActionContext context = inState(RunState::Training);
    context.pauseSent = true;
    QVERIFY(!answerFor(ActionId::PauseOrResume, context).enabled);
    QVERIFY(answerFor(ActionId::StopAndSave, context).enabled);
    context.checkpointSent = true;
    QVERIFY(!answerFor(ActionId::CheckpointNow, context).enabled);
    context.stopSent = true;
    QVERIFY(!answerFor(ActionId::StopAndSave, context).enabled);
    QVERIFY(answerFor(ActionId::Kill, context).enabled);
}

void TestActions::withoutEngineNothingStarts()
{
    ActionContext context = inState(RunState::Queued);
    context.engineFound = false;
    QVERIFY(!answerFor(ActionId::Start, context).enabled);
    QVERIFY(answerFor(ActionId::Start, context).tip.contains(QStringLiteral("training-lens-engine")));
    context.state = RunState::Interrupted;
    QVERIFY(!answerFor(ActionId::ResumeRun, context).enabled);
}

void TestActions::tipsSayWhatIsKept()
{
    ActionContext context = inState(RunState::Interrupted);
    QVERIFY(answerFor(ActionId::ResumeRun, context).tip.contains(QStringLiteral("600")));
    context.lastCheckpoint.reset();
    QVERIFY(answerFor(ActionId::ResumeRun, context).tip.contains(QStringLiteral("step 0")));
    QVERIFY(keptAfterKill(context).contains(QStringLiteral("no checkpoint")));
    QVERIFY(keptAfterKill(inState(RunState::Training)).contains(QStringLiteral("600")));
    QCOMPARE(answerFor(ActionId::PauseOrResume, inState(RunState::Paused)).text, QStringLiteral("&Resume"));
    QCOMPARE(answerFor(ActionId::PauseOrResume, inState(RunState::Training)).text, QStringLiteral("&Pause"));
}

void TestActions::tableIsComplete()
{
    QSet<QString> names;
    QSet<QString> shortcuts;
    std::size_t place = 0;
    for (const ActionSpec& spec : actionTable()) {
        QCOMPARE(static_cast<std::size_t>(spec.id), place++);
        QVERIFY(!names.contains(QLatin1String(spec.name)));
        names.insert(QLatin1String(spec.name));
        const QString keys = QLatin1String(spec.shortcut);
        QVERIFY2(keys.isEmpty() || !shortcuts.contains(keys), spec.shortcut);
        shortcuts.insert(keys);
    }
    for (const char* keys : {"Ctrl+N", "Ctrl+O", "Ctrl+P", "Ctrl+S", "Ctrl+1", "Ctrl+F", "F1"})
        QVERIFY2(shortcuts.contains(QLatin1String(keys)), keys);
}

void TestActions::zonesFoldInOrder()
{
    QCOMPARE(zonesFor(1400, {true, true}), (ZonesShown{true, true}));
    QCOMPARE(zonesFor(1099, {true, true}), (ZonesShown{true, false}));
    QCOMPARE(zonesFor(1024, {true, true}), (ZonesShown{true, false}));
    QCOMPARE(zonesFor(800, {true, true}), (ZonesShown{false, false}));
    QCOMPARE(zonesFor(1400, {false, true}), (ZonesShown{false, true}));
}

QTEST_MAIN(TestActions)
#include "test_actions.moc"
