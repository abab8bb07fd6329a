// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "tests/widgets/sample_rows.h"
#include "widgets/plots/axis_text.h"
#include "widgets/plots/curve_points.h"
#include "widgets/plots/metric_columns.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace lens;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

MetricsRow lossRow(std::uint64_t step, double loss)
{
    MetricsRow row;
    row.step = step;
    row.seconds = static_cast<double>(step) * 2;
    row.set(Series::TrainLoss, loss);
    return row;
}

// TensorBoard's formula, written out over the whole prefix instead of incrementally.
double debiasedMean(const std::vector<double>& values, std::size_t count, double weight)
{
    double sum = 0;
    double weights = 0;
    double share = 1;
    for (std::size_t i = count; i-- > 0;) {
        if (std::isfinite(values[i])) {
            sum += share * values[i];
            weights += share;
            share *= weight;
        }
    }
    return sum / weights;
}

} // namespace

class TestColumns : public QObject {
    Q_OBJECT
private slots:
    void levelsKnowEveryRange()
    {
        std::mt19937 random(1);
        std::uniform_real_distribution<double> value(-5, 5);
        std::vector<double> values;
        MinMaxLevels levels;
        for (int i = 0; i < 5000; ++i) {
            values.push_back(i % 97 == 0 ? kNaN : value(random));
            levels.append(values.back());
        }
        for (int i = 0; i < 2000; ++i) {
            std::size_t a = random() % 5001;
            std::size_t b = random() % 5001;
            if (a > b) {
                std::swap(a, b);
            }
            double low = std::numeric_limits<double>::infinity();
            double high = -low;
            for (std::size_t k = a; k < b; ++k) {
                if (!std::isnan(values[k])) {
                    low = std::min(low, values[k]);
                    high = std::max(high, values[k]);
                }
            }
            const ValueRange range = levels.range(values, a, b);
            QCOMPARE(range.low, low);
            QCOMPARE(range.high, high);
        }
    }

    void smoothingIsDebiasedAndSkipsWhatIsNotFinite()
    {
        std::vector<double> values = {2.5, 2.0, kNaN, 3.0, std::numeric_limits<double>::infinity(), 1.0, 1.5};
        MetricColumns columns(ColumnChoice{~0ull, ~0ull, 0.9});
        for (std::size_t i = 0; i < values.size(); ++i) {
            columns.append(std::vector{lossRow(i + 1, values[i])});
        }
        const auto check = [&](double weight) {
            const std::vector<double>& smoothed = columns.live().curve(Series::TrainLoss).smoothed();
            QCOMPARE(smoothed.size(), values.size());
            for (std::size_t i = 0; i < values.size(); ++i) {
                if (std::isfinite(values[i])) {
                    QVERIFY(std::abs(smoothed[i] - debiasedMean(values, i + 1, weight)) < 1e-12);
                } else {
                    QVERIFY(std::isnan(smoothed[i]));
                }
            }
        };
        check(0.9);
        columns.setSmoothing(0.5);
        check(0.5);
        columns.setSmoothing(0);
        check(0);
        columns.setSmoothing(5);
        QCOMPARE(columns.smoothing(), 0.999);
        QCOMPARE(columns.live().curve(Series::TrainLoss).notFinite(), (std::vector<std::uint32_t>{2, 4}));
    }

    void aNewStartSupersedesTheTail()
    {
        MetricColumns columns;
        for (std::uint64_t step = 1; step <= 100; ++step) {
            columns.append(std::vector{lossRow(step, static_cast<double>(step))});
        }
        columns.supersedeFrom(81);
        QCOMPARE(columns.live().rowCount(), 80u);
        QCOMPARE(columns.superseded().size(), 1u);
        QCOMPARE(columns.superseded().front()->rowCount(), 20u);
        QCOMPARE(columns.superseded().front()->x(XAxis::Step).front(), 81.0);
        QCOMPARE(columns.superseded().front()->curve(Series::TrainLoss).values().front(), 81.0);
        columns.append(std::vector{lossRow(81, 7.0)});
        QCOMPARE(columns.newest(XAxis::Step), 81.0);
        // The smoothing goes on as if the tail had never been.
        MetricColumns plain;
        for (std::uint64_t step = 1; step <= 80; ++step) {
            plain.append(std::vector{lossRow(step, static_cast<double>(step))});
        }
        plain.append(std::vector{lossRow(81, 7.0)});
        QCOMPARE(columns.live().curve(Series::TrainLoss).smoothed().back(),
                 plain.live().curve(Series::TrainLoss).smoothed().back());
        columns.supersedeFrom(500); // nothing there
        QCOMPARE(columns.superseded().size(), 1u);
        columns.append(std::vector{lossRow(10, 1.0)}); // a step back without announcement
        QCOMPARE(columns.live().rowCount(), 10u);
        QCOMPARE(columns.superseded().size(), 2u);
    }

    void absentIsNotNaN()
    {
        MetricColumns columns;
        MetricsRow evaluation;
        evaluation.set(Series::EvalLoss, 2.47);
        columns.append(std::vector{evaluation, lossRow(1, kNaN)});
        QCOMPARE(columns.live().rowCount(), 2u);
        QCOMPARE(columns.live().curve(Series::EvalLoss).size(), 1u);
        QCOMPARE(columns.live().curve(Series::TrainLoss).size(), 1u);
        QCOMPARE(columns.live().curve(Series::TrainLoss).row(0), 1u);
        QVERIFY(std::isnan(columns.live().curve(Series::TrainLoss).values().front()));
    }

