// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/metrics/catalogue.h"
#include "core/metrics/decimation.h"
#include "core/metrics/metrics_row.h"
#include "core/metrics/smoothing.h"
#include "core/metrics/statistics.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <set>

using namespace lens;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool close(double a, double b, double tolerance = 1e-12)
{
    return (std::isnan(a) && std::isnan(b)) || a == b ||
           std::fabs(a - b) <= tolerance * std::max(1.0, std::fabs(b));
}

bool sameBucket(const PlotBucket& a, const PlotBucket& b)
{
    return a.xFirst == b.xFirst && a.xLast == b.xLast && close(a.low, b.low, 0) && close(a.high, b.high, 0) &&
           a.count == b.count && a.nonFinite == b.nonFinite;
}

// Straight from the definition: out_k = Σ (1−w) w^(k−i) y_i / (1 − w^k) over the finite values so far.
double smoothedByDefinition(const std::vector<double>& values, std::size_t upTo, double w)
{
    if (!std::isfinite(values[upTo]))
        return values[upTo];
    std::vector<double> finite;
    for (std::size_t i = 0; i <= upTo; ++i) {
        if (std::isfinite(values[i]))
            finite.push_back(values[i]);
    }
    double sum = 0;
    for (std::size_t i = 0; i < finite.size(); ++i)
        sum += (1 - w) * std::pow(w, static_cast<double>(finite.size() - 1 - i)) * finite[i];
    return sum / (1 - std::pow(w, static_cast<double>(finite.size())));
}

struct Curve {
    std::vector<double> x;
    std::vector<double> y;
};

// A growing curve with repeated x, NaN and infinities.
Curve makeCurve(std::size_t size, unsigned seed)
{
    Curve curve;
    std::mt19937 random(seed);
    std::normal_distribution<double> noise;
    double position = 0;
    for (std::size_t i = 0; i < size; ++i) {
        position += static_cast<double>(random() % 3);
        curve.x.push_back(position);
        curve.y.push_back(random() % 50 == 0 ? (random() % 2 ? kNan : kInfinity) : noise(random));
    }
    return curve;
}

} // namespace

class TestMetrics : public QObject {
    Q_OBJECT

private slots:
    void everySeriesIsDescribed()
    {
        std::set<std::string_view> keys;
        for (const SeriesInfo& info : seriesCatalogue()) {
            QVERIFY(keys.insert(info.key).second);
            QVERIFY(!info.title.empty() && !info.unit.empty() && info.definition.ends_with("."));
            QCOMPARE(static_cast<int>(seriesByKey(info.key).value()), static_cast<int>(info.series));
            QVERIFY(seriesInfo(info.series).key == info.key);
        }
        keys.clear();
        for (const ModuleFieldInfo& info : moduleFieldCatalogue())
            QVERIFY(keys.insert(info.key).second && !info.title.empty() && info.definition.ends_with("."));
        QVERIFY(!seriesByKey("no such series"));
        QVERIFY(seriesInfo(Series::TrainLoss).key == "train_loss");
    }

    void absentIsNotNan()
    {
        MetricsRow row;
        QVERIFY(!row.get(Series::GradCosine));
        row.set(Series::GradCosine, kNan);
        QVERIFY(std::isnan(row.get(Series::GradCosine).value()));
        QVERIFY(!row.has(Series::ClipFactor));
    }

    void smoothingFollowsItsDefinition()
    {
        const std::vector<double> values{3, 1, kNan, 4, 1, kInfinity, 5, 9, -2, 6};
        for (const double w : {0.0, 0.3, 0.6, 0.99}) {
            const std::vector<double> got = smoothed(values, w);
            for (std::size_t i = 0; i < values.size(); ++i)
                QVERIFY(close(got[i], smoothedByDefinition(values, i, w), 1e-10));
        }
    }

    void smoothingLeavesAConstantSeriesUntouched()
    {
        const std::vector<double> values(1000, 0.1);
        QCOMPARE(smoothed(values, 0.97), values);
        // A weight of 1 is brought below 1.
        QVERIFY(std::isfinite(smoothed(std::vector<double>{1, 2}, 1.0)[1]));
    }

    void orderStatistics()
    {
        QCOMPARE(median(std::vector<double>{5, kNan, 1, 3}), 3.0);
        QCOMPARE(median(std::vector<double>{4, 1, 3, 2}), 2.5);
        QVERIFY(std::isnan(median(std::vector<double>{kNan, kInfinity})));
        QVERIFY(std::isnan(median({})));
        QCOMPARE(medianAbsoluteDeviation(std::vector<double>{1, 1, 2, 2, 4, 6, 9}), 1.0);
        QCOMPARE(medianAbsoluteDeviation(std::vector<double>{2, 2, 2, 100}), 0.0);
        // numpy.quantile([1, 2, 4, 8], q)
        const std::vector<double> four{8, 1, 4, 2};
        QCOMPARE(quantile(four, 0.0), 1.0);
        QCOMPARE(quantile(four, 0.25), 1.75);
        QCOMPARE(quantile(four, 0.9), 6.8);
        QCOMPARE(quantile(four, 1.0), 8.0);
    }

    void robustZCountsSigmas()
    {
        std::mt19937 random(1);
        std::normal_distribution<double> normal(10, 2);
        std::vector<double> values(20001);
        std::generate(values.begin(), values.end(), [&] { return normal(random); });
        QVERIFY(std::fabs(robustScale(values).sigma - 2) < 0.06);
        QVERIFY(std::fabs(robustZ(16, values) - 3) < 0.15);
        const std::vector<double> flat(30, 2.0);
        QCOMPARE(robustZ(2.0, flat), 0.0);
        QCOMPARE(robustZ(2.1, flat), kInfinity);
        QVERIFY(std::isnan(robustZ(1, {})));
    }

