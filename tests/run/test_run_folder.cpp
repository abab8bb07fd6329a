// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/journal.h"
#include "core/config/config_difference.h"
#include "core/config/config_parser.h"
#include "core/protocol/event.h"
#include "core/run/retention.h"
#include "core/run/run_folder.h"
#include "core/run/run_labels.h"
#include "core/run/run_record.h"
#include "core/run/run_settings.h"
#include "core/run/run_status.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <cmath>

using namespace lens;

namespace {

RunConfig someConfig(const std::string& name = {})
{
    RunConfig config;
    config.name = name;
    config.tags = {"a", "b"};
    config.model.path = "/models/tiny-llama/";
    config.data.trainFile = "/data/rows.train.jsonl";
    return config;
}

RunRecord someRecord()
{
    RunRecord record;
    record.runId = "20261122-170512-x-3fa9";
    record.name = "x";
    record.tags = {"t"};
    record.created = "2026-11-22T17:05:12.345Z";
    record.engineVersion = "0.1.0";
    record.config = someConfig("x");
    record.model = {"/models/tiny-llama", "llama", 1234567, "bfloat16", "abc"};
    record.data.train = {"/data/t", "def"};
    record.data.evaluation = RecordedFile{"/data/e", "012"};
    record.data.format = "messages";
    record.data.trainRows = 100;
    record.data.evaluationRows = 7;
    record.data.tokens = 5000;
    record.data.trainedTokens = 3000;
    record.trainableParameters = 7808;
    record.modules = {"model.layers.0.self_attn.q_proj"};
    record.totalSteps = 77;
    record.machine = {"host", "cpu", 2, 24ull << 30, "cpu", "OpenBLAS", 2};
    return record;
}

} // namespace

class TestRunFolder : public QObject {
    Q_OBJECT

private slots:
    void aNewRunIsQueuedAndFound()
    {
        const test::TemporaryFolder library;
        const RunPaths run = createRunFolder(library.path() / "runs", someConfig());
        QVERIFY(readRunStatus(run).state == RunState::Queued);
        QVERIFY(run.folder.filename().string().find("-tiny-llama-rows.train-") != std::string::npos);
        const auto runs = listRuns(library.path() / "runs");
        QCOMPARE(runs.size(), std::size_t{1});
        QVERIFY(runs.front().folder == run.folder);
        QVERIFY(differences(readConfigFile(run.launchConfig()), parseConfig(toJson(someConfig()))).empty());
        const RunIdentity identity = readRunIdentity(run);
        QCOMPARE(identity.name, std::string("tiny-llama · rows.train"));
        QCOMPARE(identity.tags, (std::vector<std::string>{"a", "b"}));
        QCOMPARE(identity.modelName, std::string("tiny-llama"));
        QVERIFY(std::abs(unixSeconds(identity.created) - unixNow()) < 30);
        QVERIFY(identity.trouble.empty());
    }

    void aRunIsNeverWrittenOver()
    {
        const test::TemporaryFolder folder;
        const RunPaths run = prepareRunFolder(folder.path() / "r", someConfig());
        prepareRunFolder(run.folder, someConfig("again")); // queued: may still be changed
        writeFileAtomically(run.runJson(), "{}\n");
        QVERIFY_EXCEPTION_THROWN(prepareRunFolder(run.folder, someConfig()), Error);
    }

    void otherFoldersAreNoRuns()
    {
        const test::TemporaryFolder library;
        makeFolder(library.path() / "model");
        writeFileAtomically(library.path() / "model/config.json", "{\"model_type\": \"llama\"}");
        makeFolder(library.path() / "empty");
        makeFolder(library.path() / "broken");
        writeFileAtomically(library.path() / "broken/config.json", "{");
        writeFileAtomically(library.path() / "file", "");
        QVERIFY(listRuns(library.path()).empty());
        QVERIFY(listRuns(library.path() / "nowhere").empty());
    }

    void theNewestComesFirst()
    {
        const test::TemporaryFolder library;
        for (const char* name : {"20260101-a", "20260301-b", "20260201-c"})
            prepareRunFolder(library.path() / name, someConfig());
        const auto runs = listRuns(library.path());
        QCOMPARE(runs.size(), std::size_t{3});
        QCOMPARE(runs[0].folder.filename().string(), std::string("20260301-b"));
        QCOMPARE(runs[2].folder.filename().string(), std::string("20260101-a"));
    }

    void theRecordRoundTrips()
    {
        const test::TemporaryFolder folder;
        const RunPaths run{folder.path()};
        QVERIFY(!readRunRecord(run.runJson()));
        writeRunRecord(run.runJson(), someRecord());
        const RunRecord read = readRunRecord(run.runJson()).value();
        QVERIFY(toJson(read) == toJson(someRecord()));
        QCOMPARE(read.machine.memoryBytes, 24ull << 30);
        QCOMPARE(read.data.evaluation->path, std::string("/data/e"));
        QVERIFY(readRunIdentity(run).totalSteps == 77);
    }