    void onlyChosenSeriesAreKept()
    {
        MetricColumns columns(ColumnChoice{1ull << static_cast<unsigned>(Series::TrainLoss), 0, 0.9});
        MetricsRow row = lossRow(1, 2);
        row.set(Series::GradNorm, 1);
        columns.append(std::vector{row});
        QCOMPARE(columns.live().curve(Series::GradNorm).size(), 0u);
        QVERIFY(columns.live().curve(Series::TrainLoss).smoothed().empty());
    }

    void aSpikeInAMillionIsDrawn()
    {
        MetricColumns columns(ColumnChoice{1ull << static_cast<unsigned>(Series::TrainLoss), 0, 0.9});
        std::vector<MetricsRow> rows;
        for (std::uint64_t step = 1; step <= 1000000; ++step) {
            rows.push_back(lossRow(step, step == 777777 ? 99.0 : 1.0 + 1e-3 * static_cast<double>(step % 7)));
        }
        columns.append(rows);
        CurvePoints points;
        addCurvePoints(points, columns.live(), Series::TrainLoss, CurveKind::Raw, XAxis::Step, 0, 1e6, 800);
        QVERIFY(points.x.size() <= 1600);
        QVERIFY(points.x.size() > 1500);
        const auto peak = std::max_element(points.y.begin(), points.y.end());
        QCOMPARE(*peak, 99.0);
        const double at = points.x[static_cast<std::size_t>(peak - points.y.begin())];
        QVERIFY(std::abs(at - 777777) <= 1e6 / 800);
        QVERIFY(std::is_sorted(points.x.begin(), points.x.end()));
        QCOMPARE(
            visibleRange(columns.live(), Series::TrainLoss, CurveKind::Raw, XAxis::Step, 777000, 778000).high,
            99.0);
        QVERIFY(visibleRange(columns.live(), Series::TrainLoss, CurveKind::Raw, XAxis::Step, 0, 777000).high <
                2);
    }

    void fewPointsAreDrawnAsTheyAre()
    {
        MetricColumns columns;
        for (std::uint64_t step = 1; step <= 10; ++step) {
            columns.append(std::vector{lossRow(step, step == 5 ? kNaN : static_cast<double>(step))});
        }
        CurvePoints points;
        addCurvePoints(points, columns.live(), Series::TrainLoss, CurveKind::Raw, XAxis::Step, 3.5, 6.5, 800);
        // One more on either side, so that the line reaches the edge; the NaN stays a gap.
        QCOMPARE(points.x, (std::vector<double>{3, 4, 5, 6, 7}));
        QVERIFY(std::isnan(points.y[2]));
        points.clear();
        addCurvePoints(points, columns.live(), Series::TrainLoss, CurveKind::Raw, XAxis::Elapsed, 0, 100,
                       800);
        QCOMPARE(points.x.back(), 20.0);
        std::vector<double> marks;
        addNotFinite(marks, columns.live(), Series::TrainLoss, XAxis::Step, 0, 10, 800);
        QCOMPARE(marks, (std::vector<double>{5}));
        points.clear();
        addCurvePoints(points, columns.live(), Series::EvalLoss, CurveKind::Raw, XAxis::Step, 0, 10, 800);
        QVERIFY(points.x.empty());
    }

    void aColumnOfNaNIsAGap()
    {
        MetricColumns columns;
        std::vector<MetricsRow> rows;
        for (std::uint64_t step = 1; step <= 10000; ++step) {
            rows.push_back(lossRow(step, step > 4000 && step <= 6000 ? kNaN : 1.0));
        }
        columns.append(rows);
        CurvePoints points;
        addCurvePoints(points, columns.live(), Series::TrainLoss, CurveKind::Raw, XAxis::Step, 0, 10000, 100);
        QVERIFY(std::count_if(points.y.begin(), points.y.end(), [](double y) { return std::isnan(y); }) >=
                19);
        std::vector<double> marks;
        addNotFinite(marks, columns.live(), Series::TrainLoss, XAxis::Step, 0, 10000, 100);
        QVERIFY(marks.size() >= 19 && marks.size() <= 21); // one a pixel column
    }

    void tickTexts()
    {
        QCOMPARE(valueTickText(2, 0.5), QStringLiteral("2.0"));
        QCOMPARE(valueTickText(0.5, 0.25), QStringLiteral("0.50"));
        QCOMPARE(valueTickText(1e-17, 0.1), QStringLiteral("0"));
        QCOMPARE(valueTickText(1.5e-4, 5e-5), QStringLiteral("1.5e-4"));
        QCOMPARE(valueTickText(2e-4, 5e-5), QStringLiteral("2e-4"));
        QCOMPARE(valueTickText(300, 50), QStringLiteral("300"));
        QCOMPARE(valueTickText(0.01, 0), QStringLiteral("0.01")); // logarithmic
        QCOMPARE(valueTickText(10, 0), QStringLiteral("10"));
        QCOMPARE(xTickText(XAxis::Step, 1500, 500), QStringLiteral("1,500"));
        QCOMPARE(xTickText(XAxis::Step, 0.5, 0.5), QString());
        QCOMPARE(xTickText(XAxis::Step, -500, 500), QString());
        QCOMPARE(xTickText(XAxis::Elapsed, 90, 30), QStringLiteral("1:30"));
        QCOMPARE(xTickText(XAxis::Elapsed, 5400, 1800), QStringLiteral("1 h 30 min"));
        QCOMPARE(xTickText(XAxis::Tokens, 1200000, 2e5), QStringLiteral("1.20 M"));
    }
};

QTEST_MAIN(TestColumns)
#include "test_columns.moc"
