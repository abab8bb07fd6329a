// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "widgets/theme/format.h"

#include <QTest>

#include <limits>

using namespace lens;

class TestFormat : public QObject {
    Q_OBJECT

    const QLocale m_english = QLocale(QLocale::English, QLocale::UnitedStates);
    const QLocale m_german = QLocale(QLocale::German, QLocale::Germany);
    static constexpr double kMiB = 1024.0 * 1024.0;
    static constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

private slots:
    void counts()
    {
        QCOMPARE(formatCount(12480, m_english), QStringLiteral("12,480"));
        QCOMPARE(formatCount(12480, m_german), QStringLiteral("12.480"));
        QCOMPARE(formatCount(0, m_english), QStringLiteral("0"));
        QCOMPARE(formatLargeCount(134515008, m_english), QStringLiteral("134.5 M"));
        QCOMPARE(formatLargeCount(4880000, m_english), QStringLiteral("4.88 M"));
        QCOMPARE(formatLargeCount(999960, m_english), QStringLiteral("1.00 M"));
        QCOMPARE(formatLargeCount(7000, m_english), QStringLiteral("7,000"));
    }

    void numbersKeepTheDigitsThatMeanSomething()
    {
        QCOMPARE(formatNumber(1.16843, 4, m_english), QStringLiteral("1.168"));
        QCOMPARE(formatNumber(0.030812, 3, m_english), QStringLiteral("0.0308"));
        QCOMPARE(formatNumber(0.00002, 2, m_english), QStringLiteral("2e-05"));
        QCOMPARE(formatNumber(12345.6, 4, m_english), QStringLiteral("12,346"));
        QCOMPARE(formatNumber(0, 4, m_english), QStringLiteral("0"));
        QCOMPARE(formatNumber(-2.5, 2, m_german), QStringLiteral("-2,5"));
    }

    void whatIsNotFiniteIsSaid()
    {
        QCOMPARE(formatNumber(kNaN), QStringLiteral("NaN"));
        QCOMPARE(formatSeriesValue(Series::TrainLoss, kNaN), QStringLiteral("NaN"));
        QCOMPARE(formatSeriesValue(Series::LearningRate, kNaN), QStringLiteral("NaN"));
        QCOMPARE(formatSeriesValue(Series::GradNorm, std::numeric_limits<double>::infinity()),
                 QStringLiteral("∞"));
        QCOMPARE(formatBytes(kNaN), QStringLiteral("NaN"));
        QCOMPARE(formatDuration(kNaN), QStringLiteral("NaN"));
        QCOMPARE(formatClock(kNaN), QStringLiteral("NaN"));
    }

    void bytes()
    {
        QCOMPARE(formatBytes(888 * kMiB, m_english), QStringLiteral("888 MiB"));
        QCOMPARE(formatBytes(6.3 * 1024 * kMiB, m_english), QStringLiteral("6.3 GiB"));
        QCOMPARE(formatBytes(1023.9 * kMiB, m_english), QStringLiteral("1.0 GiB"));
        QCOMPARE(formatBytes(512, m_english), QStringLiteral("512 B"));
        QCOMPARE(formatBytes(12.34 * kMiB, m_german), QStringLiteral("12,3 MiB"));
    }

    void durations()
    {
        QCOMPARE(formatDuration(0.042, m_english), QStringLiteral("42 ms"));
        QCOMPARE(formatDuration(0.8, m_english), QStringLiteral("0.8 s"));
        QCOMPARE(formatDuration(12.3, m_english), QStringLiteral("12 s"));
        QCOMPARE(formatDuration(49 * 60 + 20, m_english), QStringLiteral("49 min"));
        QCOMPARE(formatDuration(65 * 60, m_english), QStringLiteral("1 h 05 min"));
        QCOMPARE(formatDuration(59.6 * 60, m_english), QStringLiteral("1 h 00 min"));
        QCOMPARE(formatDuration((51 * 60 + 10) * 60.0, m_english), QStringLiteral("2 d 3 h"));
    }

    void timesLeftAreARange()
    {
        QCOMPARE(formatDurationRange(49 * 60, 53 * 60, m_english), QStringLiteral("49–53 min"));
        QCOMPARE(formatDurationRange(49 * 60, 49 * 60 + 5, m_english), QStringLiteral("49 min"));
        QCOMPARE(formatDurationRange(58 * 60, 65 * 60, m_english), QStringLiteral("58 min – 1 h 05 min"));
        QCOMPARE(formatDurationRange(40, 45, m_english), QStringLiteral("40–45 s"));
        QCOMPARE(formatDurationRange(80, 130, m_english), QStringLiteral("80 s – 2 min"));
    }

    void clockProgressAndRates()
    {
        QCOMPARE(formatClock(3492.7), QStringLiteral("00:58:12"));
        QCOMPARE(formatClock(360000), QStringLiteral("100:00:00"));
        QCOMPARE(formatProgress(1740, 3000, m_english), QStringLiteral("1,740 / 3,000"));
        QCOMPARE(formatProgress(1740, 0, m_english), QStringLiteral("1,740"));
        QCOMPARE(formatRatio(0.914, m_english), QStringLiteral("91 %"));
        QCOMPARE(formatRatio(0.0363, m_english), QStringLiteral("3.6 %"));
        QCOMPARE(formatTokenRate(411.7, m_english), QStringLiteral("412 tokens/s"));
        QCOMPARE(formatLearningRate(1.97e-4), QStringLiteral("1.97e-04"));
        QCOMPARE(formatLearningRate(0), QStringLiteral("0"));
    }

    void seriesCarryTheirUnits()
    {
        QCOMPARE(formatSeriesValue(Series::TrainLoss, 1.2008, m_english), QStringLiteral("1.201"));
        QCOMPARE(formatSeriesValue(Series::ResidentBytes, 6.3 * 1024 * kMiB, m_english),
                 QStringLiteral("6.3 GiB"));
        QCOMPARE(formatSeriesValue(Series::GradCosine, 0.0795, m_english), QStringLiteral("0.0795"));
        QCOMPARE(formatSeriesValue(Series::StepSeconds, 0.8, m_english), QStringLiteral("0.8 s"));
        QCOMPARE(formatSeriesValue(Series::SkippedSteps, 3, m_english), QStringLiteral("3"));
    }
};

QTEST_MAIN(TestFormat)
#include "test_format.moc"
