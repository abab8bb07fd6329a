// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/analysis/run_watch.h"
#include "core/base/error.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace lens;

namespace {

const double kNan = std::nan("");

MetricsRow lossRow(std::uint64_t step, double loss, double gradNorm = 1)
{
    MetricsRow row;
    row.step = step;
    row.set(Series::TrainLoss, loss);
    row.set(Series::GradNorm, gradNorm);
    row.set(Series::LearningRate, 1e-4);
    return row;
}

// Feeds losses from step 1 on and collects what is found, the end of the run included.
std::vector<Finding> findingsOf(const std::vector<double>& losses)
{
    RunWatch watch;
    std::vector<Finding> all;
    for (std::size_t i = 0; i < losses.size(); ++i) {
        for (const Finding& finding : watch.add(lossRow(i + 1, losses[i])))
            all.push_back(finding);
    }
    for (const Finding& finding : watch.finish())
        all.push_back(finding);
    return all;
}

std::vector<double> noisy(std::size_t count, double level, double sigma, unsigned seed, double slope = 0)
{
    std::mt19937 random(seed);
    std::normal_distribution<double> noise(0, sigma);
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(level + slope * static_cast<double>(i) + noise(random));
    return values;
}

ModulesRow modulesRow(std::uint64_t step, const std::vector<std::pair<double, double>>& normBAndUpdate)
{
    ModulesRow row{step, 0, {}};
    for (const auto& [normB, update] : normBAndUpdate) {
        std::vector<float> fields(kModuleFieldCount, std::nanf(""));
        fields[static_cast<std::size_t>(ModuleField::NormB)] = static_cast<float>(normB);
        fields[static_cast<std::size_t>(ModuleField::UpdateRatio)] = static_cast<float>(update);
        fields[static_cast<std::size_t>(ModuleField::GradNormA)] = 0; // must never matter
        row.values.insert(row.values.end(), fields.begin(), fields.end());
    }
    return row;
}

} // namespace

class TestRunWatch : public QObject {
    Q_OBJECT

private slots:
    void aSpikeIsFoundOnce()
    {
        std::vector<double> losses = noisy(300, 2, 0.02, 1);
        losses[200] = 3.5;
        losses[201] = 3.9;
        losses[202] = 3.1;
        const auto found = findingsOf(losses);
        QCOMPARE(found.size(), 1u);
        QVERIFY(found[0].kind == FindingKind::LossSpike && found[0].severity == Severity::Attention);
        QCOMPARE(found[0].firstStep, 201u);
        QCOMPARE(found[0].lastStep, 203u);
        QCOMPARE(found[0].value, 3.9);
        // Median 2, floor of a tenth of it against six sigma of 0.02: the floor decides.
        QVERIFY(found[0].threshold > 2.15 && found[0].threshold < 2.25);
        QVERIFY(found[0].text.find("step 202") != std::string::npos);
    }

    void spikesStayOutOfTheWindow()
    {
        std::vector<double> losses = noisy(400, 2, 0.02, 2);
        for (std::size_t i = 100; i < 400; i += 3) // a third of all would move a window that kept them
            losses[i] = 5;
        const auto found = findingsOf(losses);
        QCOMPARE(found.size(), 100u);
        for (const Finding& finding : found)
            QVERIFY(finding.threshold < 2.3);
    }

    void theRelativeFloorHolds()
    {
        std::vector<double> losses = noisy(200, 2, 0.001, 3);
        losses[150] = 2.15; // far beyond six sigma, but 7.5 % above the median
        QVERIFY(findingsOf(losses).empty());
        losses[150] = 2.25;
        QCOMPARE(findingsOf(losses).size(), 1u);
    }

    void sixSigmasHold()
    {
        std::vector<double> losses = noisy(300, 2, 0.2, 4);
        losses[250] = 2.9; // 45 % above, but 4.5 sigma
        QVERIFY(findingsOf(losses).empty());
    }

    void aFlatSeriesHasNoScale()
    {
        std::vector<double> losses(200, 1.5);
        losses[100] = 1.6;
        QVERIFY(findingsOf(losses).empty());
        losses[100] = 1.7;
        QCOMPARE(findingsOf(losses).size(), 1u);
        QVERIFY(findingsOf(std::vector<double>(200, 0.0)).empty());
    }

    void fallingDriftingAndStartingAreCalm()
    {
        std::vector<double> down = noisy(200, 4, 0.05, 5);
        for (std::size_t i = 100; i < 200; ++i)
            down[i] -= 2.5; // a step down
        QVERIFY(findingsOf(down).empty());
        QVERIFY(findingsOf(noisy(3000, 1, 0.03, 6, 3e-4)).empty()); // slow drift upwards, to 1.9
        QVERIFY(findingsOf(noisy(3000, 4, 0.1, 7, -1e-3)).empty());
        QVERIFY(findingsOf({1, 50, 1, 50, 1, 50}).empty()); // fewer than 20 values
    }

