// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// "N + M steps" equals "N steps, stop, resume, M steps", bit for bit on one thread: weights, optimizer,
// gradient, and every number of the steps after the cut. Dropout is on, cuts are in the middle of an epoch,
// at its end and at a leftover window.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/checkpoint/checkpoint_list.h"
#include "core/checkpoint/checkpoint_state.h"
#include "core/engine/train/run_parts.h"
#include "tests/engine_train/training_run.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

#include <chrono>
#include <cmath>
#include <csignal>
#include <thread>

#include <unistd.h>

using namespace lens;

namespace {

// 18 fixed batches to train on, 2 to evaluate on; 4 micro-batches a step: 5 steps an epoch, the last of 2.
RunConfig dropoutConfig()
{
    RunConfig config = test::goldenConfig(test::dataFolder() / "models/llama");
    config.adapter.startFrom.clear();
    config.adapter.r = 4;
    config.adapter.loraAlpha = 8;
    config.adapter.loraDropout = 0.1;
    config.data.evalSplit = 0.1;
    config.training.gradientAccumulationSteps = 4;
    config.training.epochs = 0;
    config.training.maxSteps = 12;
    config.evaluation.evalSteps = 4;
    config.checkpoints.saveSteps = 1;
    config.monitor.modulesEverySteps = 2;
    return config;
}

// Numbers that do not measure time or memory.
constexpr Series kExact[] = {Series::TrainLoss,  Series::EvalLoss,     Series::LearningRate, Series::GradNorm,
                             Series::ClipFactor, Series::GradCosine,   Series::SkippedSteps, Series::Epoch,
                             Series::Tokens,     Series::TrainedTokens};

void compareRows(const std::filesystem::path& resumed, const std::filesystem::path& whole)
{
    const auto a = test::rowsOf(resumed);
    const auto b = test::rowsOf(whole);
    QCOMPARE(a.size(), b.size());
    for (const auto& [step, row] : b)
        for (const Series series : kExact)
            QVERIFY2(a.at(step).get(series) == row.get(series),
                     qPrintable(QString::number(step) + " " + QString::number(static_cast<int>(series))));
    const auto modules = test::moduleRowsOf(resumed);
    for (const auto& [step, row] : test::moduleRowsOf(whole))
        for (std::size_t i = 0; i < row.values.size(); ++i)
            QVERIFY(modules.at(step).values[i] == row.values[i] ||
                    (std::isnan(row.values[i]) && std::isnan(modules.at(step).values[i])));
}

} // namespace

class TestResume : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void bitForBit_data();
    void bitForBit();
    void stoppedWithinAStep();
    void everyKindOfAdapter_data();
    void everyKindOfAdapter();
    void afterTheLastStepThereIsNothingToDo();
    void damagedCheckpointIsSkipped();
    void withoutCheckpointItStartsOver();
    void otherDataIsRefused();
    void changedSettingsAreJournalled();
    void typeOfTheWeightsStays();
    void typeOfTheWeightsIsThatOfTheRecord_data();
    void typeOfTheWeightsIsThatOfTheRecord();

private:
    std::filesystem::path copyOfWhole(const std::filesystem::path& folder) const;

    test::TemporaryFolder m_folder;
    std::filesystem::path m_whole;
};

void TestResume::initTestCase()
{
    m_whole = m_folder.path() / "whole";
    test::ListeningSink sink;
    QCOMPARE(test::train(dropoutConfig(), m_whole, sink), 0);
    QCOMPARE(listCheckpoints(RunPaths{m_whole}.checkpoints()).size(), std::size_t(12));
    QCOMPARE(readCheckpointState(RunPaths{m_whole}.checkpoint(12)).epoch, std::uint64_t(2));
    // Dropout acts: without it the losses are others.
    RunConfig plain = dropoutConfig();
    plain.adapter.loraDropout = 0;
    QCOMPARE(test::train(plain, m_folder.path() / "plain", sink), 0);
    QVERIFY(test::rowsOf(m_folder.path() / "plain").at(12).get(Series::TrainLoss) !=
            test::rowsOf(m_whole).at(12).get(Series::TrainLoss));
}

// Whatever a second measurement would say: float32 weights are never taken for bfloat16 ones by "auto", so a
// run that says it has some shows where the type came from.
void TestResume::typeOfTheWeightsStays()
{
    const auto resumed = [this](const char* storage, StorageType dtype) {
        const test::TemporaryFolder folder;
        const auto run = copyOfWhole(folder.path());
        Json record = readJsonFile(RunPaths{run}.runJson());
        record["model"]["storage"] = storage;
        writeFileAtomically(RunPaths{run}.runJson(), toJsonText(record));
        RunConfig config = dropoutConfig();
        config.model.dtype = dtype;
        test::ListeningSink sink;
        test::resume(config, run, sink, 8);
        return readFile(RunPaths{run}.checkpoint(12) / "adapter_model.safetensors");
    };
    const auto float32 = readFile(RunPaths{m_whole}.checkpoint(12) / "adapter_model.safetensors");
    const auto bfloat16 = resumed("float32", StorageType::BFloat16);
    QVERIFY(bfloat16 != float32);
    QVERIFY(resumed("float32", StorageType::Auto) == float32);
    QVERIFY(resumed("bfloat16", StorageType::Auto) == bfloat16);
    QVERIFY(resumed("bfloat16", StorageType::Float32) == float32); // the settings come first
    QVERIFY(resumed("", StorageType::Auto) == float32);            // a record that does not say
}

