// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The real program under commands, signals, sudden death and a disk that refuses.
#include "core/base/clock.h"
#include "core/base/journal.h"
#include "core/checkpoint/checkpoint_list.h"
#include "core/checkpoint/checkpoint_state.h"
#include "core/protocol/command.h"
#include "core/run/run_status.h"
#include "tests/engine_train/training_run.h"
#include "tests/support/test_paths.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QProcess>
#include <QtTest/QtTest>

#include <csignal>
#include <sys/resource.h>
#include <unistd.h>

using namespace lens;

namespace {

constexpr int kPatienceMs = 60'000;

// Far more steps than a test waits for.
RunConfig endlessConfig()
{
    RunConfig config = test::goldenConfig(test::dataFolder() / "models/llama");
    config.training.epochs = 0;
    config.training.maxSteps = 1'000'000;
    config.checkpoints.saveSteps = 0;
    return config;
}

// An engine on a run folder.
class Engine {
public:
    explicit Engine(const std::filesystem::path& folder) : m_paths{folder / "run"} {}
    ~Engine()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    void start(const RunConfig& config, const QStringList& more = {})
    {
        const auto file = m_paths.folder.parent_path() / "config.json";
        test::writeConfig(file, config);
        launch(QStringList{"train", QString::fromStdString(file), "--run",
                           QString::fromStdString(m_paths.folder)} +
               more);
    }
    void resume() { launch({"train", "--resume", QString::fromStdString(m_paths.folder)}); }

    bool waitForStep(std::uint64_t step)
    {
        return waitFor([&] {
            const auto rows = test::rowsOf(m_paths.folder);
            return !rows.empty() && rows.rbegin()->first >= step;
        });
    }
    template <typename Condition>
    bool waitFor(const Condition& condition)
    {
        QElapsedTimer timer;
        timer.start();
        while (!condition()) {
            if (timer.elapsed() > kPatienceMs || m_process.state() == QProcess::NotRunning)
                return condition();
            m_process.waitForFinished(20);
        }
        return true;
    }
    // Writes a command; true once it is answered. `answer` gets the event.
    bool command(Verb verb, Json arguments = Json::object(), Json* answer = nullptr,
                 std::uint64_t segment = 1)
    {
        const Command command = makeCommand(verb, segment, std::move(arguments));
        JournalWriter(m_paths.commands()).append(toJson(command));
        return waitFor([&] {
            for (const Json& event : test::eventsOf(m_paths.folder, "acknowledged")) {
                if (event["command"] == command.id) {
                    if (answer)
                        *answer = event;
                    return true;
                }
            }
            return false;
        });
    }
    bool ended(int exitCode)
    {
        return m_process.waitForFinished(kPatienceMs) && m_process.exitStatus() == QProcess::NormalExit &&
               m_process.exitCode() == exitCode;
    }
    Json lastWord() const { return test::eventsOf(m_paths.folder, "end").back(); }
    RunStatus status() const { return readRunStatus(m_paths); }
    const RunPaths& paths() const { return m_paths; }
    qint64 pid() const { return m_process.processId(); }
    QProcess& process() { return m_process; }

private:
    void launch(const QStringList& arguments)
    {
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(qEnvironmentVariable("LENS_ENGINE"), arguments);
        m_process.waitForStarted();
    }

    RunPaths m_paths;
    QProcess m_process;
};

std::uint64_t newestStep(const std::filesystem::path& run)
{
    const auto rows = test::rowsOf(run);
    return rows.empty() ? 0 : rows.rbegin()->first;
}

} // namespace

class TestLiveRun : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void pauseAndResume();
    void checkpointAndSet();
    void stopAndGoOn();
    void commandsOfOthersExpire();
    void terminateSavesAndStops();
    void secondSignalAborts();
    void killedRunIsInterruptedAndResumes();
    void crashLeavesLastWords();
    void secondEngineIsRefused();
    void fullDiskPauses();
};

void TestLiveRun::initTestCase()
{
    if (qEnvironmentVariable("LENS_ENGINE").isEmpty())
        QSKIP("the program was not built");
}

