// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Commands that come within a step: pause, resume and stop take hold there, the others at a boundary, and the
// run becomes what it would have become without them, bit for bit on one thread. Dropout is on.
#include "core/base/file.h"
#include "core/base/journal.h"
#include "core/checkpoint/checkpoint_list.h"
#include "core/protocol/command.h"
#include "core/run/run_status.h"
#include "core/safetensors/safetensors.h"
#include "tests/engine_train/training_run.h"
#include "tests/support/test_paths.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QtTest>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <future>
#include <optional>

#include <unistd.h>

using namespace lens;

namespace {

constexpr int kPatienceMs = 60'000;
constexpr int kTiles = 12;                 // of the 20 batches of the golden run
constexpr int kBatchesAStep = 20 * kTiles; // an epoch is a step: long enough to be reached within
constexpr std::uint64_t kSteps = 3;

// The batches of a file over and over again.
void writeTiled(const std::filesystem::path& from, const std::filesystem::path& to)
{
    const SafetensorsFile file(from);
    std::vector<std::vector<std::byte>> tiled;
    std::vector<TensorToWrite> tensors;
    tiled.reserve(file.tensors().size());
    for (const auto& [name, entry] : file.tensors()) {
        std::vector<std::byte>& bytes = tiled.emplace_back();
        for (int i = 0; i < kTiles; ++i)
            bytes.insert(bytes.end(), entry.bytes.begin(), entry.bytes.end());
        std::vector<std::int64_t> shape = entry.shape;
        shape[0] *= kTiles;
        tensors.push_back({name, entry.type, shape, bytes});
    }
    writeSafetensors(to, tensors);
}

// A run in a thread of its own, asked as the window asks.
class LiveRun {
public:
    LiveRun(const std::filesystem::path& folder, RunConfig config)
        : m_paths{folder}
        , m_config(std::move(config))
    {
    }
    ~LiveRun()
    {
        if (!m_end.valid())
            return;
        send(Verb::Resume);
        send(Verb::Stop);
        m_end.wait();
    }

    // Runs into `step`: what is sent afterwards comes within it. True once it is there.
    bool runInto(std::uint64_t step)
    {
        std::filesystem::create_directories(m_paths.folder);
        // Carried out at the boundary before the step, and so there once it is answered.
        const auto markBoundary = [this] {
            return send(Verb::Set, {{"key", "monitor.modules_every_steps"}, {"value", 1}});
        };
        std::promise<Command> marked;
        if (step == 1)
            marked.set_value(markBoundary());
        m_sink.onStep = [this, step, markBoundary, &marked](const StepProgress& progress) {
            m_step = progress.step;
            if (progress.step + 1 == step)
                marked.set_value(markBoundary());
        };
        m_end =
            std::async(std::launch::async, [this] { return test::train(m_config, m_paths.folder, m_sink); });
        std::future<Command> known = marked.get_future();
        return known.wait_for(std::chrono::milliseconds(kPatienceMs)) == std::future_status::ready &&
               answer(known.get())["result"] == "done";
    }
    Command send(Verb verb, Json arguments = Json::object())
    {
        Command command = makeCommand(verb, 1, std::move(arguments));
        JournalWriter(m_paths.commands()).append(toJson(command));
        return command;
    }
    // The event that answers it; null if none comes.
    Json answer(const Command& command)
    {
        Json found;
        waitFor([&] {
            for (const Json& event : test::eventsOf(m_paths.folder, "acknowledged"))
                if (event["command"] == command.id)
                    found = event;
            return !found.is_null() || ended();
        });
        return found;
    }
    Json ask(Verb verb, Json arguments = Json::object()) { return answer(send(verb, std::move(arguments))); }
    bool isPaused()
    {
        return waitFor([&] { return readRunStatus(m_paths).state == RunState::Paused || ended(); }) &&
               !ended();
    }
    bool finished() { return m_end.get() == 0; }
    std::uint64_t step() const { return m_step; } // the last one that was finished
    const RunPaths& paths() const { return m_paths; }

private:
    bool ended() const { return m_end.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }
    template <typename Condition>
    bool waitFor(const Condition& condition)
    {
        QElapsedTimer timer;
        timer.start();
        while (!condition()) {
            if (timer.elapsed() > kPatienceMs)
                return false;
            QTest::qSleep(5);
        }
        return true;
    }

    RunPaths m_paths;
    RunConfig m_config;
    test::ListeningSink m_sink;
    std::atomic<std::uint64_t> m_step{0};
    std::future<int> m_end;
};

} // namespace