void TestResume::typeOfTheWeightsIsThatOfTheRecord_data()
{
    QTest::addColumn<QString>("storage");
    QTest::addColumn<int>("expected");
    const auto row = [](const char* storage, StorageType expected) {
        QTest::newRow(storage) << QString(storage) << static_cast<int>(expected);
    };
    row("float32", StorageType::Float32);
    row("bfloat16", StorageType::BFloat16);
    row("nf4 and float32", StorageType::Float32);
    row("nf4 and bfloat16", StorageType::BFloat16);
    row("", StorageType::Auto);
    row("float16", StorageType::Auto);
}

void TestResume::typeOfTheWeightsIsThatOfTheRecord()
{
    QFETCH(QString, storage);
    QFETCH(int, expected);
    RunRecord record;
    record.model.storage = storage.toStdString();
    RunConfig config;
    QCOMPARE(static_cast<int>(weightTypeOf(config, record)), expected);
    QVERIFY(weightTypeOf(config, std::nullopt) == StorageType::Auto); // a first start
    config.model.dtype = StorageType::Float32;
    QVERIFY(weightTypeOf(config, record) == StorageType::Float32);
}

std::filesystem::path TestResume::copyOfWhole(const std::filesystem::path& folder) const
{
    const auto copy = folder / "run";
    std::filesystem::copy(m_whole, copy, std::filesystem::copy_options::recursive);
    return copy;
}

void TestResume::bitForBit_data()
{
    QTest::addColumn<int>("cut");
    QTest::newRow("first step") << 1;
    QTest::newRow("middle of an epoch") << 3;
    QTest::newRow("evaluated step") << 4;
    QTest::newRow("end of an epoch") << 5;
    QTest::newRow("second epoch") << 8;
    QTest::newRow("last but one") << 11;
}

void TestResume::bitForBit()
{
    QFETCH(int, cut);
    const auto step = static_cast<std::uint64_t>(cut);
    const test::TemporaryFolder folder;
    const auto run = copyOfWhole(folder.path());
    test::ListeningSink sink;
    QCOMPARE(test::resume(dropoutConfig(), run, sink, step), 0);

    const auto ours = RunPaths{run}.checkpoint(12);
    const auto theirs = RunPaths{m_whole}.checkpoint(12);
    for (const char* file : {"adapter_model.safetensors", "optimizer.safetensors", "gradient.safetensors"})
        QVERIFY2(readFile(ours / file) == readFile(theirs / file), file);
    compareRows(run, m_whole);
    const Json start = test::eventsOf(run, "start").back();
    QCOMPARE(start["resumed_from"].get<int>(), cut);
    QCOMPARE(start["segment"].get<int>(), 2);
    // Nothing is thrown away: the checkpoints of the first start after the cut stand aside.
    QVERIFY(std::filesystem::exists(RunPaths{run}.checkpoints() / "superseded/segment-2/checkpoint-12"));
}

// A signal ends a step between two micro-batches; what was computed of it leaves no trace.
void TestResume::stoppedWithinAStep()
{
    const test::TemporaryFolder folder;
    RunConfig config = dropoutConfig();
    config.training.maxSteps = 40;
    config.checkpoints.saveSteps = 0;
    config.evaluation.evalSteps = 0;
    test::ListeningSink sink;
    QCOMPARE(test::train(config, folder.path() / "whole", sink), 0);
    const auto ignored = std::signal(SIGTERM, SIG_IGN); // one that comes when the run is over
    for (const int milliseconds : {0, 1, 3, 8}) {
        const auto run = folder.path() / std::to_string(milliseconds);
        test::ListeningSink stopped;
        std::thread killer;
        stopped.onStep = [&](const StepProgress& progress) {
            if (progress.step == 2)
                killer = std::thread([milliseconds] {
                    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
                    ::kill(::getpid(), SIGTERM);
                });
        };
        QCOMPARE(test::train(config, run, stopped), 0);
        killer.join();
        const auto states = test::eventsOf(run, "end");
        if (states.back()["state"] == "stopped")
            QCOMPARE(test::resume(config, run, sink), 0);
        for (const char* file :
             {"adapter_model.safetensors", "optimizer.safetensors", "gradient.safetensors"})
            QVERIFY2(readFile(RunPaths{run}.checkpoint(40) / file) ==
                         readFile(RunPaths{folder.path() / "whole"}.checkpoint(40) / file),
                     file);
        compareRows(run, folder.path() / "whole");
    }
    std::signal(SIGTERM, ignored);
}

