// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/file.h"
#include "core/config/config_parser.h"
#include "core/engine/command/arguments.h"
#include "core/engine/command/terminal_progress.h"
#include "core/engine/command/train_arguments.h"
#include "core/run/run_paths.h"
#include "core/run/run_record.h"
#include "tests/support/test_paths.h"

#include <QTest>

using namespace lens;

namespace {

Arguments trainWords(const std::vector<std::string>& words)
{
    return Arguments(knownCommand("train"), words);
}

StepProgress someStep()
{
    return {120, 400, 1.23456, 2e-4, 1234.4, 125};
}

// What a progress wrote to a plain file, and to its log.
struct Written {
    std::string out;
    std::string log;
};

template <typename Talk>
Written written(Talk talk)
{
    const test::TemporaryFolder folder;
    const auto outFile = folder.path() / "out";
    const auto logFile = folder.path() / "engine.log";
    std::FILE* out = std::fopen(outFile.c_str(), "w");
    {
        TerminalProgress progress(out, logFile);
        talk(progress);
    }
    std::fclose(out);
    return {readFile(outFile), readFile(logFile)};
}

} // namespace

class TestCommandLine : public QObject {
    Q_OBJECT

private slots:
    void wordsAreTakenApart()
    {
        const Arguments arguments = trainWords({"--set", "a=b", "c.json", "--set=x=y=z", "--dry-run"});
        QCOMPARE(arguments.positional().value(), std::string("c.json"));
        QCOMPARE(arguments.values("--set"), (std::vector<std::string>{"a=b", "x=y=z"}));
        QVERIFY(arguments.has("--dry-run") && !arguments.has("--run") && !arguments.value("--run"));
        QCOMPARE(trainWords({"--", "--odd-name"}).positional().value(), std::string("--odd-name"));
        QVERIFY(trainWords({"-h"}).helpAsked());
        QVERIFY_EXCEPTION_THROWN(trainWords({"a", "b"}), UsageError);
        QCOMPARE(trainWords({"--from", "12"}).integer("--from", 0, 0, 20), 12);
        QVERIFY_EXCEPTION_THROWN(trainWords({"--from", "12x"}).integer("--from", 0, 0, 20), UsageError);
        QVERIFY_EXCEPTION_THROWN(trainWords({"--from", "21"}).integer("--from", 0, 0, 20), UsageError);
        QVERIFY_EXCEPTION_THROWN(trainWords({"--from", "nan"}).number("--from", 0, 0, 20), UsageError);
    }

    void trainReadsItsConfiguration()
    {
        const test::TemporaryFolder folder;
        const auto file = (folder.path() / "c.json").string();
        writeFileAtomically(
            file, "{\"model\": {\"path\": \"m\", \"threads\": 3}, \"data\": {\"train_file\": \"d\"}}");
        const TrainOptions options = trainOptionsOf(trainWords({file, "--set", "r=4", "--run", "/runs/x/"}));
        QCOMPARE(options.config.adapter.r, 4);
        QCOMPARE(options.config.model.threads, 3);
        QCOMPARE(options.config.model.path, (folder.path() / "m").string());
        QCOMPARE(options.runFolder.filename().empty() ? options.runFolder.parent_path().string()
                                                      : options.runFolder.string(),
                 std::string("/runs/x"));
        QVERIFY(!options.resume && !options.dryRun);
        QVERIFY(trainOptionsOf(trainWords({file, "--dry-run"})).dryRun);
        // Every wrong --set is named, not only the first.
        try {
            trainOptionsOf(trainWords({file, "--set", "r=x", "--set", "seeed=1"}));
            QFAIL("accepted");
        } catch (const ConfigurationError& error) {
            QCOMPARE(error.problems().size(), std::size_t{2});
        }
        // A change that breaks what belongs together is refused too.
        QVERIFY_EXCEPTION_THROWN(trainOptionsOf(trainWords({file, "--set", "num_train_epochs=0"})),
                                 ConfigurationError);
    }

    void resumeKnowsWhatChanges()
    {
        const test::TemporaryFolder folder;
        RunRecord record;
        record.config = parseConfig(Json{{"model", {{"path", "/m"}}}, {"data", {{"train_file", "/d"}}}});
        writeRunRecord(RunPaths{folder.path()}.runJson(), record);
        const TrainOptions options = trainOptionsOf(
            trainWords({"--resume", folder.path().string(), "--from", "40", "--set", "learning_rate=1e-5"}));
        QVERIFY(options.resume);
        QCOMPARE(options.fromStep.value(), std::uint64_t{40});
        QCOMPARE(options.config.model.path, std::string("/m"));
        QCOMPARE(options.config.training.learningRate, 1e-5);
        QCOMPARE(options.changes.size(), std::size_t{1});
        QCOMPARE(options.changes.front().path, std::string("training.learning_rate"));
        QVERIFY(options.changes.front().before == 2e-4);
    }

    void progressIsOneReadableLine()
    {
        QCOMPARE(progressText(someStep()),
                 std::string("step 120/400  30 %  loss 1.2346  lr 2.00e-04  1234 tok/s  2 min 05 s left"));
        QCOMPARE(progressText({7, 0, NAN, NAN, NAN, NAN}), std::string("step 7"));
        QCOMPARE(progressText({7, 14, INFINITY, NAN, NAN, INFINITY}),
                 std::string("step 7/14  50 %  loss inf"));
        QCOMPARE(durationText(0.4), std::string("0 s"));
        QCOMPARE(durationText(59.6), std::string("1 min 00 s"));
        QCOMPARE(durationText(3 * 3600 + 7 * 60 + 5), std::string("3 h 07 min"));
        QCOMPARE(barText(0.5, 4), std::string("██░░"));
        QCOMPARE(barText(7, 2), std::string("██"));
    }

    void aFileGetsPlainLines()
    {
        const Written result = written([](TerminalProgress& progress) {
            progress.preparing("reading the model", 0);
            progress.preparing("reading the model", 0.5);
            for (std::uint64_t step = 1; step <= 400; ++step)
                progress.step({step, 400, 1, NAN, NAN, NAN});
            progress.note("checkpoint-400 saved");
            progress.warning("careful");
            progress.text("generated");
        });
        QVERIFY(result.out.find('\r') == std::string::npos && result.out.find('\033') == std::string::npos);
        QCOMPARE(result.out, std::string("reading the model\n"
                                         "step 1/400  0 %  loss 1.0000\n"
                                         "step 400/400  100 %  loss 1.0000\n"
                                         "checkpoint-400 saved\nwarning: careful\ngenerated"));
        QCOMPARE(result.log, result.out.substr(0, result.out.size() - std::string("generated").size()));
    }

    void aLogThatIsTheOutputIsNotWrittenTwice()
    {
        const test::TemporaryFolder folder;
        const auto logFile = folder.path() / "engine.log";
        std::FILE* out = std::fopen(logFile.c_str(), "a");
        {
            TerminalProgress progress(out, logFile);
            progress.note("once");
        }
        std::fclose(out);
        QCOMPARE(readFile(logFile), std::string("once\n"));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "test_command_line.moc"