class TestWithinStep : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void pauseAndResume();
    void atTheBoundaryOfAPausedStep_data();
    void atTheBoundaryOfAPausedStep();
    void checkpointWaitsForTheBoundary();
    void stop_data();
    void stop();
    void signalEndsAPause();
    void nothingStaysUnanswered();

private:
    RunConfig config() const;
    void compareWithWhole(const std::filesystem::path& run, std::uint64_t step) const;

    test::TemporaryFolder m_folder;
    std::filesystem::path m_whole;
};

RunConfig TestWithinStep::config() const
{
    RunConfig config = test::goldenConfig(test::dataFolder() / "models/llama");
    config.adapter.startFrom.clear();
    config.adapter.r = 4;
    config.adapter.loraAlpha = 8;
    config.adapter.loraDropout = 0.1;
    config.data.trainFile = m_folder.path() / "tiled.safetensors";
    config.training.gradientAccumulationSteps = kBatchesAStep;
    config.training.epochs = 0;
    config.training.maxSteps = static_cast<int>(kSteps);
    config.checkpoints.saveSteps = 0;
    config.monitor.modulesEverySteps = 1;
    return config;
}

void TestWithinStep::initTestCase()
{
    writeTiled(test::dataFolder() / "models/llama/train_batches.safetensors", config().data.trainFile);
    m_whole = m_folder.path() / "whole";
    RunConfig whole = config();
    whole.checkpoints.saveSteps = 1;
    test::ListeningSink sink;
    QCOMPARE(test::train(whole, m_whole, sink), 0);
    QCOMPARE(listCheckpoints(RunPaths{m_whole}.checkpoints()).size(), std::size_t(kSteps));
}

// Weights, optimizer and gradient after a step, and every number of the steps to it.
void TestWithinStep::compareWithWhole(const std::filesystem::path& run, std::uint64_t step) const
{
    for (const char* file : {"adapter_model.safetensors", "optimizer.safetensors", "gradient.safetensors"})
        QVERIFY2(readFile(RunPaths{run}.checkpoint(step) / file) ==
                     readFile(RunPaths{m_whole}.checkpoint(step) / file),
                 file);
    const auto ours = test::rowsOf(run);
    const auto theirs = test::rowsOf(m_whole);
    for (std::uint64_t i = 0; i <= step; ++i)
        for (const Series series : {Series::TrainLoss, Series::GradNorm, Series::GradCosine,
                                    Series::LearningRate, Series::Epoch, Series::TrainedTokens})
            QVERIFY(ours.at(i).get(series) == theirs.at(i).get(series));
}

void TestWithinStep::pauseAndResume()
{
    const test::TemporaryFolder folder;
    LiveRun run(folder.path() / "run", config());
    QVERIFY(run.runInto(2));
    QCOMPARE(run.ask(Verb::Pause)["result"], Json("done"));
    QVERIFY(run.isPaused());
    QCOMPARE(run.step(), std::uint64_t(1)); // not at the step's end
    QTest::qWait(500);
    QCOMPARE(run.step(), std::uint64_t(1));
    QCOMPARE(run.ask(Verb::Resume)["result"], Json("done"));
    QVERIFY(run.finished());
    compareWithWhole(run.paths().folder, kSteps);
    // The clock stood still: the parts of the step are no more than the step, and that no more than passed.
    const auto rows = test::rowsOf(run.paths().folder);
    const MetricsRow& row = rows.at(2);
    const double step = *row.get(Series::StepSeconds);
    QVERIFY(*row.get(Series::ForwardSeconds) > 0 && *row.get(Series::BackwardSeconds) > 0);
    QVERIFY(*row.get(Series::ForwardSeconds) + *row.get(Series::BackwardSeconds) <= step);
    QVERIFY(step <= row.seconds - rows.at(1).seconds + 1e-6);
    const auto phases = test::eventsOf(run.paths().folder, "phase");
    QCOMPARE(std::count_if(phases.begin(), phases.end(),
                           [](const Json& event) { return event["phase"] == "paused"; }),
             1);
}

void TestWithinStep::atTheBoundaryOfAPausedStep_data()
{
    QTest::addColumn<bool>("pauseFirst");
    QTest::newRow("after the pause") << true;
    QTest::newRow("before the pause") << false;
}

