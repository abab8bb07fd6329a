// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The learning rate against the closed forms of the schedules, and the step count against transformers'
// rules.
#include "core/base/error.h"
#include "core/engine/train/schedule.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace lens;

class TestSchedule : public QObject {
    Q_OBJECT
private slots:
    void warmUpStartsAtZero();
    void cosine();
    void linear();
    void constant();
    void ratesOfTransformers();
    void stepsOfARun_data();
    void stepsOfARun();
    void noRowsIsAnError();
};

void TestSchedule::warmUpStartsAtZero()
{
    for (const Schedule kind : {Schedule::Cosine, Schedule::Linear, Schedule::Constant}) {
        const LearningRateSchedule schedule{kind, 8e-4, 4, 20};
        QCOMPARE(schedule.rate(1), 0.0);
        QCOMPARE(schedule.rate(2), 2e-4);
        QCOMPARE(schedule.rate(3), 4e-4);
        QCOMPARE(schedule.rate(4), 6e-4);
        QCOMPARE(schedule.rate(5), 8e-4);
    }
    QCOMPARE((LearningRateSchedule{Schedule::Linear, 1.0, 0, 10}).rate(1), 1.0);
}

void TestSchedule::cosine()
{
    // After 4 of 20 steps: quarter, half and three quarters of the descent have exact values.
    const LearningRateSchedule schedule{Schedule::Cosine, 1.0, 4, 20};
    QVERIFY(std::abs(schedule.factor(8) - (2 + std::sqrt(2.0)) / 4) < 1e-15);
    QVERIFY(std::abs(schedule.factor(12) - 0.5) < 1e-15);
    QVERIFY(std::abs(schedule.factor(16) - (2 - std::sqrt(2.0)) / 4) < 1e-15);
    QCOMPARE(schedule.factor(20), 0.0);
    QCOMPARE(schedule.factor(25), 0.0);
}

void TestSchedule::linear()
{
    const LearningRateSchedule schedule{Schedule::Linear, 1.0, 4, 20};
    for (int step = 4; step <= 20; ++step)
        QCOMPARE(schedule.factor(step), (20 - step) / 16.0);
    QCOMPARE(schedule.factor(21), 0.0);
}

void TestSchedule::constant()
{
    const LearningRateSchedule schedule{Schedule::Constant, 3.0, 2, 10};
    QCOMPARE(schedule.rate(3), 3.0);
    QCOMPARE(schedule.rate(10), 3.0);
}

void TestSchedule::ratesOfTransformers()
{
    // learning_rate of steps 1 … 5 in a trainer_state.json of transformers 4.52 (10 steps, 2 of warm-up).
    const LearningRateSchedule schedule{Schedule::Cosine, 1e-3, 2, 10};
    const double expected[] = {0.0, 0.0005, 0.001, 0.0009619397662556434, 0.0008535533905932737};
    for (int step = 1; step <= 5; ++step)
        QCOMPARE(schedule.rate(step), expected[step - 1]);
}

void TestSchedule::stepsOfARun_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("batch");
    QTest::addColumn<int>("accumulation");
    QTest::addColumn<double>("epochs");
    QTest::addColumn<int>("maxSteps");
    QTest::addColumn<int>("perEpoch");
    QTest::addColumn<int>("total");
    QTest::addColumn<int>("warmup"); // ratio 0.1
    QTest::newRow("even") << 64 << 4 << 4 << 3.0 << 0 << 4 << 12 << 2;
    QTest::newRow("last batch smaller") << 65 << 4 << 4 << 3.0 << 0 << 5 << 15 << 2;
    QTest::newRow("last window smaller") << 72 << 4 << 4 << 1.0 << 0 << 5 << 5 << 1;
    QTest::newRow("fraction of an epoch") << 64 << 4 << 4 << 0.5 << 0 << 4 << 2 << 1;
    QTest::newRow("fraction rounds up") << 64 << 4 << 4 << 1.1 << 0 << 4 << 5 << 1;
    QTest::newRow("fewer rows than a batch") << 3 << 4 << 4 << 2.0 << 0 << 1 << 2 << 1;
    QTest::newRow("max_steps wins") << 64 << 4 << 4 << 3.0 << 30 << 4 << 30 << 3;
}

void TestSchedule::stepsOfARun()
{
    QFETCH(int, rows);
    QFETCH(int, batch);
    QFETCH(int, accumulation);
    QFETCH(double, epochs);
    QFETCH(int, maxSteps);
    TrainingSettings settings;
    settings.gradientAccumulationSteps = accumulation;
    settings.epochs = epochs;
    settings.maxSteps = maxSteps;
    settings.warmupRatio = 0.1;
    StepPlan plan = planSteps(settings, static_cast<std::size_t>(rows), static_cast<std::size_t>(batch));
    QTEST(static_cast<int>(plan.stepsPerEpoch), "perEpoch");
    QTEST(static_cast<int>(plan.totalSteps), "total");
    QTEST(static_cast<int>(plan.warmupSteps), "warmup");
    settings.warmupSteps = 7; // wins over the ratio
    plan = planSteps(settings, static_cast<std::size_t>(rows), static_cast<std::size_t>(batch));
    QCOMPARE(plan.warmupSteps, std::int64_t(7));
}

void TestSchedule::noRowsIsAnError()
{
    QVERIFY_EXCEPTION_THROWN(planSteps({}, 0, 4), Error);
}

QTEST_GUILESS_MAIN(TestSchedule)
#include "test_schedule.moc"
