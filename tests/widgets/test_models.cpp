// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/protocol/event.h"
#include "widgets/models/config_diff_model.h"
#include "widgets/models/event_list_model.h"
#include "widgets/models/event_text.h"
#include "widgets/models/finding_list_model.h"
#include "widgets/models/run_filter_proxy.h"
#include "widgets/models/run_list_model.h"
#include "widgets/models/sample_list_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace lens;

namespace {

RunRow run(const QString& id, RunState state = RunState::Training)
{
    RunRow row;
    row.id = id;
    row.name = "name-" + id;
    row.folder = "/runs/" + id;
    row.modelName = "SmolLM2-135M";
    row.state = state;
    row.step = 1740;
    row.totalSteps = 3000;
    return row;
}

QStringList names(const QAbstractItemModel& model)
{
    QStringList list;
    for (int i = 0; i < model.rowCount(); ++i) {
        list << model.index(i, 0).data().toString();
    }
    return list;
}

Event journalled(EventType type, std::uint64_t step, Json fields)
{
    Event made;
    made.type = type;
    made.step = step;
    made.time = "2026-11-22T17:08:00Z";
    made.fields = std::move(fields);
    return made;
}

} // namespace

class TestModels : public QObject {
    Q_OBJECT
private slots:
    void runsKeepTheirPlace()
    {
        RunListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        const QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);

        model.clear(); // of nothing announces nothing
        QCOMPARE(removed.count(), 0);
        model.apply({run("a"), run("b")});
        QCOMPARE(names(model), QStringList({"name-a", "name-b"}));
        model.apply({run("c")}); // insert first
        QCOMPARE(names(model), QStringList({"name-c", "name-a", "name-b"}));
        QCOMPARE(inserted.count(), 2);

        RunRow moved = run("b");
        moved.step = 1800;
        model.apply({moved, run("a")});
        QCOMPARE(names(model), QStringList({"name-c", "name-a", "name-b"}));
        QCOMPARE(changed.count(), 1); // "a" is as it was
        QCOMPARE(changed.first().first().toModelIndex().row(), 2);