void TestLiveRun::pauseAndResume()
{
    const test::TemporaryFolder folder;
    Engine engine(folder.path());
    engine.start(endlessConfig());
    QVERIFY(engine.waitForStep(3));
    QVERIFY(engine.command(Verb::Pause));
    QVERIFY(engine.waitFor([&] { return engine.status().state == RunState::Paused; }));
    const std::uint64_t step = engine.status().step;
    QTest::qWait(500);
    QVERIFY(newestStep(engine.paths().folder) <= step);
    QVERIFY(engine.command(Verb::Checkpoint)); // also while paused
    QVERIFY(engine.waitFor([&] { return engine.status().state == RunState::Paused; }));
    QCOMPARE(engine.status().lastCheckpoint, std::optional<std::uint64_t>(step));
    QVERIFY(engine.command(Verb::Resume));
    QVERIFY(engine.waitForStep(step + 3));
    QCOMPARE(engine.status().state, RunState::Training);
    QVERIFY(engine.command(Verb::Stop));
    QVERIFY(engine.ended(0));
    // Pauses are no part of the run's time: what is left of the wall time is the most it can be.
    double begin = 0;
    double pausedAt = 0;
    double paused = 0;
    double end = 0;
    for (const Json& event : readJournal(engine.paths().events())) {
        const double time = unixSeconds(event["t"].get<std::string>());
        const std::string phase = event.value("phase", "");
        if (event["type"] == "start")
            begin = time;
        else if (phase == "paused" && pausedAt == 0)
            pausedAt = time;
        else if (phase == "training" && pausedAt > 0 && paused == 0)
            paused = time - pausedAt;
        end = time;
    }
    QVERIFY(paused >= 0.5);
    QVERIFY(test::rowsOf(engine.paths().folder).rbegin()->second.seconds <= end - begin - paused + 0.01);
}

void TestLiveRun::checkpointAndSet()
{
    const test::TemporaryFolder folder;
    Engine engine(folder.path());
    RunConfig config = endlessConfig();
    config.training.schedule = Schedule::Constant;
    engine.start(config);
    QVERIFY(engine.waitForStep(3));
    QVERIFY(engine.command(Verb::Checkpoint));
    QCOMPARE(listCheckpoints(engine.paths().checkpoints()).size(), std::size_t(1));
    QCOMPARE(test::eventsOf(engine.paths().folder, "checkpoint")[0]["reason"].get<std::string>(),
             std::string("command"));

    Json answer;
    QVERIFY(engine.command(Verb::Set, {{"key", "training.learning_rate"}, {"value", 2e-5}}, &answer));
    QCOMPARE(answer["result"].get<std::string>(), std::string("done"));
    const Json setting = test::eventsOf(engine.paths().folder, "setting").back();
    QCOMPARE(setting["old"].get<double>(), 1e-3);
    QCOMPARE(setting["new"].get<double>(), 2e-5);
    const auto step = setting["step"].get<std::uint64_t>();
    QVERIFY(engine.waitForStep(step + 1));
    QCOMPARE(*test::rowsOf(engine.paths().folder).at(step + 1).get(Series::LearningRate), 2e-5);

    QVERIFY(engine.command(Verb::Set, {{"save_steps", 7}}, &answer)); // without its section
    QCOMPARE(answer["result"].get<std::string>(), std::string("done"));
    const std::pair<Json, const char*> refused[] = {{{{"key", "adapter.r"}, {"value", 8}}, "adapter.r"},
                                                    {{{"learning_rate", -1}}, "learning_rate"},
                                                    {{{"eval_steps", "often"}}, "eval_steps"},
                                                    {Json::object(), "no setting"}};
    for (const auto& [arguments, named] : refused) {
        QVERIFY(engine.command(Verb::Set, arguments, &answer));
        QCOMPARE(answer["result"].get<std::string>(), std::string("refused"));
        QVERIFY2(answer["reason"].get<std::string>().find(named) != std::string::npos,
                 answer["reason"].get<std::string>().c_str());
    }
    QVERIFY(engine.command(Verb::Stop));
    QVERIFY(engine.ended(0));

    // What was set stays set after a resume.
    engine.resume();
    const std::uint64_t stopped = *engine.status().lastCheckpoint;
    QVERIFY(engine.waitForStep(stopped + 1));
    QCOMPARE(*test::rowsOf(engine.paths().folder).at(stopped + 1).get(Series::LearningRate), 2e-5);
}

