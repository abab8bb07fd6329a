// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/support/test_paths.h"
#include "tests/widgets/gallery.h"
#include "tests/widgets/sample_rows.h"
#include "widgets/plots/plot_stack.h"
#include "widgets/theme/style_sheet.h"

#include <QApplication>
#include <QDir>
#include <QTest>
#include <QVBoxLayout>
#include <QWidget>

#include <limits>
#include <memory>

using namespace lens;

class TestGallery : public QObject {
    Q_OBJECT

    static void save(QWidget& widget, const QString& name)
    {
        const QString folder = QString::fromStdString((test::buildFolder() / "screenshots").string());
        QVERIFY(QDir().mkpath(folder));
        widget.show();
        QCoreApplication::processEvents();
        const QPixmap picture = widget.grab();
        QVERIFY(picture.toImage().pixelColor(2, 2).isValid());
        QVERIFY(picture.save(folder + u'/' + name + QStringLiteral(".png")));
    }

private slots:
    void controls_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void controls()
    {
        QFETCH(bool, dark);
        const Theme theme = dark ? darkTheme() : lightTheme();
        applyTheme(*qApp, theme);
        const std::unique_ptr<QWidget> gallery(test::createControlsGallery(theme));
        save(*gallery, dark ? "widgets-controls-dark" : "widgets-controls-light");
    }

    void plots_data() { controls_data(); }

    void plots()
    {
        QFETCH(bool, dark);
        const Theme theme = dark ? darkTheme() : lightTheme();
        applyTheme(*qApp, theme);
        QWidget page;
        page.setProperty("role", "page");
        page.setAttribute(Qt::WA_StyledBackground);
        page.resize(1040, 720);
        auto* layout = new QVBoxLayout(&page);
        auto* stack = new PlotStack(theme);
        stack->addLivePlots();
        layout->addWidget(stack);
        stack->setPlannedSteps(3000);
        stack->setSmoothing(0.95);
        stack->plot("gradNormPlot")->setLines({1.0});
        stack->plot("gradNormPlot")->setNote("before clipping · clip at 1.0");
        stack->plot("gradCosinePlot")->setBand(PlotBand{-0.012, 0.012});
        std::vector<MetricsRow> rows = test::sampleRows(0, 1740);
        for (std::size_t i = 1500; i < 1510; ++i) {
            rows[i].set(Series::TrainLoss, std::numeric_limits<double>::quiet_NaN());
        }
        stack->append(rows);
        MetricsBatch restart;
        restart.parts.push_back({2, 1601, true, test::sampleRows(1601, 1700), {}});
        stack->append(restart);
        std::vector<PlotEvent> events = {{PlotEvent::Kind::Evaluation, 0, "evaluation before training"},
                                         {PlotEvent::Kind::Pause, 870, "paused 4 min"},
                                         {PlotEvent::Kind::Finding, 1176, "loss spike"},
                                         {PlotEvent::Kind::Resume, 1600, "resumed"}};
        for (std::uint64_t step = 250; step <= 1500; step += 250) {
            events.push_back({PlotEvent::Kind::Checkpoint, step, "checkpoint"});
        }
        stack->addEvents(events);
        stack->goToStep(1410);
        save(page, dark ? "widgets-plots-dark" : "widgets-plots-light");
    }

    void emptyPlots()
    {
        const Theme theme = lightTheme();
        applyTheme(*qApp, theme);
        PlotStack stack(theme);
        stack.addLivePlots();
        stack.setPlannedSteps(3000);
        stack.resize(760, 560);
        save(stack, "widgets-plots-empty");
    }

    void aMillionSteps()
    {
        const Theme theme = lightTheme();
        applyTheme(*qApp, theme);
        PlotStack stack(theme);
        stack.addLivePlots();
        stack.resize(1040, 720);
        stack.append(test::sampleRows(0, 1000000, 20000));
        save(stack, "widgets-plots-million");
    }
};

QTEST_MAIN(TestGallery)
#include "test_gallery.moc"
