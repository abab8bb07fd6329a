// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Settings, key figures, small curves, the files a new run names, labels: values without a window.
#include "app/run/compare_job.h"
#include "app/run/engine_command.h"
#include "app/run/launch_facts.h"
#include "app/run/metrics_feed.h"
#include "app/run/run_description.h"
#include "app/run/run_figures.h"
#include "app/settings/settings.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "tests/app/app_fixture.h"

#include <QFile>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <limits>

using namespace lens;
using lens::test::TestLibrary;

class TestAppValues : public QObject {
    Q_OBJECT

private slots:
    void settingsKeepValuesByName();
    void settingsSurviveNonsense();
    void smoothedLossIsDebiased();
    void figuresComeFromTheNewestRows();
    void timeLeftIsARange();
    void curveIsThinned();
    void labelsChangeTheNameOnly();
    void dataFactsOfRows();
    void dataFactsNameTheBadFile();
    void comparisonIsRead();
    void onlyKnownWordsGoToTheEngine();
};

void TestAppValues::settingsKeepValuesByName()
{
    const test::TemporaryFolder folder;
    const QString file = QString::fromStdString((folder.path() / "a.ini").string());
    {
        Settings settings(file);
        QCOMPARE(settings.theme(), ThemeChoice::System);
        QVERIFY(settings.followNewest());
        QVERIFY(!settings.libraryFolder().isEmpty());
        QSignalSpy changed(&settings, &Settings::changed);
        settings.setTheme(ThemeChoice::Dark);
        settings.setXAxis(XAxisChoice::Tokens);
        settings.setSmoothing(0.5);
        settings.setFollowNewest(false);
        QCOMPARE(changed.count(), 4);
    }
    Settings again(file);
    QCOMPARE(again.theme(), ThemeChoice::Dark);
    QCOMPARE(again.xAxis(), XAxisChoice::Tokens);
    QCOMPARE(again.smoothing(), 0.5);
    QVERIFY(!again.followNewest());
    QCOMPARE(QSettings(file, QSettings::IniFormat).value(QStringLiteral("interface/theme")).toString(),
             QStringLiteral("dark"));
}

void TestAppValues::settingsSurviveNonsense()
{
    const test::TemporaryFolder folder;
    const QString file = QString::fromStdString((folder.path() / "a.ini").string());
    {
        QSettings raw(file, QSettings::IniFormat);
        raw.setValue(QStringLiteral("interface/theme"), QStringLiteral("purple"));
        raw.setValue(QStringLiteral("plots/smoothing"), QStringLiteral("12"));
        raw.setValue(QStringLiteral("engine/threads"), -5);
    }
    const Settings settings(file);
    QCOMPARE(settings.theme(), ThemeChoice::System);
    QVERIFY(settings.smoothing() < 1);
    QCOMPARE(settings.threads(), 0);
}

// last = w·last + (1−w)·y; out = last / (1−w^k), written out for three values.
void TestAppValues::smoothedLossIsDebiased()
{
    FiguresFold fold(0.9);
    MetricsBatch batch;
    batch.parts.emplace_back();
    const double losses[] = {2.0, std::numeric_limits<double>::quiet_NaN(), 1.0, 4.0};
    std::uint64_t step = 0;
    for (const double loss : losses) {
        MetricsRow row;
        row.step = ++step;
        row.set(Series::TrainLoss, loss);
        batch.parts.back().rows.push_back(row);
    }
    fold.add(batch);
    const double expected = (0.1 * 4 + 0.9 * 0.1 * 1 + 0.81 * 0.1 * 2) / (1 - 0.9 * 0.9 * 0.9);
    QVERIFY(std::abs(*fold.figures().smoothedLoss - expected) < 1e-12);
    QCOMPARE(fold.figures().step, std::uint64_t{4});
}

void TestAppValues::figuresComeFromTheNewestRows()
{
    FiguresFold fold(0);
    QVERIFY(!fold.figures().residentBytes);
    MetricsBatch batch;
    batch.parts.emplace_back();
    MetricsRow row;
    row.step = 1;
    row.set(Series::ResidentBytes, 10);
    row.set(Series::TokensPerSecond, 100);
    batch.parts.back().rows.push_back(row);
    row = {};
    row.step = 2;
    row.set(Series::TokensPerSecond, 200);
    row.set(Series::ResidentPeakBytes, 30);
    batch.parts.back().rows.push_back(row);
    fold.add(batch);
    QCOMPARE(*fold.figures().residentBytes, 10.0);
    QCOMPARE(*fold.figures().residentPeakBytes, 30.0);
    QCOMPARE(*fold.figures().tokensPerSecond, 150.0);
}