void TestLiveRun::stopAndGoOn()
{
    const test::TemporaryFolder folder;
    Engine engine(folder.path());
    engine.start(endlessConfig());
    QVERIFY(engine.waitForStep(3));
    Json answer;
    QVERIFY(engine.command(Verb::Stop, Json::object(), &answer));
    QCOMPARE(answer["result"].get<std::string>(), std::string("done"));
    QVERIFY(engine.ended(0));
    const RunStatus status = engine.status();
    QCOMPARE(status.state, RunState::Stopped);
    QCOMPARE(status.lastCheckpoint, std::optional<std::uint64_t>(status.step));
    QVERIFY(latestValidCheckpoint(engine.paths().checkpoints())->step == status.step);
    QVERIFY(std::filesystem::exists(engine.paths().consolidated()));

    engine.resume();
    QVERIFY(engine.waitForStep(status.step + 3));
    QCOMPARE(engine.status().segment, std::uint64_t(2));
    QVERIFY(engine.command(Verb::Stop, Json::object(), nullptr, 2));
    QVERIFY(engine.ended(0));
    // Every step is there once, over both starts.
    const auto rows = test::rowsOf(engine.paths().folder);
    QCOMPARE(rows.size(), static_cast<std::size_t>(rows.rbegin()->first) + 1);
}

void TestLiveRun::commandsOfOthersExpire()
{
    const test::TemporaryFolder folder;
    Engine engine(folder.path());
    engine.start(endlessConfig());
    QVERIFY(engine.waitForStep(1));
    Json answer;
    QVERIFY(engine.command(Verb::Stop, Json::object(), &answer, 9));
    QCOMPARE(answer["result"].get<std::string>(), std::string("expired"));
    QVERIFY(engine.waitForStep(newestStep(engine.paths().folder) + 2));
    // Answered once: a second start does not answer it again.
    QVERIFY(engine.command(Verb::Stop));
    QVERIFY(engine.ended(0));
    engine.resume();
    QVERIFY(engine.waitFor(
        [&] { return engine.status().segment == 2 && engine.status().state == RunState::Training; }));
    QVERIFY(engine.command(Verb::Stop, Json::object(), nullptr, 2));
    QCOMPARE(test::eventsOf(engine.paths().folder, "acknowledged").size(), std::size_t(3));
}

void TestLiveRun::terminateSavesAndStops()
{
    for (const int signal : {SIGTERM, SIGINT}) {
        const test::TemporaryFolder folder;
        Engine engine(folder.path());
        engine.start(endlessConfig());
        QVERIFY(engine.waitForStep(2));
        ::kill(static_cast<pid_t>(engine.pid()), signal);
        QVERIFY(engine.ended(0));
        const RunStatus status = engine.status();
        QCOMPARE(status.state, RunState::Stopped);
        QCOMPARE(status.lastCheckpoint, std::optional<std::uint64_t>(status.step));
        QCOMPARE(test::eventsOf(engine.paths().folder, "checkpoint").back()["reason"].get<std::string>(),
                 std::string("signal"));
    }
}

void TestLiveRun::secondSignalAborts()
{
    const test::TemporaryFolder folder;
    Engine engine(folder.path());
    RunConfig config = endlessConfig();
    config.training.gradientAccumulationSteps = 20; // the step takes a while
    engine.start(config);
    QVERIFY(engine.waitForStep(1));
    ::kill(static_cast<pid_t>(engine.pid()), SIGTERM);
    ::usleep(1000);
    ::kill(static_cast<pid_t>(engine.pid()), SIGTERM);
    QVERIFY(engine.process().waitForFinished(kPatienceMs));
    // Either the second came in time, or the stop was quicker.
    const std::string state = engine.lastWord()["state"].get<std::string>();
    QCOMPARE(state, std::string(engine.process().exitCode() == 1 ? "failed" : "stopped"));
}

