// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What the plots of the Live page cost: frames a second of panning and zooming all six over a million steps
// each, and the share of a core that ten rows a second take, visible and hidden. Prints figures, judges
// nothing.
#include "tests/widgets/sample_rows.h"
#include "widgets/plots/plot_stack.h"
#include "widgets/theme/style_sheet.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace lens;

namespace {

constexpr int kFrames = 120;

// Draws, paints the widgets, and puts the picture where a window system would fetch it.
void frame(PlotStack& stack)
{
    stack.drawNow();
    stack.repaint();
    QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
}

template <class Move>
void measure(PlotStack& stack, const char* name, Move move)
{
    QElapsedTimer clock;
    clock.start();
    const std::clock_t before = std::clock();
    for (int i = 0; i < kFrames; ++i) {
        move(i);
        frame(stack);
    }
    const double seconds = double(clock.nsecsElapsed()) / 1e9;
    const double processor = double(std::clock() - before) / CLOCKS_PER_SEC;
    // On a machine that does other things too the second figure is the one that means something.
    std::printf("%-28s %7.1f frames/s, %7.1f by processor time (%.2f ms a frame)\n", name, kFrames / seconds,
                kFrames / processor, processor / kFrames * 1e3);
}

// Seconds of processor time per second while ten rows a second arrive.
double liveShare(PlotStack& stack, const std::vector<MetricsRow>& rows, std::size_t from, int count)
{
    const std::clock_t before = std::clock();
    QElapsedTimer clock;
    clock.start();
    std::size_t next = from;
    QEventLoop loop;
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        stack.append(std::vector<MetricsRow>{rows[next++]});
        if (next == from + static_cast<std::size_t>(count)) {
            loop.quit();
        }
    });
    timer.start(100);
    loop.exec();
    return double(std::clock() - before) / CLOCKS_PER_SEC / (double(clock.nsecsElapsed()) / 1e9);
}

void measureLive(PlotStack& stack, const std::vector<MetricsRow>& rows, std::size_t from)
{
    constexpr int kRows = 50;
    std::printf("%-28s %7.2f %% of a core\n", "10 rows/s, visible",
                100 * liveShare(stack, rows, from, kRows));
    stack.zoom(stack.viewHigh() * 0.9, 0.1);
    stack.setFollowing(true);
    std::printf("%-28s %7.2f %% of a core\n", "10 rows/s, zoomed, following",
                100 * liveShare(stack, rows, from + kRows, kRows));
    const std::uint64_t drawn = stack.drawCount();
    stack.hide();
    const double hidden = liveShare(stack, rows, from + 2 * kRows, kRows);
    std::printf("%-28s %7.2f %% of a core, %llu times drawn\n", "10 rows/s, hidden", 100 * hidden,
                static_cast<unsigned long long>(stack.drawCount() - drawn));
}

} // namespace

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QApplication application(argc, argv);
    const std::uint64_t steps = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1000000;
    applyTheme(application, lightTheme());
    const std::vector<MetricsRow> rows = test::sampleRows(0, steps + 200, steps / 50 + 1);
    PlotStack stack(lightTheme());
    stack.addLivePlots();
    stack.resize(1600, 960);
    stack.show();
    QCoreApplication::processEvents();

    QElapsedTimer clock;
    clock.start();
    stack.append(std::vector<MetricsRow>(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(steps)));
    std::printf("%llu steps in %zu plots, 1600x960\n", static_cast<unsigned long long>(steps),
                stack.plots().size());
    std::printf("%-28s %7.0f ms\n", "taking all rows in", double(clock.nsecsElapsed()) / 1e6);
    clock.restart();
    stack.setSmoothing(0.95);
    std::printf("%-28s %7.0f ms\n", "another smoothing weight", double(clock.nsecsElapsed()) / 1e6);
    frame(stack);

    const double full = stack.viewHigh();
    measure(stack, "the whole axis", [](int) {});
    stack.zoom(full * 0.3, 0.3);
    measure(stack, "pan over 30 % of it",
            [&](int i) { stack.pan(full * (i < kFrames / 2 ? 0.005 : -0.005)); });
    measure(stack, "zoom in and out",
            [&](int i) { stack.zoom(full * 0.4, i < kFrames / 2 ? 0.9 : 1 / 0.9); });
    stack.zoom(full * 0.4, 0.002);
    measure(stack, "pan over 600 steps", [&](int i) { stack.pan(full * (i % 2 == 0 ? 1e-5 : -5e-6)); });
    stack.fit();
    frame(stack);
    measureLive(stack, rows, static_cast<std::size_t>(steps));
    return 0;
}