    void slopeIgnoresOutliers()
    {
        Curve curve;
        for (int i = 0; i < 60; ++i) {
            curve.x.push_back(i);
            curve.y.push_back(i % 6 == 5 ? 1e6 : 2 - 0.5 * i);
        }
        curve.y[7] = kNan;
        QVERIFY(close(theilSenSlope(curve.x, curve.y), -0.5));
        QVERIFY(std::isnan(theilSenSlope(std::vector<double>{1, 1}, std::vector<double>{2, 3})));
    }

    void pyramidEqualsThePlainWay()
    {
        for (const std::size_t size : {0, 1, 15, 16, 17, 255, 256, 257, 4097, 70000}) {
            const Curve curve = makeCurve(size, static_cast<unsigned>(size));
            MinMaxPyramid pyramid;
            for (std::size_t i = 0; i < size; ++i)
                QVERIFY(pyramid.append(curve.x[i], curve.y[i]));
            std::mt19937 random(3);
            for (int round = 0; round < 40; ++round) {
                const double end = curve.x.empty() ? 1 : curve.x.back();
                std::uniform_real_distribution<double> anywhere(-0.1 * end, 1.1 * end);
                const double a = anywhere(random), b = anywhere(random);
                const double from = round == 0 ? 0 : std::min(a, b);
                const double to = round == 0 ? end : std::max(a, b);
                const std::size_t columns = 1 + random() % 900;
                const auto got = pyramid.query(from, to, columns);
                const auto want = decimated(curve.x, curve.y, from, to, columns);
                QCOMPARE(got.size(), want.size());
                QVERIFY(got.size() <= columns + 2);
                QVERIFY(std::equal(got.begin(), got.end(), want.begin(), sameBucket));
            }
        }
    }

    void decimationKeepsExtremesAndNan()
    {
        Curve curve;
        for (int i = 0; i < 10000; ++i) {
            curve.x.push_back(i);
            curve.y.push_back(std::sin(i * 0.01));
        }
        curve.y[5001] = 99;
        curve.y[7003] = kNan;
        const auto buckets = decimated(curve.x, curve.y, 0, 9999, 100);
        QCOMPARE(buckets.size(), 100u);
        std::uint32_t points = 0, nonFinite = 0;
        double high = -kInfinity;
        for (const PlotBucket& bucket : buckets) {
            points += bucket.count;
            nonFinite += bucket.nonFinite;
            high = std::max(high, bucket.high);
        }
        QCOMPARE(points, 10000u);
        QCOMPARE(nonFinite, 1u);
        QCOMPARE(high, 99.0);
        // A column that holds NaN alone is still there.
        const auto lone = decimated(std::vector<double>{1, 2, 3}, std::vector<double>{1, kNan, 3}, 1, 3, 3);
        QCOMPARE(lone.size(), 3u);
        QVERIFY(std::isnan(lone[1].low) && lone[1].nonFinite == 1);
    }

    void theNeighboursOfTheVisibleRangeAreThere()
    {
        const std::vector<double> x{0, 10, 20, 30}, y{1, 2, 3, 4};
        const auto buckets = decimated(x, y, 12, 25, 100);
        QCOMPARE(buckets.size(), 3u);
        QCOMPARE(buckets.front().xFirst, 10.0);
        QCOMPARE(buckets.back().xFirst, 30.0);
        QCOMPARE(decimated(x, y, 12, 13, 5).size(), 2u);
        QVERIFY(decimated(x, y, 5, 1, 5).empty());
    }

    void pyramidIsTruncated()
    {
        const Curve curve = makeCurve(5000, 5);
        MinMaxPyramid pyramid;
        for (std::size_t i = 0; i < curve.x.size(); ++i)
            pyramid.append(curve.x[i], curve.y[i]);
        for (const std::size_t size : {4999, 4096, 257, 256, 17, 16, 3, 0}) {
            pyramid.truncate(size);
            MinMaxPyramid grown = pyramid;
            const auto end = static_cast<std::ptrdiff_t>(size);
            Curve part{{curve.x.begin(), curve.x.begin() + end}, {curve.y.begin(), curve.y.begin() + end}};
            for (int i = 0; i < 300; ++i) {
                part.x.push_back(1e5 + i);
                part.y.push_back(i * 0.5);
                QVERIFY(grown.append(part.x.back(), part.y.back()));
            }
            const auto got = grown.query(0, 2e5, 333);
            const auto want = decimated(part.x, part.y, 0, 2e5, 333);
            QVERIFY(std::equal(got.begin(), got.end(), want.begin(), want.end(), sameBucket));
        }
        QCOMPARE(pyramid.size(), 0u);
    }

    void pyramidFindsPoints()
    {
        MinMaxPyramid pyramid;
        QCOMPARE(pyramid.nearest(3), 0u);
        for (const double x : {1.0, 2.0, 4.0, 4.0})
            QVERIFY(pyramid.append(x, x));
        QVERIFY(!pyramid.append(3, 0));
        QVERIFY(!pyramid.append(kNan, 0));
        QCOMPARE(pyramid.nearest(-5), 0u);
        QCOMPARE(pyramid.nearest(2.9), 1u);
        QCOMPARE(pyramid.nearest(3.1), 2u);
        QCOMPARE(pyramid.nearest(99), 3u);
        QCOMPARE(pyramid.lowerBound(2.5), 2u);
    }
};

QTEST_GUILESS_MAIN(TestMetrics)
#include "test_metrics.moc"