// The step is undone, so that there is a boundary; the pause holds on.
void TestWithinStep::atTheBoundaryOfAPausedStep()
{
    QFETCH(bool, pauseFirst);
    const test::TemporaryFolder folder;
    LiveRun run(folder.path() / "run", config());
    QVERIFY(run.runInto(2));
    std::optional<Command> early;
    if (!pauseFirst)
        early = run.send(Verb::Checkpoint);
    QCOMPARE(run.ask(Verb::Pause)["result"], Json("done"));
    const Json saved = early ? run.answer(*early) : run.ask(Verb::Checkpoint);
    QCOMPARE(saved["result"], Json("done"));
    QCOMPARE(saved["step"], Json(1));
    QVERIFY(run.isPaused());
    QCOMPARE(run.step(), std::uint64_t(1));
    compareWithWhole(run.paths().folder, 1);
    const Json set = run.ask(Verb::Set, {{"save_steps", 2}});
    QCOMPARE(set["result"], Json("done"));
    QVERIFY(run.isPaused());
    QCOMPARE(run.step(), std::uint64_t(1));
    QCOMPARE(run.ask(Verb::Resume)["result"], Json("done"));
    QVERIFY(run.finished());
    compareWithWhole(run.paths().folder, 2);
    compareWithWhole(run.paths().folder, kSteps);
}

void TestWithinStep::checkpointWaitsForTheBoundary()
{
    const test::TemporaryFolder folder;
    LiveRun run(folder.path() / "run", config());
    QVERIFY(run.runInto(2));
    const Command save = run.send(Verb::Checkpoint);
    QCOMPARE(run.ask(Verb::Resume)["step"], Json(1)); // answered within the step, after the other was read
    const Json saved = run.answer(save);
    QCOMPARE(saved["result"], Json("done"));
    QCOMPARE(saved["step"], Json(2));
    QVERIFY(run.finished());
    compareWithWhole(run.paths().folder, 2);
    compareWithWhole(run.paths().folder, kSteps);
}

void TestWithinStep::stop_data()
{
    QTest::addColumn<bool>("paused");
    QTest::newRow("training") << false;
    QTest::newRow("paused") << true;
}

void TestWithinStep::stop()
{
    QFETCH(bool, paused);
    const test::TemporaryFolder folder;
    LiveRun run(folder.path() / "run", config());
    QVERIFY(run.runInto(2));
    if (paused)
        QCOMPARE(run.ask(Verb::Pause)["result"], Json("done"));
    QCOMPARE(run.ask(Verb::Stop)["result"], Json("done"));
    QVERIFY(run.finished());
    const RunStatus status = readRunStatus(run.paths());
    QCOMPARE(status.state, RunState::Stopped);
    QCOMPARE(status.step, std::uint64_t(1));
    QCOMPARE(status.lastCheckpoint, std::optional<std::uint64_t>(1));
    QCOMPARE(test::rowsOf(run.paths().folder).rbegin()->first, std::uint64_t(1));
    compareWithWhole(run.paths().folder, 1);
    test::ListeningSink sink;
    QCOMPARE(test::resume(config(), run.paths().folder, sink), 0);
    compareWithWhole(run.paths().folder, kSteps);
}

void TestWithinStep::signalEndsAPause()
{
    const test::TemporaryFolder folder;
    LiveRun run(folder.path() / "run", config());
    QVERIFY(run.runInto(2));
    QCOMPARE(run.ask(Verb::Pause)["result"], Json("done"));
    QVERIFY(run.isPaused());
    ::kill(::getpid(), SIGTERM);
    QVERIFY(run.finished());
    QCOMPARE(readRunStatus(run.paths()).state, RunState::Stopped);
    QCOMPARE(test::rowsOf(run.paths().folder).rbegin()->first, std::uint64_t(1));
    compareWithWhole(run.paths().folder, 1);
}

// A run that ends with its step has no boundary for what was to wait for it.
void TestWithinStep::nothingStaysUnanswered()
{
    const test::TemporaryFolder folder;
    RunConfig early = config();
    early.data.evalFile = test::dataFolder() / "models/llama/train_batches.safetensors";
    early.evaluation.evalSteps = 1;
    early.evaluation.earlyStoppingPatience = 1;
    early.evaluation.earlyStoppingThreshold = 100; // no gain is enough
    LiveRun run(folder.path() / "run", early);
    QVERIFY(run.runInto(1));
    const Json answer = run.ask(Verb::Checkpoint);
    QVERIFY(run.finished());
    QCOMPARE(answer["result"], Json("refused"));
    QCOMPARE(readRunStatus(run.paths()).state, RunState::Finished);
}

QTEST_GUILESS_MAIN(TestWithinStep)
#include "test_within_step.moc"