    void aShiftIsToldOnceAndThenAccepted()
    {
        std::vector<double> losses = noisy(400, 2, 0.02, 8);
        for (std::size_t i = 200; i < 400; ++i)
            losses[i] += 3;
        losses[350] = 9;
        const auto found = findingsOf(losses);
        QCOMPARE(found.size(), 2u);
        QVERIFY(found[0].kind == FindingKind::LossShift);
        QCOMPARE(found[0].firstStep, 201u);
        QVERIFY(found[1].kind == FindingKind::LossSpike);
        QCOMPARE(found[1].firstStep, 351u);
    }

    void gapsAndNanAreNotSpikes()
    {
        std::vector<double> losses = noisy(200, 2, 0.02, 9);
        losses[120] = kNan;
        losses[121] = INFINITY;
        losses[160] = kNan;
        const auto found = findingsOf(losses);
        QCOMPARE(found.size(), 1u); // consecutive steps once, and not again within a hundred steps
        QVERIFY(found[0].kind == FindingKind::NonFinite && found[0].severity == Severity::Failure);
        QCOMPARE(found[0].firstStep, 121u);
        QVERIFY(std::isnan(found[0].value));
        RunWatch watch;
        MetricsRow row;
        row.step = 5; // nothing present
        QVERIFY(watch.add(row).empty());
    }

    void theTensorIsNamed()
    {
        RunWatch watch;
        MetricsRow row = lossRow(7, 2.0);
        row.set(Series::NonFiniteGradients, 12);
        const auto found = watch.add(row, "model.layers.3.q_proj.lora_B");
        QCOMPARE(found.size(), 1u);
        QCOMPARE(found[0].module, std::string("model.layers.3.q_proj.lora_B"));
        QCOMPARE(found[0].value, 12.0);
        QVERIFY(found[0].text.find("12 gradient values") != std::string::npos);
        const Json json = toJson(found[0]);
        QCOMPARE(json["kind"].get<std::string>(), std::string("non_finite"));
        QCOMPARE(json["severity"].get<std::string>(), std::string("failure"));
        QVERIFY(json["threshold"].is_null());
        QCOMPARE(json["first_step"].get<int>(), 7);
        for (const char* key : {"title", "text", "value", "last_step", "module"})
            QVERIFY(json.contains(key));
    }

    void gradientSpikesComeFirst()
    {
        RunWatch watch;
        std::vector<Finding> found;
        for (std::uint64_t step = 1; step <= 100; ++step) {
            const bool odd = step == 60;
            for (const Finding& finding :
                 watch.add(lossRow(step, odd ? 4 : 2 + 0.01 * static_cast<double>(step % 3), odd ? 9 : 1)))
                found.push_back(finding);
        }
        QCOMPARE(found.size(), 2u);
        QVERIFY(found[0].kind == FindingKind::GradientSpike);
        QVERIFY(found[1].kind == FindingKind::LossSpike);
        QCOMPARE(found[0].threshold, 1.5); // flat: half of the median above it
    }

    void modulesThatLearnAreTold()
    {
        RunWatch watch({.warmupSteps = 20, .loss = {}, .gradient = {}});
        const std::vector<std::string> names{"a", "b"};
        watch.add(lossRow(1, 2));
        QVERIFY(
            watch.addModules(modulesRow(1, {{0, 0}, {0, 0}}), names).empty()); // B is 0 at the start, always
        QVERIFY(watch.addModules(modulesRow(20, {{0, 0}, {0, 0}}), names).empty()); // warm-up
        QVERIFY(watch.addModules(modulesRow(30, {{1, 1e-5}, {2, 2e-5}}), names).empty());
        QVERIFY(watch.addModules(modulesRow(40, {{1, 1e-5}, {2, 2e-5}}), names).empty());
        const auto found = watch.addModules(modulesRow(50, {{1, 1e-5}, {2, 2e-5}}), names);
        QCOMPARE(found.size(), 1u);
        QVERIFY(found[0].kind == FindingKind::ModulesLearning && found[0].severity == Severity::Notice);
        QVERIFY(found[0].text.find("All 2") != std::string::npos);
        QVERIFY(watch.addModules(modulesRow(60, {{1, 1e-5}, {2, 2e-5}}), names).empty());
    }

    void modulesThatDoNotLearnAreTold()
    {
        RunWatch watch;
        const std::vector<std::string> names{"a", "b", "c", "d"};
        std::vector<Finding> found;
        for (std::uint64_t step = 10; step <= 60; step += 10) {
            watch.add(lossRow(step, 2));
            for (const Finding& finding : watch.addModules(
                     modulesRow(step, {{1, 1e-5}, {0, 0}, {3, 1e-5}, {2, step < 30 ? 1e-5 : 1e-9}}), names))
                found.push_back(finding);
        }
        QCOMPARE(found.size(), 2u);
        QVERIFY(found[0].kind == FindingKind::ModulesNotLearning && found[0].severity == Severity::Notice);
        QCOMPARE(found[0].module, std::string("b"));
        QCOMPARE(found[0].lastStep, 30u);
        QCOMPARE(found[1].module, std::string("d"));
        QCOMPARE(found[1].lastStep, 50u);
    }

