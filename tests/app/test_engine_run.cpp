// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The real engine under the real supervisor: metrics arrive, verbs are obeyed, the run outlives the window, a
// killed engine is seen as interrupted.
#include "app/pages/message_area.h"
#include "app/pages/run_view.h"
#include "app/run/run_session.h"
#include "app/window/main_window.h"
#include "app/window/window_wiring.h"
#include "tests/app/app_fixture.h"
#include "widgets/theme/style_sheet.h"

#include <QApplication>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

using namespace lens;
using namespace lens::test;

namespace {

constexpr int kLongMs = 120000;

// A run of the tiny llama of tests/data that would last for hours.
RunConfig longRun()
{
    RunConfig config;
    config.name = "long";
    config.model.path = (dataFolder() / "models/llama").string();
    config.model.dtype = StorageType::Float32;
    config.model.device = "cpu";
    config.model.threads = 1;
    config.adapter.r = 4;
    config.adapter.loraAlpha = 8;
    config.data.trainFile = (dataFolder() / "models/llama/train_batches.safetensors").string();
    config.data.evalSplit = 0;
    config.training.maxSteps = 900000;
    config.training.batchSize = 2;
    config.training.gradientAccumulationSteps = 1;
    config.checkpoints.saveSteps = 0;
    config.monitor.modulesEverySteps = 0;
    return config;
}

bool isDead(const RunSession& session)
{
    return !isLive(session.status().state) && !session.starting();
}

// A window on the library, as after the start of the program.
struct Opened {
    explicit Opened(const TestLibrary& library) : place(library.workplace(realEngine()))
    {
        const Theme theme = lightTheme();
        applyTheme(*qApp, theme);
        window = std::make_unique<MainWindow>(*place, theme);
        wiring = std::make_unique<WindowWiring>(*place, *window);
        window->show();
        wiring->begin();
    }
    RunSession* session() const { return wiring->binding().session(); }
    void trigger(ActionId id) const { window->actions()[id].trigger(); }
    bool enabled(ActionId id) const { return window->actions()[id].isEnabled(); }
    RunState state() const { return session()->status().state; }

    std::unique_ptr<Workplace> place;
    std::unique_ptr<MainWindow> window;
    std::unique_ptr<WindowWiring> wiring;
};

// Newest step of the batches a spy of MetricsFeed::batchArrived caught.
std::uint64_t newestStep(const QSignalSpy& batches)
{
    std::uint64_t step = 0;
    for (const auto& signal : batches)
        for (const auto& part : signal.at(1).value<SharedBatch>()->parts)
            for (const MetricsRow& row : part.rows)
                step = std::max(step, row.step);
    return step;
}

} // namespace

class TestEngineRun : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void watchedPausedReattachedStopped();
    void killedIsInterrupted();
    void badModelIsTold();
};

void TestEngineRun::initTestCase()
{
    if (realEngine().isEmpty() || !QFileInfo(realEngine()).isExecutable())
        QSKIP("the engine is not built");
}

void TestEngineRun::watchedPausedReattachedStopped()
{
    const TestLibrary library;
    const QString run = library.addRun(longRun());
    const EngineGuard guard(run);
    std::uint64_t seen = 0;
    {
        Opened first(library);
        QTRY_VERIFY(first.session() && first.session()->known());
        QSignalSpy batches(&first.place->feed, &MetricsFeed::batchArrived);
        QVERIFY(first.enabled(ActionId::Start));
        first.trigger(ActionId::Start);
        QTRY_VERIFY_WITH_TIMEOUT(first.state() == RunState::Training || isDead(*first.session()), kLongMs);
        QVERIFY2(first.state() == RunState::Training, qPrintable(first.session()->logTail()));
        QTRY_VERIFY_WITH_TIMEOUT(newestStep(batches) >= 3, kLongMs);

        QVERIFY(first.enabled(ActionId::PauseOrResume));
        first.trigger(ActionId::PauseOrResume);
        QTRY_COMPARE_WITH_TIMEOUT(first.state(), RunState::Paused, kLongMs);
        QTest::qWait(500);
        const std::uint64_t atPause = newestStep(batches);
        QTest::qWait(1000);
        QCOMPARE(newestStep(batches), atPause); // it stands still
        first.trigger(ActionId::PauseOrResume);
        QTRY_VERIFY_WITH_TIMEOUT(newestStep(batches) > atPause, kLongMs);

        first.trigger(ActionId::CheckpointNow);
        QTRY_VERIFY_WITH_TIMEOUT(first.session()->status().lastCheckpoint.has_value(), kLongMs);
        const std::uint64_t saved = *first.session()->status().lastCheckpoint;
        QVERIFY(QFile::exists(
            run + QStringLiteral("/checkpoints/checkpoint-%1/adapter_model.safetensors").arg(saved)));
        seen = newestStep(batches);
        first.window->close();
    }
    Opened again(library);
    QTRY_VERIFY(again.session() && again.session()->known());
    QSignalSpy batches(&again.place->feed, &MetricsFeed::batchArrived);
    QTRY_COMPARE_WITH_TIMEOUT(again.state(), RunState::Training, kLongMs);
    QCOMPARE(again.session()->status().segment, std::uint64_t{1}); // the same engine
    QTRY_VERIFY_WITH_TIMEOUT(newestStep(batches) > seen, kLongMs);
    again.trigger(ActionId::StopAndSave);
    QTRY_COMPARE_WITH_TIMEOUT(again.state(), RunState::Stopped, kLongMs);
    QVERIFY(*again.session()->status().lastCheckpoint >= seen);
    QVERIFY(again.enabled(ActionId::ResumeRun));
    QVERIFY(!again.enabled(ActionId::StopAndSave));
}

void TestEngineRun::killedIsInterrupted()
{
    const TestLibrary library;
    const QString run = library.addRun(longRun());
    const EngineGuard guard(run);
    Opened opened(library);
    QTRY_VERIFY(opened.session() && opened.session()->known());
    opened.trigger(ActionId::Start);
    QTRY_COMPARE_WITH_TIMEOUT(opened.state(), RunState::Training, kLongMs);
    opened.session()->killEngine();
    QTRY_COMPARE_WITH_TIMEOUT(opened.state(), RunState::Interrupted, kLongMs);
    QTRY_VERIFY(
        opened.window->messages().textOf(QStringLiteral("state")).startsWith(QStringLiteral("Interrupted")));
    // What was recorded is put together in metrics.h5 by the first program that sees it dead.
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(run + QStringLiteral("/metrics.h5")), kLongMs);
}

void TestEngineRun::badModelIsTold()
{
    const TestLibrary library;
    RunConfig config = longRun();
    config.model.path = "/nowhere/model";
    const QString run = library.addRun(config);
    const EngineGuard guard(run);
    Opened opened(library);
    QTRY_VERIFY(opened.session() && opened.session()->known());
    opened.trigger(ActionId::Start);
    QTRY_VERIFY_WITH_TIMEOUT(!opened.window->messages().textOf(QStringLiteral("state")).isEmpty() ||
                                 !opened.window->messages().textOf(QStringLiteral("start")).isEmpty(),
                             kLongMs);
    const QString told = opened.window->messages().textOf(QStringLiteral("state")) +
                         opened.window->messages().textOf(QStringLiteral("start"));
    QVERIFY2(told.contains(QStringLiteral("/nowhere/model")), qPrintable(told));
}

QTEST_MAIN(TestEngineRun)
#include "test_engine_run.moc"
