// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/file.h"
#include "core/base/install_paths.h"
#include "core/base/json.h"
#include "core/config/config_difference.h"
#include "core/config/config_parser.h"
#include "core/config/config_template.h"
#include "core/run/run_status.h"
#include "tests/support/test_paths.h"

#include <QProcess>
#include <QTest>

using namespace lens;

namespace {

struct Answer {
    int code = -1;
    QString out;
    QString err;
};

Answer runIn(const std::filesystem::path& folder, const QStringList& arguments,
             const QStringList& environment = {})
{
    QProcess process;
    process.setWorkingDirectory(QString::fromStdString(folder.string()));
    process.setEnvironment(QProcess::systemEnvironment() + environment);
    process.start(QString::fromStdString(engineProgram().string()), arguments);
    Answer answer;
    if (!process.waitForFinished(120000))
        return answer;
    answer.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    answer.out = QString::fromUtf8(process.readAllStandardOutput());
    answer.err = QString::fromUtf8(process.readAllStandardError());
    return answer;
}

Answer run(const QStringList& arguments)
{
    return runIn(std::filesystem::temp_directory_path(), arguments);
}

} // namespace

class TestEngineProgram : public QObject {
    Q_OBJECT

private slots:
    void everyCommandExplainsItself_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("init") << "init" << QStringList{"--template", "--force"};
        QTest::newRow("train") << "train" << QStringList{"--set",    "--run",  "--library",
                                                         "--resume", "--from", "--dry-run"};
        QTest::newRow("generate") << "generate"
                                  << QStringList{"--run",    "--adapter",        "--model",
                                                 "--prompt", "--max-new-tokens", "--temperature",
                                                 "--seed",   "--base-only"};
        QTest::newRow("evaluate") << "evaluate"
                                  << QStringList{"--model",  "--adapter", "--batch", "--out",    "--dtype",
                                                 "--device", "input_ids", "logits",  "token_nll"};
        QTest::newRow("tokenize") << "tokenize"
                                  << QStringList{"--model", "--no-special-tokens", "--spans", "--json"};
        QTest::newRow("export") << "export"
                                << QStringList{"--what", "--output", "--model", "--dtype", "--shard-bytes"};
        QTest::newRow("bench") << "bench"
                               << QStringList{"--preset",  "--model",   "--dtype", "--recompute",
                                              "--packing", "--lengths", "--sweep", "--compare-padded",
                                              "--monitor", "--steps",   "--json",  "smollm-135m"};
        QTest::newRow("doctor") << "doctor" << QStringList{"--json"};
    }

    void everyCommandExplainsItself()
    {
        QFETCH(QString, command);
        QFETCH(QStringList, words);
        const Answer overview = run({"--help"});
        QCOMPARE(overview.code, 0);
        QVERIFY(overview.out.contains("\n  " + command + " "));
        const Answer help = run({command, "--help"});
        QCOMPARE(help.code, 0);
        QVERIFY(help.out.startsWith("Usage: training-lens-engine " + command));
        QVERIFY(help.out.contains("Exit codes:") && help.err.isEmpty());
        for (const QString& word : words)
            QVERIFY2(help.out.contains(word), qPrintable(word));
        QCOMPARE(run({"help", command}).out, help.out);
    }

    void helpLoadsNoLibTorch()
    {
        const Answer help =
            runIn(std::filesystem::temp_directory_path(), {"train", "--help"}, {"LD_DEBUG=files"});
        QCOMPARE(help.code, 0);
        QVERIFY(help.err.contains("libc.so"));
        QVERIFY(!help.err.contains("torch") && !help.err.contains("blas") && !help.err.contains("libgomp"));
    }

    void versionIsThatOfTheProject()
    {
        QCOMPARE(run({"--version"}).out, QString("training-lens-engine %1\n").arg(LENS_VERSION));
    }

    void wrongUsageIsTwoAndOneClearLine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("line");
        QTest::newRow("command") << QStringList{"trian"} << "trian: unknown command (did you mean train?)";
        QTest::newRow("option") << QStringList{"train", "c.json", "--dryrun"}
                                << "--dryrun: unknown option (did you mean --dry-run?)";
        QTest::newRow("global option") << QStringList{"--verbose"} << "--verbose: unknown option";
        QTest::newRow("no value") << QStringList{"train", "--run"} << "--run: needs a value";
        QTest::newRow("value of a switch") << QStringList{"doctor", "--json=yes"} << "--json: takes no value";
        QTest::newRow("superfluous") << QStringList{"doctor", "now"} << "now: one argument too many";
        QTest::newRow("twice") << QStringList{"train", "c", "--run", "a", "--run", "b"}
                               << "--run: is given twice";
        QTest::newRow("no configuration") << QStringList{"train"} << "CONFIG: a configuration is needed";
        QTest::newRow("resume and run") << QStringList{"train", "--resume", "a", "--run", "b"}
                                        << "--resume: cannot be used together with --run";
        QTest::newRow("from without resume")
            << QStringList{"train", "c", "--from", "3"} << "--from: is only for --resume";
        QTest::newRow("generate what")
            << QStringList{"generate"} << "one of --run, --adapter, --model is needed";
        QTest::newRow("temperature") << QStringList{"generate", "--model", "m", "--temperature", "hot"}
                                     << "--temperature: found \"hot\", allowed a number from 0 to 10";
        QTest::newRow("template") << QStringList{"init", "--template", "basics"} << "did you mean basic?";
    }

    void wrongUsageIsTwoAndOneClearLine()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, line);
        const Answer answer = run(arguments);
        QCOMPARE(answer.code, 2);
        QVERIFY(answer.out.isEmpty());
        const QStringList lines = answer.err.split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 2);
        QVERIFY2(lines[0].contains(line), qPrintable(answer.err));
        QVERIFY(lines[1].startsWith("Try: training-lens-engine") && lines[1].endsWith("--help"));
    }

    void withoutACommandItSaysWhatThereIs()
    {
        const Answer answer = run({});
        QCOMPARE(answer.code, 2);
        QVERIFY(answer.err.contains("Commands:") && answer.out.isEmpty());
    }

    void initWritesFilesThatParse_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("basic") << "basic";
        QTest::newRow("advanced") << "advanced";
        QTest::newRow("research") << "research";
    }

    void initWritesFilesThatParse()
    {
        QFETCH(QString, name);
        const test::TemporaryFolder folder;
        const Answer answer = runIn(folder.path(), {"init", "my.json", "--template", name});
        QCOMPARE(answer.code, 0);
        const RunConfig config = readConfigFile(folder.path() / "my.json");
        QCOMPARE(config.model.path, (folder.path() / "path/to/model").string());
        RunConfig expected = templateConfig(levelByName(name.toStdString()).value());
        resolvePaths(expected, folder.path());
        QVERIFY(differences(config, expected).empty());
        const Json schema = readJsonFile(folder.path() / "training-lens.schema.json");
        QVERIFY(schema["properties"].contains("training"));
        // What is there is not written over unless asked.
        writeFileAtomically(folder.path() / "my.json", "mine");
        const Answer again = runIn(folder.path(), {"init", "my.json"});
        QCOMPARE(again.code, 1);
        QCOMPARE(readFile(folder.path() / "my.json"), std::string("mine"));
        QCOMPARE(runIn(folder.path(), {"init", "my.json", "--force"}).code, 0);
        QVERIFY(readFile(folder.path() / "my.json") != "mine");
    }

    void initFailsWhereItCannotWrite()
    {
        const test::TemporaryFolder folder;
        const Answer answer = runIn(folder.path(), {"init", "nowhere/my.json"});
        QCOMPARE(answer.code, 1);
        QVERIFY(answer.err.startsWith("error: "));
    }

    void problemsOfAConfigurationAreToldTogether()
    {
        const test::TemporaryFolder folder;
        writeFileAtomically(folder.path() / "c.json",
                            "{\"model\": {\"path\": \"m\"}, \"data\": {\"train_fil\": \"d\"},"
                            " \"training\": {\"learning_rate\": 7}}");
        const Answer answer = runIn(folder.path(), {"train", "c.json", "--run", "r"});
        QCOMPARE(answer.code, 2);
        QVERIFY(answer.err.contains("data.train_fil: unknown setting (did you mean train_file?)"));
        QVERIFY(answer.err.contains("training.learning_rate: found 7, allowed"));
        QVERIFY(answer.err.contains("data.train_file: is needed"));
        QCOMPARE(answer.err.count("error: "), 3);
        QVERIFY(!std::filesystem::exists(folder.path() / "r"));
        QCOMPARE(runIn(folder.path(), {"train", "nowhere.json"}).code, 2);
        const Answer setting = runIn(folder.path(), {"train", "c.json", "--set", "r=0"});
        QCOMPARE(setting.code, 2);
    }

    void missingFilesAreToldTogether()
    {
        const test::TemporaryFolder folder;
        writeFileAtomically(folder.path() / "c.json", "{\"model\": {\"path\": \"nowhere\"},"
                                                      " \"data\": {\"train_file\": \"nothing.jsonl\"}}");
        const Answer answer = runIn(folder.path(), {"train", "c.json", "--library", "runs"});
        QCOMPARE(answer.code, 2);
        QVERIFY(answer.err.contains("model.path: ") && answer.err.contains("is no folder"));
        QVERIFY(answer.err.contains("data.train_file: there is no such file"));
        QVERIFY(!std::filesystem::exists(folder.path() / "runs"));
    }

    void aStartThatFailsEarlyIsSeenInTheFolder()
    {
        const test::TemporaryFolder folder;
        const RunPaths run{folder.path() / "r"};
        makeFolder(run.folder);
        writeFileAtomically(run.launchConfig(), "{\"model\": {\"path\": 5}, \"data\": {}}");
        QVERIFY(readRunStatus(run).state == RunState::Queued);
        const auto start = [&] {
            return runIn(folder.path(), {"train", QString::fromStdString(run.launchConfig().string()),
                                         "--run", QString::fromStdString(run.folder.string())});
        };
        QCOMPARE(start().code, 2);
        const RunStatus status = readRunStatus(run);
        QVERIFY(status.state == RunState::Failed);
        QVERIFY(status.reason.find("model.path: found 5") != std::string::npos);
        // A run that somebody else holds is left alone.
        const RunLock lock(run.lock());
        const auto bytes = std::filesystem::file_size(run.events());
        QCOMPARE(start().code, 2);
        QCOMPARE(std::filesystem::file_size(run.events()), bytes);
    }

    void aRunThatNeverWasCannotGoOn()
    {
        const test::TemporaryFolder folder;
        const Answer answer = runIn(folder.path(), {"train", "--resume", "nothing"});
        QCOMPARE(answer.code, 1);
        QVERIFY(answer.err.contains("there is no run to go on with"));
    }

    void doctorMeasures()
    {
        const Answer answer = run({"doctor", "--json"});
        QCOMPARE(answer.code, 0);
        const Json found = parseJson(answer.out.toStdString(), "doctor");
        QVERIFY(found["speed"]["float32_gflops"].get<double>() > 0);
        QVERIFY(found["speed"]["bfloat16_gflops"].get<double>() > 0);
        QVERIFY(found["threads"].get<int>() >= 1);
        QVERIFY(found["machine"]["memory_bytes"].get<std::uint64_t>() > 0);
        QVERIFY(found["disk"]["free_bytes"].get<std::uint64_t>() > 0);
        QVERIFY(!found["versions"]["libtorch"].get<std::string>().empty());
        QVERIFY(found["warnings"].is_array());
        QVERIFY(!found["blas"]["path"].get<std::string>().empty());
    }

    void doctorUsesTheGoodBlasAndWarnsOfAnother()
    {
        const std::filesystem::path good = "/usr/lib/x86_64-linux-gnu/openblas-openmp/libblas.so.3";
        const std::filesystem::path reference = "/usr/lib/x86_64-linux-gnu/blas/libblas.so.3";
        if (!std::filesystem::exists(good) || !std::filesystem::exists(reference))
            QSKIP("not both of openblas-openmp and the reference BLAS are installed");
        const Json best = parseJson(run({"doctor", "--json"}).out.toStdString(), "doctor");
        QVERIFY(best["blas"]["fast"] == true);
        QVERIFY(best["blas"]["path"].get<std::string>().find("openblas-openmp") != std::string::npos);
        const Answer slow = runIn(std::filesystem::temp_directory_path(), {"doctor", "--json"},
                                  {"LENS_BLAS=" + QString::fromStdString(reference.string())});
        const Json worst = parseJson(slow.out.toStdString(), "doctor");
        QVERIFY(worst["blas"]["fast"] == false);
        QVERIFY(toJsonLine(worst["warnings"]).find("reference BLAS") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestEngineProgram)
#include "test_engine_program.moc"
