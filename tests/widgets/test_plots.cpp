// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/widgets/sample_rows.h"
#include "widgets/plots/event_lane.h"
#include "widgets/plots/plot_stack.h"
#include "widgets/theme/style_sheet.h"

#include <QApplication>
#include <QImage>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <cmath>
#include <memory>

using namespace lens;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::unique_ptr<PlotStack> liveStack(bool shown = true)
{
    auto stack = std::make_unique<PlotStack>(lightTheme());
    stack->addLivePlots();
    stack->resize(1000, 700);
    if (shown) {
        stack->show();
        QCoreApplication::processEvents();
    }
    return stack;
}

int pixelsOf(const QImage& image, const QColor& colour)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            count += image.pixelColor(x, y) == colour;
        }
    }
    return count;
}

MetricsRow lossRow(std::uint64_t step, double loss)
{
    MetricsRow row;
    row.step = step;
    row.set(Series::TrainLoss, loss);
    return row;
}

void wheel(QWidget& widget, int turn, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    const QPointF at = QPointF(widget.rect().center());
    QWheelEvent event(at, widget.mapToGlobal(at), {}, QPoint(0, turn), Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&widget, &event);
}

} // namespace

class TestPlots : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, lightTheme()); }

    void emptyPlotsStand()
    {
        const auto stack = liveStack();
        QVERIFY(!stack->grab().isNull());
        QCOMPARE(stack->plot("lossPlot")->readOut(), QString());
        QCOMPARE(stack->viewLow(), 0.0);
        QVERIFY(stack->viewHigh() > 0);
        stack->clear();
        QVERIFY(!stack->grab().isNull());
    }

    void onePointAndNaNOnly()
    {
        const auto stack = liveStack();
        stack->append({lossRow(1, 2.5)});
        stack->drawNow();
        SeriesPlot* loss = stack->plot("lossPlot");
        QVERIFY(loss->yLow() < 2.5 && loss->yHigh() > 2.5);
        QVERIFY(loss->readOut().contains("2.500"));
        stack->clear();
        stack->append({lossRow(1, kNaN), lossRow(2, kNaN)});
        stack->drawNow();
        QVERIFY(std::isfinite(loss->yLow()) && loss->yHigh() > loss->yLow());
        QVERIFY(loss->readOut().contains("NaN"));
        QVERIFY(pixelsOf(loss->grab().toImage(), lightTheme().failure) > 10); // marked, not dropped
    }

    void finiteRunsHaveNoMarks()
    {
        const auto stack = liveStack();
        stack->append(test::sampleRows(0, 400));
        stack->drawNow();
        QCOMPARE(pixelsOf(stack->plot("lossPlot")->grab().toImage(), lightTheme().failure), 0);
    }

    void aTurnDrawsOnceAndHiddenNever()
    {
        const auto stack = liveStack();
        const std::uint64_t before = stack->drawCount();
        for (const MetricsRow& row : test::sampleRows(0, 50)) {
            stack->append({row});
        }
        QCOMPARE(stack->drawCount(), before);
        QCoreApplication::processEvents();
        QCOMPARE(stack->drawCount(), before + 1);

        stack->hide();
        stack->append(test::sampleRows(51, 60));
        stack->setSmoothing(0.5);
        QTest::qWait(20);
        QCOMPARE(stack->drawCount(), before + 1);
        stack->show();
        QCoreApplication::processEvents();
        QVERIFY(stack->drawCount() > before + 1);
        QVERIFY(stack->plot("lossPlot")->readOut().startsWith("step 60 "));
    }

    void plannedStepsAreTheWholeAxis()
    {
        const auto stack = liveStack();
        stack->setPlannedSteps(3000);
        stack->append(test::sampleRows(0, 1740));
        QCOMPARE(stack->viewHigh(), 3000.0);
        stack->setXAxis(XAxis::Elapsed);
        QVERIFY(std::abs(stack->viewHigh() - 3000 * 1.7) < 1e-6);
        stack->setXAxis(XAxis::Tokens);
        QVERIFY(std::abs(stack->viewHigh() - 3000.0 * 690) < 1e-3);
        stack->setPlannedSteps(1000); // fewer than are there: all is shown
        stack->setXAxis(XAxis::Step);
        QCOMPARE(stack->viewHigh(), 1740.0);
    }

    void zoomKeepsWhatIsUnderThePointer()
    {
        const auto stack = liveStack();
        stack->setPlannedSteps(1000);
        stack->append(test::sampleRows(0, 1000));
        stack->zoom(250, 0.5);
        QCOMPARE(stack->viewLow(), 125.0);
        QCOMPARE(stack->viewHigh(), 625.0);
        QVERIFY(!stack->isFollowing());
        stack->pan(100);
        QCOMPARE(stack->viewLow(), 225.0);
        stack->append(test::sampleRows(1001, 1100)); // a view the user chose stays
        QCOMPARE(stack->viewLow(), 225.0);
        for (int i = 0; i < 40; ++i) {
            stack->zoom(300, 1.3);
        }
        QCOMPARE(stack->viewLow(), 0.0);
        QCOMPARE(stack->viewHigh(), 1100.0);
        for (int i = 0; i < 400; ++i) {
            stack->zoom(300, 0.8);
        }
        QVERIFY(stack->viewHigh() > stack->viewLow());
        stack->fit();
        QCOMPARE(stack->viewHigh(), 1100.0);
    }

    void followingKeepsTheNewestInView()
    {
        const auto stack = liveStack();
        stack->append(test::sampleRows(0, 1000));
        stack->zoom(500, 0.1);
        const QSignalSpy changed(stack.get(), &PlotStack::followingChanged);
        stack->setFollowing(true);
        QCOMPARE(changed.count(), 1);
        const double length = stack->viewHigh() - stack->viewLow();
        stack->append(test::sampleRows(1001, 1500));
        QVERIFY(stack->viewLow() < 1500 && stack->viewHigh() > 1500);
        QVERIFY(std::abs(stack->viewHigh() - stack->viewLow() - length) < 1e-9);
        stack->pan(-300);
        QVERIFY(!stack->isFollowing());
    }

    void keysAndWheelMoveAllPlots()
    {
        const auto stack = liveStack();
        stack->append(test::sampleRows(0, 1000));
        SeriesPlot* norm = stack->plot("gradNormPlot");
        QTest::keyClick(norm, Qt::Key_Plus);
        QVERIFY(std::abs(stack->viewLow() - 100) < 1e-9 && std::abs(stack->viewHigh() - 900) < 1e-9);
        QTest::keyClick(norm, Qt::Key_Right);
        QVERIFY(std::abs(stack->viewLow() - 180) < 1e-9);
        QTest::keyClick(norm, Qt::Key_Left);
        QTest::keyClick(norm, Qt::Key_Minus);
        QCOMPARE(stack->viewHigh(), 1000.0);
        wheel(*norm, 120);
        QVERIFY(std::abs(stack->viewHigh() - stack->viewLow() - 1000 / 1.2) < 1e-6);
        QTest::mouseDClick(norm, Qt::LeftButton);
        QCOMPARE(stack->viewHigh(), 1000.0);
        QTest::keyClick(norm, Qt::Key_F);
        QVERIFY(stack->isFollowing());
        QVERIFY(stack->viewLow() > 500);
        QTest::keyClick(norm, Qt::Key_Home);
        QCOMPARE(stack->viewLow(), 0.0);
    }

    void shiftWheelZoomsOneY()
    {
        const auto stack = liveStack();
        stack->append(test::sampleRows(0, 1000));
        stack->drawNow();
        SeriesPlot* loss = stack->plot("lossPlot");
        SeriesPlot* norm = stack->plot("gradNormPlot");
        const double span = loss->yHigh() - loss->yLow();
        const double other = norm->yHigh();
        wheel(*loss, 120, Qt::ShiftModifier);
        stack->drawNow();
        QVERIFY(std::abs((loss->yHigh() - loss->yLow()) * 1.2 - span) < 1e-9);
        QCOMPARE(norm->yHigh(), other);
        QCOMPARE(stack->viewHigh(), 1000.0);
        QTest::mouseDClick(loss, Qt::LeftButton);
        stack->drawNow();
        QCOMPARE(loss->yHigh() - loss->yLow(), span);
    }

    void dragPans()
    {
        const auto stack = liveStack();
        stack->append(test::sampleRows(0, 1000));
        stack->zoom(500, 0.5);
        stack->drawNow();
        SeriesPlot* loss = stack->plot("lossPlot");
        const QPoint from(500, 120);
        QTest::mousePress(loss, Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, from + QPoint(100, 0), loss->mapToGlobal(from + QPoint(100, 0)),
                         Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(loss, &move);
        QTest::mouseRelease(loss, Qt::LeftButton, {}, from + QPoint(100, 0));
        QVERIFY(stack->viewLow() < 220 && stack->viewLow() > 150);
    }

    void cursorReadsAllPlots()
    {
        const auto stack = liveStack();
        stack->setPlannedSteps(3000);
        std::vector<MetricsRow> rows = test::sampleRows(0, 1740);
        stack->append(rows);
        stack->goToStep(1410);
        const MetricsRow& row = rows[1410];
        const auto text = [](double value, int decimals) { return QString::number(value, 'f', decimals); };
        const QString readOut = stack->plot("lossPlot")->readOut();
        QVERIFY2(readOut.startsWith("step 1,410 · train " + text(*row.get(Series::TrainLoss), 3)),
                 qPrintable(readOut));
        QVERIFY(readOut.contains("evaluation " +
                                 text(*rows[1250].get(Series::EvalLoss), 3))); // the last one before
        QVERIFY(readOut.endsWith("00:39:57"));
        QCOMPARE(stack->plot("gradNormPlot")->readOut(), text(*row.get(Series::GradNorm), 3));
        stack->goToStep(0); // no gradient there: nothing rather than another row's
        QCOMPARE(stack->plot("gradNormPlot")->readOut(), QString());
    }

    void lanesTellAndGo()
    {
        const auto stack = liveStack();
        stack->append(test::sampleRows(0, 1000));
        stack->addEvents({{PlotEvent::Kind::Checkpoint, 250, "checkpoint"},
                          {PlotEvent::Kind::Finding, 600, "loss spike"}});
        stack->drawNow();
        auto* lane = stack->findChild<EventLane*>("eventLane");
        const QImage picture = lane->grab().toImage();
        const QColor ink = lightTheme().attention;
        QPoint at(-1, -1);
        for (int x = 0; x < picture.width() && at.x() < 0; ++x) {
            if (picture.pixelColor(x, picture.height() / 2 + 2) == ink) {
                at = QPoint(x + 3, lane->height() / 2);
            }
        }
        QVERIFY(at.x() > 0);
        const QSignalSpy wanted(stack.get(), &PlotStack::stepRequested);
        QTest::mouseClick(lane, Qt::LeftButton, {}, at);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted.first().first().toULongLong(), 600ull);
        QTest::mouseClick(lane, Qt::LeftButton, {}, at + QPoint(60, 0));
        QCOMPARE(wanted.count(), 1);
    }

    void supersededRowsTurnGrey()
    {
        const auto stack = liveStack();
        stack->setSmoothing(0);
        stack->append(test::sampleRows(0, 1000));
        stack->drawNow();
        SeriesPlot* norm = stack->plot("gradNormPlot");
        QCOMPARE(pixelsOf(norm->grab().toImage(), lightTheme().superseded), 0);
        MetricsBatch batch;
        batch.parts.push_back({2, 501, true, test::sampleRows(501, 550), {}});
        stack->append(batch);
        stack->drawNow();
        QCOMPARE(stack->columns().newest(XAxis::Step), 550.0);
        QVERIFY(pixelsOf(norm->grab().toImage(), lightTheme().superseded) > 100);
    }

    void logarithmicAxisTakesZeroAndLess()
    {
        const auto stack = liveStack();
        SeriesPlot* loss = stack->plot("lossPlot");
        loss->setLogarithmic(true);
        stack->append({lossRow(1, 10), lossRow(2, 0), lossRow(3, -1), lossRow(4, 0.01)});
        stack->drawNow();
        QVERIFY(loss->yLow() > 0 && loss->yHigh() > 10);
        stack->append({lossRow(5, kNaN)});
        stack->clear();
        stack->append({lossRow(1, -1)});
        stack->drawNow();
        QVERIFY(loss->yLow() > 0 && std::isfinite(loss->yHigh()));
    }

    void linesAndBandsAreInView()
    {
        const auto stack = liveStack();
        stack->append(test::sampleRows(0, 1000));
        SeriesPlot* cosine = stack->plot("gradCosinePlot");
        cosine->setBand(PlotBand{-0.002, 0.9});
        SeriesPlot* norm = stack->plot("gradNormPlot");
        norm->setLines({1.0});
        stack->drawNow();
        QVERIFY(cosine->yHigh() > 0.9);
        QVERIFY(norm->yHigh() > 1.0);
        norm->setLines({1000.0}); // far away: the curve stays readable
        stack->drawNow();
        QVERIFY(norm->yHigh() < 10);
    }

    void themesChangeInPlace()
    {
        const auto stack = liveStack();
        stack->append(test::sampleRows(0, 300));
        setThemeOf(*stack, darkTheme());
        stack->drawNow();
        const QImage picture = stack->plot("lossPlot")->grab().toImage();
        QVERIFY(pixelsOf(picture, darkTheme().panel) > 10000);
        QCOMPARE(pixelsOf(picture, lightTheme().panel), 0);
    }
};

QTEST_MAIN(TestPlots)
#include "test_plots.moc"
