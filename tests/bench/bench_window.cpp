// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The window's figures: process start to first painted frame with 50 runs in the library, time from a row
// handed to the writer to its place on the drawn plot, and processor time of the Live page of a running run,
// visible and hidden. Prints figures; fails nothing.
#include "app/pages/live_page.h"
#include "app/pages/run_view.h"
#include "app/window/main_window.h"
#include "app/window/window_wiring.h"
#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/journal.h"
#include "core/base/process.h"
#include "core/run/run_folder.h"
#include "core/run/run_lock.h"
#include "core/store/run_writer.h"
#include "tests/app/app_fixture.h"
#include "widgets/plots/plot_stack.h"
#include "widgets/theme/style_sheet.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <sys/resource.h>

using namespace lens;
using namespace lens::test;

namespace {

constexpr int kRuns = 50;
constexpr int kStarts = 7;
constexpr int kLatencySteps = 200;
constexpr int kLoadSeconds = 10;
constexpr int kRowMs = 50;

double processorSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// Tells when the window has painted for the first time.
class FirstPaint : public QObject {
public:
    explicit FirstPaint(std::function<void()> then) : m_then(std::move(then)) {}

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        // Posted behind the paint in progress: the frame is complete then.
        if (event->type() == QEvent::UpdateRequest || event->type() == QEvent::Paint)
            if (!std::exchange(m_told, true))
                QTimer::singleShot(0, this, m_then);
        return QObject::eventFilter(watched, event);
    }

private:
    std::function<void()> m_then;
    bool m_told = false;
};

// As runWindow() does it; prints milliseconds since `startedAt` (monotonic seconds of the parent).
int startOnce(QApplication& application, const QString& settings, double startedAt)
{
    Workplace place(settings, fakeEngine(), {});
    const Theme theme = lightTheme();
    applyTheme(application, theme);
    MainWindow window(place, theme);
    WindowWiring wiring(place, window);
    FirstPaint first([startedAt] {
        std::printf("%.1f\n", 1e3 * (monotonicSeconds() - startedAt));
        std::fflush(stdout);
        std::_Exit(0);
    });
    window.installEventFilter(&first);
    window.show();
    QTimer::singleShot(0, &wiring, [&wiring] { wiring.begin(); });
    return QApplication::exec();
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? std::nan("") : values[values.size() / 2];
}

void benchStart(const TestLibrary& library)
{
    for (int i = 0; i < kRuns; ++i)
        library.addEndedRun("run " + std::to_string(i), "normal", 300);
    auto place = library.workplace(fakeEngine()); // writes the settings
    place.reset();
    const QString settings = QString::fromStdString((library.temporary.path() / "window.ini").string());
    std::vector<double> times;
    for (int i = 0; i < kStarts; ++i) {
        QProcess child;
        child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        child.start(QCoreApplication::applicationFilePath(),
                    {QStringLiteral("--start"), settings, QString::number(monotonicSeconds(), 'f', 6)});
        child.waitForFinished();
        times.push_back(child.readAllStandardOutput().trimmed().toDouble());
    }
    std::printf("start to first frame, %d runs: median %.0f ms, best %.0f ms of %d starts (aim: 300 ms)\n",
                kRuns, median(times), *std::min_element(times.begin(), times.end()), kStarts);
}

// A live run whose engine is this process.
class OwnRun {
public:
    explicit OwnRun(const TestLibrary& library)
        : folder(library.addRun(plainConfig("bench")))
        , m_paths{folder.toStdString()}
        , m_lock(m_paths.lock())
    {
        makeFolder(m_paths.segments());
        SegmentInfo info;
        info.runId = "bench";
        info.configJson = "{}";
        m_writer = std::make_unique<RunWriter>(m_paths.segments(), info);
        JournalWriter events(m_paths.events());
        events.append(toJson(makeEvent(EventType::Start, 1, 0, {{"pid", ownPid()}, {"total_steps", 4000}})));
        events.append(toJson(makeEvent(EventType::Phase, 1, 0, {{"phase", "training"}})));
    }
    void step()
    {
        MetricsRow row;
        row.step = ++newest;
        row.seconds = static_cast<double>(newest) * kRowMs / 1000;
        const double x = static_cast<double>(newest);
        for (const Series series :
             {Series::TrainLoss, Series::LearningRate, Series::GradNorm, Series::GradCosine,
              Series::TrainedTokensPerSecond, Series::TokensPerSecond, Series::ResidentBytes,
              Series::ResidentPeakBytes})
            row.set(series, 2 + std::sin(x / 7) * std::cos(x * 3));
        m_writer->append(row);
    }

    QString folder;
    std::uint64_t newest = 0;

private:
    RunPaths m_paths;
    RunLock m_lock;
    std::unique_ptr<RunWriter> m_writer;
};

void benchLatency(OwnRun& run, PlotStack& plots)
{
    std::vector<double> delays;
    for (int i = 0; i < kLatencySteps; ++i) {
        const std::uint64_t drawn = plots.drawCount();
        const double begin = monotonicSeconds();
        run.step();
        while (monotonicSeconds() - begin < 2) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
            if (plots.columns().newest(XAxis::Step) >= static_cast<double>(run.newest) &&
                plots.drawCount() > drawn)
                break;
            QTest::qSleep(1);
        }
        delays.push_back(1e3 * (monotonicSeconds() - begin));
        QTest::qWait(30 + 7 * (i % 13)); // not in step with the reader's poll
    }
    const double worst = *std::max_element(delays.begin(), delays.end());
    std::printf("row handed to the writer to drawn plot: median %.0f ms, worst of %d %.0f ms (aim: 200 ms)\n",
                median(delays), kLatencySteps, worst);
}

double loadWhileRunning(OwnRun& run)
{
    QTest::qWait(1500); // settled
    QElapsedTimer clock;
    clock.start();
    const double before = processorSeconds();
    double writing = 0; // the rows are this process's own here, not the window's
    while (clock.elapsed() < kLoadSeconds * 1000) {
        const double mark = processorSeconds();
        run.step();
        writing += processorSeconds() - mark;
        QTest::qWait(kRowMs);
    }
    return 100 * (processorSeconds() - before - writing) / (1e-3 * static_cast<double>(clock.elapsed()));
}

void benchLive(const TestLibrary& library, QApplication& application)
{
    auto place = library.workplace(fakeEngine());
    const Theme theme = lightTheme();
    applyTheme(application, theme);
    MainWindow window(*place, theme);
    window.resize(1600, 960);
    WindowWiring wiring(*place, window);
    OwnRun run(library);
    window.show();
    wiring.begin();
    wiring.showRun(run.folder);
    for (int i = 0; i < 2000; ++i)
        run.step();
    QTest::qWait(3000);
    PlotStack& plots = window.runView().live().plots();
    benchLatency(run, plots);
    std::printf("Live page visible, 20 rows a second: %.1f %% of a core (aim: 10 %%)\n",
                loadWhileRunning(run));
    window.runView().setTab(RunView::Tab::Configuration);
    const std::uint64_t drawn = plots.drawCount();
    const double hidden = loadWhileRunning(run);
    std::printf("Live page hidden: %.1f %% of a core, drawn %llu times (aim: 0)\n", hidden,
                static_cast<unsigned long long>(plots.drawCount() - drawn));
}

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() == 4 && words.at(1) == QLatin1String("--start"))
        return startOnce(application, words.at(2), words.at(3).toDouble());
    const TestLibrary library;
    benchStart(library);
    benchLive(library, application);
    return 0;
}