void TestLiveRun::killedRunIsInterruptedAndResumes()
{
    const test::TemporaryFolder folder;
    Engine engine(folder.path());
    RunConfig config = endlessConfig();
    config.checkpoints.saveSteps = 4;
    engine.start(config);
    QVERIFY(engine.waitForStep(11));
    QVERIFY(engine.waitFor([&] { return engine.status().lastCheckpoint.value_or(0) >= 8; }));
    ::kill(static_cast<pid_t>(engine.pid()), SIGKILL);
    QVERIFY(engine.process().waitForFinished(kPatienceMs));
    RunStatus status = engine.status();
    QCOMPARE(status.state, RunState::Interrupted);
    const auto last = latestValidCheckpoint(engine.paths().checkpoints());
    QVERIFY(last && last->step % 4 == 0);

    engine.resume();
    QVERIFY(engine.waitForStep(last->step + 6));
    QVERIFY(engine.command(Verb::Stop, Json::object(), nullptr, 2));
    QVERIFY(engine.ended(0));
    QCOMPARE(test::eventsOf(engine.paths().folder, "start").back()["resumed_from"].get<std::uint64_t>(),
             last->step);
    const auto rows = test::rowsOf(engine.paths().folder);
    QCOMPARE(rows.size(), static_cast<std::size_t>(rows.rbegin()->first) + 1);
}

void TestLiveRun::crashLeavesLastWords()
{
    const test::TemporaryFolder folder;
    Engine engine(folder.path());
    engine.start(endlessConfig());
    QVERIFY(engine.waitForStep(2));
    ::kill(static_cast<pid_t>(engine.pid()), SIGSEGV);
    QVERIFY(engine.process().waitForFinished(kPatienceMs));
    QCOMPARE(engine.process().exitStatus(), QProcess::CrashExit);
    const RunStatus status = engine.status();
    QCOMPARE(status.state, RunState::Failed);
    QVERIFY(status.reason.find("SIGSEGV") != std::string::npos);
    const Json end = engine.lastWord();
    QVERIFY(end["step"].get<int>() >= 2);
    QVERIFY(std::abs(unixSeconds(end["t"].get<std::string>()) - unixNow()) < 60);
}

void TestLiveRun::secondEngineIsRefused()
{
    const test::TemporaryFolder folder;
    Engine first(folder.path());
    first.start(endlessConfig());
    QVERIFY(first.waitForStep(1));
    const std::size_t starts = test::eventsOf(first.paths().folder, "start").size();
    Engine second(folder.path());
    second.resume();
    QVERIFY(second.ended(1));
    QCOMPARE(test::eventsOf(first.paths().folder, "start").size(), starts);
    QVERIFY(first.waitForStep(newestStep(first.paths().folder) + 2));
}

void TestLiveRun::fullDiskPauses()
{
    const test::TemporaryFolder folder;
    Engine engine(folder.path());
    engine.start(endlessConfig());
    QVERIFY(engine.waitForStep(2));
    // No file of this process may grow beyond 8 KiB: neither metrics nor a checkpoint fit.
    const rlimit small{8192, RLIM_INFINITY};
    QCOMPARE(::prlimit(static_cast<pid_t>(engine.pid()), RLIMIT_FSIZE, &small, nullptr), 0);
    QVERIFY(engine.waitFor([&] { return engine.status().state == RunState::Paused; }));
    QVERIFY(!engine.status().reason.empty());
    const rlimit large{RLIM_INFINITY, RLIM_INFINITY};
    QCOMPARE(::prlimit(static_cast<pid_t>(engine.pid()), RLIMIT_FSIZE, &large, nullptr), 0);
    QVERIFY(engine.waitFor([&] { return engine.status().state == RunState::Training; }));
    const std::uint64_t step = engine.status().step;
    QVERIFY(engine.waitForStep(step + 2));
    QVERIFY(engine.command(Verb::Stop));
    QVERIFY(engine.ended(0));
    const auto rows = test::rowsOf(engine.paths().folder);
    QCOMPARE(rows.size(), static_cast<std::size_t>(rows.rbegin()->first) + 1); // nothing was lost
    QVERIFY(latestValidCheckpoint(engine.paths().checkpoints()).has_value());
}

QTEST_GUILESS_MAIN(TestLiveRun)
#include "test_live_run.moc"