    void aLearningRateOfZeroIsNoVerdict()
    {
        RunWatch watch;
        MetricsRow row = lossRow(100, 2);
        row.set(Series::LearningRate, 0);
        watch.add(row);
        for (std::uint64_t step = 100; step < 200; step += 10)
            QVERIFY(watch.addModules(modulesRow(step, {{1, 0}, {1, 0}}), {"a", "b"}).empty());
    }

    void overfittingIsToldWithTheBestStep()
    {
        RunWatch watch;
        std::vector<Finding> found;
        for (std::uint64_t step = 1; step <= 1000; ++step) {
            MetricsRow row = lossRow(step, 3 - 0.002 * static_cast<double>(step));
            if (step % 100 == 0) // best at 400, then 1 % up each time
                row.set(Series::EvalLoss, 2 + 0.0002 * std::fabs(static_cast<double>(step) - 400));
            for (const Finding& finding : watch.add(row))
                found.push_back(finding);
        }
        QCOMPARE(found.size(), 1u);
        QVERIFY(found[0].kind == FindingKind::Overfitting);
        // 500: +1 %, 600: +2 %, 700: +3 %, 800: +4 %: the third above 1.5 %.
        QCOMPARE(found[0].firstStep, 600u);
        QCOMPARE(found[0].lastStep, 800u);
        QVERIFY(std::fabs(found[0].threshold - 2.03) < 1e-12);
        QVERIFY(std::fabs(found[0].value - 2.08) < 1e-12);
        QVERIFY(found[0].text.find("step 400") != std::string::npos);
    }

    void risingTrainLossIsNotOverfitting()
    {
        RunWatch watch;
        for (std::uint64_t step = 1; step <= 1000; ++step) {
            const double rise = 0.0002 * std::fabs(static_cast<double>(step) - 400);
            QVERIFY(watch.add(lossRow(step, 2 + rise)).empty());
            if (step % 100 == 0)
                QVERIFY(watch.addEvaluation(step, 2 + rise).empty());
        }
    }

    void evaluationsAroundTheMinimumAreNotOverfitting()
    {
        RunWatch watch;
        for (std::uint64_t step = 1; step <= 3000; ++step) {
            watch.add(lossRow(step, 3 - 0.0005 * static_cast<double>(step)));
            if (step % 100 == 0) // up to 1.4 % above, or above only twice in a row
                QVERIFY(watch.addEvaluation(step, step % 300 == 0   ? 2
                                                  : step % 200 == 0 ? 2.02
                                                                    : 2.028)
                            .empty());
        }
    }

    void aRestoredWatchGoesOnAsIfNothingHappened()
    {
        std::vector<double> losses = noisy(600, 2, 0.02, 12);
        for (const std::size_t place : {150, 298, 299, 300, 301, 450})
            losses[place] = 4;
        losses[77] = kNan;
        const std::vector<std::string> names{"a", "b"};
        const auto feed = [&](RunWatch& watch, std::size_t i, std::string& log) {
            MetricsRow row = lossRow(i + 1, losses[i], losses[i] * 3);
            if (i % 50 == 49)
                row.set(Series::EvalLoss, 2 + 0.02 * static_cast<double>(i / 50));
            for (const Finding& finding : watch.add(row))
                log += toJsonLine(toJson(finding)) + "\n";
            if (i % 10 == 9) {
                for (const Finding& finding : watch.addModules(modulesRow(i + 1, {{1, 1e-5}, {0, 0}}), names))
                    log += toJsonLine(toJson(finding)) + "\n";
            }
        };
        RunWatch straight;
        std::string want;
        for (std::size_t i = 0; i < losses.size(); ++i)
            feed(straight, i, want);
        QVERIFY(std::count(want.begin(), want.end(), '\n') >= 8);
        for (const std::size_t cut : {1, 15, 78, 151, 300, 301, 455}) {
            std::string got;
            RunWatch first;
            for (std::size_t i = 0; i < cut; ++i)
                feed(first, i, got);
            RunWatch second;
            second.restore(parseJson(toJsonLine(first.state()), "state"));
            for (std::size_t i = cut; i < losses.size(); ++i)
                feed(second, i, got);
            QCOMPARE(got, want);
        }
    }

    void aWrongStateIsRefused()
    {
        RunWatch watch;
        QVERIFY_EXCEPTION_THROWN(watch.restore(Json::object()), Error);
    }
};

QTEST_GUILESS_MAIN(TestRunWatch)
#include "test_run_watch.moc"