    void aStrangeRecordIsReadAsFarAsItGoes()
    {
        Json json = toJson(someRecord());
        json["schema"] = 9;
        json["data"]["tokens"] = "many";
        json["machine"] = 5;
        json["config"]["adapter"]["holography"] = true;
        json["config"]["adapter"]["r"] = 8;
        json["data"]["evaluation"] = nullptr;
        const RunRecord read = runRecordFromJson(json);
        QCOMPARE(read.schema, 9);
        QCOMPARE(read.data.tokens, std::uint64_t{0});
        QCOMPARE(read.data.trainedTokens, std::uint64_t{3000});
        QCOMPARE(read.config.adapter.r, 8);
        QVERIFY(!read.data.evaluation);
        QVERIFY(read.machine.host.empty());
        QCOMPARE(runRecordFromJson(Json::array()).trainableParameters, 0);
    }

    void labelsWinOverTheRecord()
    {
        const test::TemporaryFolder folder;
        const RunPaths run{folder.path()};
        writeRunRecord(run.runJson(), someRecord());
        QCOMPARE(readRunIdentity(run).name, std::string("x"));
        writeRunLabels(run, {"better", std::nullopt});
        QCOMPARE(readRunIdentity(run).name, std::string("better"));
        QCOMPARE(readRunIdentity(run).tags, std::vector<std::string>{"t"});
        writeRunLabels(run, {std::nullopt, std::vector<std::string>{}});
        QCOMPARE(readRunIdentity(run).name, std::string("x"));
        QVERIFY(readRunIdentity(run).tags.empty());
        writeFileAtomically(run.labels(), "{ broken");
        QCOMPARE(readRunIdentity(run).name, std::string("x"));
    }

    void whatCannotBeReadIsTold()
    {
        const test::TemporaryFolder folder;
        const RunPaths run{folder.path() / "run-7"};
        makeFolder(run.folder);
        writeFileAtomically(run.runJson(), "{ broken");
        const RunIdentity identity = readRunIdentity(run);
        QCOMPARE(identity.name, std::string("run-7"));
        QVERIFY(!identity.trouble.empty());
    }

    void whatTheUserSaidLastStands()
    {
        const test::TemporaryFolder folder;
        const RunPaths run{folder.path()};
        const RunConfig recorded = someConfig();
        QVERIFY(differences(recorded, currentConfig(run, recorded)).empty());
        const auto say = [&](EventType type, int segment, Json fields) {
            JournalWriter(run.events())
                .append(toJson(makeEvent(type, static_cast<std::uint64_t>(segment), 5, fields)));
        };
        const auto changed = [](const char* path, const Json& after) {
            return Json{{"path", path}, {"before", 0}, {"after", after}};
        };
        say(EventType::Start, 1, {{"changes", Json::array()}});
        say(EventType::Setting, 1, {{"key", "training.learning_rate"}, {"old", 2e-4}, {"new", 1e-5}});
        QCOMPARE(currentConfig(run, recorded).training.learningRate, 1e-5);
        say(EventType::Start, 2,
            {{"changes",
              {changed("training.max_steps", 14), changed("engine_version", "9"),
               changed("training.learning_rate", 1e-5), changed("adapter.r", "x"), 7}}});
        QCOMPARE(currentConfig(run, recorded).training.maxSteps, 14);
        QCOMPARE(currentConfig(run, recorded).training.learningRate, 1e-5);
        QCOMPARE(currentConfig(run, recorded).adapter.r, recorded.adapter.r);
        say(EventType::Start, 3, {{"changes", Json::array()}});
        QVERIFY(differences(recorded, currentConfig(run, recorded)).empty());
    }

    void oldCheckpointsHaveHadTheirTime()
    {
        using Steps = std::vector<std::uint64_t>;
        QCOMPARE(checkpointsToRemove({400, 100, 300, 200}, 2, std::nullopt), (Steps{100, 200}));
        QCOMPARE(checkpointsToRemove({400, 100, 300, 200}, 2, 100), (Steps{200}));
        QCOMPARE(checkpointsToRemove({400, 100, 300, 200}, 2, 400), (Steps{100, 200}));
        QCOMPARE(checkpointsToRemove({400, 100, 300, 200}, 1, 300, {100}), (Steps{200}));
        QCOMPARE(checkpointsToRemove({400, 100}, 0, std::nullopt), Steps{});
        QCOMPARE(checkpointsToRemove({400, 100}, 5, std::nullopt), Steps{});
        QCOMPARE(checkpointsToRemove({}, 1, 7), Steps{});
    }
};

QTEST_GUILESS_MAIN(TestRunFolder)
#include "test_run_folder.moc"