void TestAppValues::timeLeftIsARange()
{
    FiguresFold fold(0.9);
    QVERIFY(!fold.timeLeft(100));
    MetricsBatch batch;
    batch.parts.emplace_back();
    double seconds = 0;
    for (std::uint64_t step = 1; step <= 300; ++step) {
        MetricsRow row;
        row.step = step;
        row.seconds = seconds += step > 250 ? 2.0 : 1.0; // got slower
        batch.parts.back().rows.push_back(row);
    }
    fold.add(batch);
    const auto left = fold.timeLeft(400);
    QVERIFY(left);
    // 20 newest: 2 s a step. 200 newest: 150 of 1 s and 50 of 2 s.
    QVERIFY(std::abs(left->high - 1.03 * 200) < 1e-9);
    QVERIFY(std::abs(left->low - 0.97 * 125) < 1e-9);
    // Another engine start: its own pace counts.
    MetricsBatch next;
    next.parts.emplace_back();
    next.parts.back().newSegment = true;
    next.parts.back().firstStep = 301;
    fold.add(next);
    QVERIFY(!fold.timeLeft(400));
}

void TestAppValues::curveIsThinned()
{
    QVERIFY(thinnedCurve({}, 10).empty());
    QCOMPARE(thinnedCurve({1, 2, 3}, 10), (std::vector<float>{1, 2, 3}));
    QCOMPARE(thinnedCurve({1, 3, 5, 7}, 2), (std::vector<float>{2, 6}));
    const float nan = std::numeric_limits<float>::quiet_NaN();
    QCOMPARE(thinnedCurve({nan, nan, 5, 7}, 2), (std::vector<float>{6}));
}

void TestAppValues::labelsChangeTheNameOnly()
{
    const TestLibrary library;
    const QString run = library.addRun(test::plainConfig("first"));
    const RunPaths paths{run.toStdString()};
    QCOMPARE(readRunDescription(paths).name, QStringLiteral("first"));
    QVERIFY(readRunDescription(paths).subject().contains(QStringLiteral("SmolLM2-135M · LoRA r 16 α 32")));
    writeRunName(paths, QStringLiteral("zweiter ü"));
    writeRunTags(paths, {QStringLiteral("a"), QStringLiteral("b c")});
    const RunDescription description = readRunDescription(paths);
    QCOMPARE(description.name, QStringLiteral("zweiter ü"));
    QCOMPARE(description.tags, (QStringList{QStringLiteral("a"), QStringLiteral("b c")}));
    QCOMPARE(description.config.name, std::string("first"));
}

void TestAppValues::dataFactsOfRows()
{
    const test::TemporaryFolder folder;
    const auto write = [&](const char* name, const std::string& text) {
        writeFileAtomically(folder.path() / name, text);
        return QString::fromStdString((folder.path() / name).string());
    };
    const DataFacts lines =
        readDataFacts(write("a.jsonl", "{\"prompt\":\"a\",\"completion\":\"b\"}\n\n{\"prompt\":\"c\"}"));
    QCOMPARE(lines.rows, std::uint64_t{2});
    QCOMPARE(lines.fields, (QStringList{QStringLiteral("prompt"), QStringLiteral("completion")}));
    QCOMPARE(readDataFacts(write("a.json", " [{\"text\":\"x\"},{\"text\":\"y\"},{\"text\":\"z\"}]")).rows,
             std::uint64_t{3});
    QCOMPARE(readDataFacts(write("a.txt", "one\ntwo\n  \n")).rows, std::uint64_t{2});
    QCOMPARE(readDataFacts(write("empty.jsonl", "")).rows, std::uint64_t{0});
}

void TestAppValues::dataFactsNameTheBadFile()
{
    const test::TemporaryFolder folder;
    writeFileAtomically(folder.path() / "bad.jsonl", "{\"prompt\": \n");
    QVERIFY_EXCEPTION_THROWN(readDataFacts(QString::fromStdString((folder.path() / "bad.jsonl").string())),
                             Error);
    QVERIFY_EXCEPTION_THROWN(readDataFacts(QStringLiteral("/nowhere/rows.jsonl")), Error);
    QVERIFY_EXCEPTION_THROWN(readModelFacts(QStringLiteral("/nowhere/model")), Error);
}

void TestAppValues::comparisonIsRead()
{
    QString base;
    QString adapter;
    QVERIFY(readComparison("{\"base\":\"a\",\"adapter\":\"b\"}\n", base, adapter));
    QCOMPARE(base + adapter, QStringLiteral("ab"));
    QVERIFY(!readComparison("", base, adapter));
    QVERIFY(!readComparison("{\"base\":\"a\"}", base, adapter));
    QVERIFY(!readComparison("Killed", base, adapter));
}

void TestAppValues::onlyKnownWordsGoToTheEngine()
{
    for (const char* word : {"train", "init", "generate", "doctor"})
        QVERIFY(isEngineCommand(word));
    for (const char* word : {"", "--demo", "runs", "/data/train", "trains", "--help"})
        QVERIFY(!isEngineCommand(word));
}

QTEST_MAIN(TestAppValues)
#include "test_app_values.moc"