        model.remove("b"); // the last
        QCOMPARE(names(model), QStringList({"name-c", "name-a"}));
        model.remove("unknown");
        QCOMPARE(removed.count(), 1);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(removed.count(), 2);
        QCOMPARE(removed.last().at(1).toInt(), 0);
        QCOMPARE(removed.last().at(2).toInt(), 1);
        QCOMPARE(reset.count(), 0);
    }

    void runCellsSayValueAndRaw()
    {
        RunListModel model;
        RunRow row = run("a");
        row.lastLoss = 1.1684;
        model.apply({row});
        const auto cell = [&model](RunListModel::Column column) {
            return model.index(0, static_cast<int>(column));
        };
        QCOMPARE(cell(RunListModel::Column::Progress).data().toString(), QStringLiteral("1,740 / 3,000"));
        QCOMPARE(cell(RunListModel::Column::Progress).data(RunListModel::SortRole).toDouble(), 0.58);
        QCOMPARE(cell(RunListModel::Column::Loss).data().toString(), QStringLiteral("1.168"));
        QCOMPARE(cell(RunListModel::Column::Loss).data(RunListModel::SortRole).toDouble(), 1.1684);
        QVERIFY(!cell(RunListModel::Column::BestEval).data(RunListModel::SortRole).isValid());
        QCOMPARE(cell(RunListModel::Column::BestEval).data().toString(), QString());
        for (int column = 0; column < model.columnCount(); ++column) {
            QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
        }
    }

    void summaryFitsTheState()
    {
        QCOMPARE(runSummary(run("a")), QStringLiteral("SmolLM2-135M · step 1,740 of 3,000"));
        RunRow row = run("a", RunState::Interrupted);
        row.step = 640;
        row.lastCheckpoint = 600;
        QCOMPARE(runSummary(row), QStringLiteral("SmolLM2-135M · interrupted at 640"));
        row = run("a", RunState::Failed);
        row.reason = "disk full";
        QCOMPARE(runSummary(row), QStringLiteral("SmolLM2-135M · failed at 1,740: disk full"));
        row = run("a", RunState::Finished);
        row.bestEvalLoss = 1.43;
        row.bestStep = 2400;
        QCOMPARE(runSummary(row), QStringLiteral("SmolLM2-135M · best 1.430 at 2,400"));
        row = run("a");
        row.totalSteps = 0;
        QCOMPARE(runSummary(row), QStringLiteral("SmolLM2-135M · step 1,740"));
        row.foreign = true;
        row.note = "foreign folder · 12 checkpoints";
        QCOMPARE(runSummary(row), QStringLiteral("foreign folder · 12 checkpoints"));
    }

    void filterFindsNameModelStateAndTag()
    {
        RunListModel model;
        RunFilterProxy proxy;
        proxy.setSourceModel(&model);
        const QAbstractItemModelTester tester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
        RunRow tagged = run("b", RunState::Failed);
        tagged.tags = {"night", "legal"};
        tagged.modelName = "Qwen2.5-0.5B";
        model.apply({run("a"), tagged});
        const auto filtered = [&proxy](const QString& words) {
            proxy.setFilter(words);
            return names(proxy);
        };
        QCOMPARE(filtered("").size(), 2);
        QCOMPARE(filtered("NAME-A"), QStringList({"name-a"}));
        QCOMPARE(filtered("qwen"), QStringList({"name-b"}));
        QCOMPARE(filtered("failed"), QStringList({"name-b"}));
        QCOMPARE(filtered("  night   qwen "), QStringList({"name-b"}));
        QCOMPARE(filtered("night smol"), QStringList());
        model.apply({run("c")});
        QCOMPARE(filtered("smol"), QStringList({"name-c", "name-a"}));
    }

    void eventsComeNewestFirst()
    {
        EventListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply({});
        model.apply({{EventKind::Evaluation, 0, "t0", "evaluation 2.470", false},
                     {EventKind::Checkpoint, 250, "t1", "checkpoint", false}});
        model.apply({{EventKind::Finding, 300, "t2", "loss spike", true}});
        QStringList texts;
        for (int i = 0; i < model.rowCount(); ++i) {
            texts << model.index(i, 1).data().toString();
        }
        QCOMPARE(texts, QStringList({"loss spike", "checkpoint", "evaluation 2.470"}));
        QCOMPARE(model.index(1, 0).data(EventListModel::StepRole).toULongLong(), 250ull);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void findingsComeNewestFirst()
    {
        FindingListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        FindingRow first;
        first.title = "Loss spike";
        FindingRow second;
        second.title = "Evaluation flattens";
        second.severity = FindingSeverity::Failure;
        model.apply({first, second});
        const int title = static_cast<int>(FindingListModel::Column::Title);
        QCOMPARE(model.index(0, title).data().toString(), second.title);
        QCOMPARE(model.index(0, 0).data(FindingListModel::SortRole).toInt(),
                 static_cast<int>(FindingSeverity::Failure));
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("Failure"));
    }

    void samplesKeepTheirOrder()
    {
        SampleListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply({{0, "Name three", "abc", ""}, {0, "Why", "x", "base"}});
        model.apply({{500, "Name three", "red", ""}});
        QCOMPARE(model.prompts(), QStringList({"Name three", "Why"}));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(2, 0).data().toString(), QStringLiteral("500"));
        QCOMPARE(model.index(1, 3).data().toString(), QStringLiteral("base"));
    }

    void settingsChangeInPlace()
    {
        ConfigDiffModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply({{"lora.r", "16", "8", true}, {"training.learning_rate", "2e-4", "2e-4", false}});
        model.apply({{"training.learning_rate", "1e-4", "2e-4", true}, {"training.seed", "42", "42", false}});
        QCOMPARE(names(model), QStringList({"lora.r", "training.learning_rate", "training.seed"}));
        QCOMPARE(model.index(1, 1).data().toString(), QStringLiteral("1e-4"));
        QVERIFY(model.index(1, 0).data(ConfigDiffModel::DiffersRole).toBool());
        QVERIFY(model.index(1, 1).data(Qt::FontRole).isValid());
        QVERIFY(!model.index(2, 1).data(Qt::FontRole).isValid());
    }

    void journalBecomesRows()
    {
        auto row =
            describedEvent(journalled(EventType::Evaluation, 1500, {{"loss", 1.4302}, {"best", true}}));
        QVERIFY(row);
        QCOMPARE(row->text, QStringLiteral("evaluation 1.430 (best)"));
        row = describedEvent(journalled(EventType::Evaluation, 0, {{"loss", 2.47}}));
        QCOMPARE(row->text, QStringLiteral("evaluation before training 2.470"));
        row = describedEvent(journalled(EventType::Start, 640, {{"resumed_from", 600u}}));
        QCOMPARE(row->text, QStringLiteral("resumed from step 600"));
        QVERIFY(row->kind == EventKind::Resume);
        row = describedEvent(journalled(EventType::Start, 0, {{"resumed_from", nullptr}}));
        QVERIFY(row->kind == EventKind::Start);
        row =
            describedEvent(journalled(EventType::Phase, 870, {{"phase", "paused"}, {"reason", "disk full"}}));
        QCOMPARE(row->text, QStringLiteral("paused: disk full"));
        QVERIFY(!describedEvent(journalled(EventType::Phase, 870, {{"phase", "training"}})));
        row = describedEvent(
            journalled(EventType::End, 900, {{"state", "failed"}, {"reason", "out of memory"}}));
        QCOMPARE(row->text, QStringLiteral("failed: out of memory"));
        QVERIFY(row->attention);
        row = describedEvent(journalled(EventType::Setting, 9,
                                        {{"key", "training.learning_rate"}, {"old", 0.1}, {"new", "x"}}));
        QCOMPARE(row->text, QStringLiteral("training.learning_rate changed from 0.1 to x"));
    }

    void fieldsOfAWrongTypeAreAbsent()
    {
        QVERIFY(!findingOf(journalled(EventType::Finding, 3, {{"title", 7}})));
        const auto finding = findingOf(journalled(EventType::Finding, 3,
                                                  {{"title", "Loss spike"},
                                                   {"severity", "attention"},
                                                   {"value", "high"},
                                                   {"threshold", 5.0},
                                                   {"first_step", -1}}));
        QVERIFY(finding);
        QVERIFY(finding->severity == FindingSeverity::Attention);
        QVERIFY(!finding->value);
        QCOMPARE(*finding->threshold, 5.0);
        QVERIFY(!finding->firstStep);
        QVERIFY(describedEvent(journalled(EventType::Evaluation, 3, {{"loss", "low"}, {"best", 1}})));
    }
};

QTEST_MAIN(TestModels)
#include "test_models.moc"