void TestResume::everyKindOfAdapter_data()
{
    QTest::addColumn<QString>("start");
    QTest::newRow("dora, saved modules, lora+") << "true";
    QTest::newRow("and pissa") << "pissa";
}

// Factors that a run began with, magnitudes, trained modules and two learning rates come back bit for bit.
void TestResume::everyKindOfAdapter()
{
    QFETCH(QString, start);
    RunConfig config = dropoutConfig();
    config.training.maxSteps = 4;
    config.training.loraplusLrRatio = 4;
    config.adapter.initLoraWeights = start.toStdString();
    config.adapter.useDora = true;
    config.adapter.useRslora = true;
    config.adapter.rankPattern = {{"q_proj", 2}};
    config.adapter.modulesToSave = {"lm_head", "model.norm"};
    const test::TemporaryFolder folder;
    test::ListeningSink sink;
    const auto whole = folder.path() / "whole";
    QCOMPARE(test::train(config, whole, sink), 0);
    const auto copy = folder.path() / "copy";
    std::filesystem::copy(whole, copy, std::filesystem::copy_options::recursive);
    QCOMPARE(test::resume(config, copy, sink, 2), 0);
    compareRows(copy, whole);
    for (const char* name : {"adapter_model.safetensors", "optimizer.safetensors"})
        QCOMPARE(test::largestDifference(RunPaths{copy}.checkpoint(4) / name,
                                         RunPaths{whole}.checkpoint(4) / name, ""),
                 0.0);
    QCOMPARE(std::filesystem::exists(RunPaths{copy}.checkpoint(4) / "initial_adapter.safetensors"),
             start == "pissa");
    const MetricsRow row = test::rowsOf(whole).at(3);
    QCOMPARE(*row.get(Series::LearningRateB), 4 * *row.get(Series::LearningRate));
}

void TestResume::afterTheLastStepThereIsNothingToDo()
{
    const test::TemporaryFolder folder;
    const auto run = copyOfWhole(folder.path());
    test::ListeningSink sink;
    QCOMPARE(test::resume(dropoutConfig(), run, sink), 0);
    QCOMPARE(test::eventsOf(run, "end").back()["state"].get<std::string>(), std::string("finished"));
    compareRows(run, m_whole);
}

void TestResume::damagedCheckpointIsSkipped()
{
    const test::TemporaryFolder folder;
    const auto run = copyOfWhole(folder.path());
    std::filesystem::resize_file(RunPaths{run}.checkpoint(12) / "optimizer.safetensors", 100);
    test::ListeningSink sink;
    QVERIFY_EXCEPTION_THROWN(test::resume(dropoutConfig(), run, sink, 12), Error);
    QCOMPARE(test::resume(dropoutConfig(), run, sink), 0);
    QCOMPARE(test::eventsOf(run, "start").back()["resumed_from"].get<int>(), 11);
    QVERIFY(readFile(RunPaths{run}.checkpoint(12) / "optimizer.safetensors") ==
            readFile(RunPaths{m_whole}.checkpoint(12) / "optimizer.safetensors"));
}

void TestResume::withoutCheckpointItStartsOver()
{
    const test::TemporaryFolder folder;
    const auto run = copyOfWhole(folder.path());
    std::filesystem::remove_all(RunPaths{run}.checkpoints());
    test::ListeningSink sink;
    QCOMPARE(test::resume(dropoutConfig(), run, sink), 0);
    QVERIFY(test::eventsOf(run, "start").back()["resumed_from"].is_null());
    compareRows(run, m_whole);
}

void TestResume::otherDataIsRefused()
{
    const test::TemporaryFolder folder;
    const auto run = copyOfWhole(folder.path());
    RunConfig config = dropoutConfig();
    config.data.evalSplit = 0.3;
    test::ListeningSink sink;
    QVERIFY_EXCEPTION_THROWN(test::resume(config, run, sink, 3), Error);
    QCOMPARE(test::eventsOf(run, "end").back()["state"].get<std::string>(), std::string("failed"));
}

void TestResume::changedSettingsAreJournalled()
{
    const test::TemporaryFolder folder;
    const auto run = copyOfWhole(folder.path());
    RunConfig config = dropoutConfig();
    config.training.learningRate = 5e-4;
    TrainOptions options;
    options.runFolder = run;
    options.config = config;
    options.resume = true;
    options.fromStep = 6;
    options.changes = differences(dropoutConfig(), config);
    test::ListeningSink sink;
    QCOMPARE(runTrain(options, sink), 0);
    const Json changes = test::eventsOf(run, "start").back()["changes"];
    QCOMPARE(changes.size(), std::size_t(1));
    QCOMPARE(changes[0]["path"].get<std::string>(), std::string("training.learning_rate"));
    QCOMPARE(*test::rowsOf(run).at(9).get(Series::LearningRate),
             *test::rowsOf(m_whole).at(9).get(Series::LearningRate) / 2);
}

QTEST_GUILESS_MAIN(TestResume)
#include "test_resume.moc"
