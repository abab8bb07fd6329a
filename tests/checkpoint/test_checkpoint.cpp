// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Checkpoint folders: atomic publication, manifests that notice every damage, state that survives a round
// trip.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/checkpoint/checkpoint_draft.h"
#include "core/checkpoint/checkpoint_layout.h"
#include "core/checkpoint/checkpoint_list.h"
#include "core/checkpoint/checkpoint_state.h"
#include "core/checkpoint/trainer_state.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

#include <cmath>
#include <fstream>

using namespace lens;

namespace {

void write(const std::filesystem::path& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary) << bytes;
}

std::filesystem::path publish(const std::filesystem::path& parent, std::uint64_t step,
                              const std::string& weights = "weights")
{
    CheckpointDraft draft(parent, step);
    write(draft.folder() / "adapter_model.safetensors", weights);
    write(draft.folder() / "state.json", "{}");
    draft.publish();
    return parent / checkpointName(step);
}

CheckpointState unusualState()
{
    CheckpointState state;
    state.step = 7;
    state.epoch = 1;
    state.row = 24;
    state.rows = 31;
    state.optimizerSteps = 6;
    state.skippedSteps = 1;
    state.tokens = 123456789012345ull;
    state.trainedTokens = 77;
    state.seconds = 0.1 + 0.2;
    state.bestLoss = std::nextafter(1.0, 2.0);
    state.bestStep = 4;
    state.patienceLoss = std::numeric_limits<double>::quiet_NaN();
    state.evaluationsWithoutGain = 2;
    state.lastEvaluatedStep = 6;
    state.hasGradient = true;
    state.generator = {0, 1, 254, 255, 16};
    state.loggedLossSum = 1e-300;
    state.loggedSteps = 3;
    state.settings = {{"training.learning_rate", 1e-5}};
    state.watch = {{"window", {1.5, 2.5}}};
    return state;
}

} // namespace

class TestCheckpoint : public QObject {
    Q_OBJECT
private slots:
    void namesAreStepsAndNothingElse();
    void publishedFolderIsWhole();
    void unpublishedDraftLeavesNothing();
    void publishingAgainReplaces();
    void damageIsNoticed_data();
    void damageIsNoticed();
    void latestValidSkipsDamaged();
    void unfinishedFoldersAreRemoved();
    void manifestMayNotLeaveTheFolder();
    void stateSurvivesRoundTrip();
    void wrongStateNamesEveryField();
    void trainerStateHasTheFieldsOfTransformers();
};

void TestCheckpoint::namesAreStepsAndNothingElse()
{
    QCOMPARE(checkpointName(120), std::string("checkpoint-120"));
    QCOMPARE(checkpointStep("checkpoint-120"), std::optional<std::uint64_t>(120));
    for (const char* name :
         {"checkpoint-", "checkpoint-1x", "checkpoint--1", "tmp-checkpoint-1", "checkpoint"})
        QVERIFY2(!checkpointStep(name), name);
}

void TestCheckpoint::publishedFolderIsWhole()
{
    const test::TemporaryFolder folder;
    const auto path = publish(folder.path(), 3);
    QVERIFY(verifyCheckpoint(path, Thoroughness::Checksums).empty());
    const Manifest manifest = readManifest(path);
    QCOMPARE(manifest.step, std::uint64_t(3));
    QCOMPARE(manifest.files.size(), std::size_t(2));
    QCOMPARE(manifest.files[0].name, std::string("adapter_model.safetensors"));
    QCOMPARE(manifest.files[0].bytes, std::uint64_t(7));
    QCOMPARE(manifest.files[0].crc32, 0x1ad27358u); // zlib.crc32 of Python
    QCOMPARE(manifest.files[1].crc32, 0xa3a6bf43u);
    QCOMPARE(manifest.bytes(), std::uint64_t(9));
}

void TestCheckpoint::unpublishedDraftLeavesNothing()
{
    const test::TemporaryFolder folder;
    {
        const CheckpointDraft draft(folder.path(), 3);
        write(draft.folder() / "adapter_model.safetensors", "half");
        QVERIFY(listCheckpoints(folder.path()).empty());
    }
    QVERIFY(std::filesystem::is_empty(folder.path()));
}

void TestCheckpoint::publishingAgainReplaces()
{
    const test::TemporaryFolder folder;
    publish(folder.path(), 3, "old");
    const auto path = publish(folder.path(), 3, "newer");
    QCOMPARE(readFile(path / "adapter_model.safetensors"), std::string("newer"));
    QVERIFY(verifyCheckpoint(path, Thoroughness::Checksums).empty());
    QCOMPARE(std::distance(std::filesystem::directory_iterator(folder.path()), {}), std::ptrdiff_t(1));
}

void TestCheckpoint::damageIsNoticed_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("bySize");
    QTest::newRow("truncated") << "truncated" << true;
    QTest::newRow("grown") << "grown" << true;
    QTest::newRow("missing file") << "missing" << true;
    QTest::newRow("missing manifest") << "manifest" << true;
    QTest::newRow("flipped bit") << "flipped" << false;
    QTest::newRow("other step") << "step" << true;
}

void TestCheckpoint::damageIsNoticed()
{
    QFETCH(QString, kind);
    QFETCH(bool, bySize);
    const test::TemporaryFolder folder;
    auto path = publish(folder.path(), 3);
    const auto weights = path / "adapter_model.safetensors";
    if (kind == "truncated")
        std::filesystem::resize_file(weights, 6);
    else if (kind == "grown")
        write(weights, "weights!");
    else if (kind == "missing")
        std::filesystem::remove(weights);
    else if (kind == "manifest")
        std::filesystem::remove(path / kManifest);
    else if (kind == "flipped")
        write(weights, "wfights");
    else {
        std::filesystem::rename(path, folder.path() / "checkpoint-4");
        path = folder.path() / "checkpoint-4";
    }
    QCOMPARE(verifyCheckpoint(path, Thoroughness::Sizes).empty(), !bySize);
    QVERIFY(!verifyCheckpoint(path, Thoroughness::Checksums).empty());
    QVERIFY(!latestValidCheckpoint(folder.path()));
}

void TestCheckpoint::latestValidSkipsDamaged()
{
    const test::TemporaryFolder folder;
    publish(folder.path(), 9);
    publish(folder.path(), 10);
    write(publish(folder.path(), 20) / "adapter_model.safetensors", "Weights");
    const auto entries = listCheckpoints(folder.path());
    QCOMPARE(entries.size(), std::size_t(3));
    QCOMPARE(entries[1].step, std::uint64_t(10)); // by number, not by letters
    QVERIFY(entries[2].whole);                    // sizes agree, the checksum does not
    QCOMPARE(latestValidCheckpoint(folder.path())->step, std::uint64_t(10));
    QVERIFY(!latestValidCheckpoint(folder.path() / "absent"));
}

void TestCheckpoint::unfinishedFoldersAreRemoved()
{
    const test::TemporaryFolder folder;
    publish(folder.path(), 9);
    std::filesystem::create_directory(folder.path() / ".tmp-checkpoint-10-abcd");
    write(folder.path() / ".tmp-checkpoint-10-abcd" / "x", "x");
    QCOMPARE(listCheckpoints(folder.path()).size(), std::size_t(1));
    removeUnfinishedCheckpoints(folder.path());
    QVERIFY(!std::filesystem::exists(folder.path() / ".tmp-checkpoint-10-abcd"));
    QVERIFY(std::filesystem::exists(folder.path() / "checkpoint-9"));
}

void TestCheckpoint::manifestMayNotLeaveTheFolder()
{
    const test::TemporaryFolder folder;
    const auto path = publish(folder.path(), 3);
    for (const char* name : {"../secret", "/etc/passwd", "..", "a/b", ""}) {
        Manifest manifest = readManifest(publish(folder.path(), 3));
        manifest.files[0].name = name;
        writeManifest(path, manifest);
        QVERIFY_EXCEPTION_THROWN(readManifest(path), Error);
        QVERIFY(!verifyCheckpoint(path, Thoroughness::Sizes).empty());
    }
}

void TestCheckpoint::stateSurvivesRoundTrip()
{
    const CheckpointState state = unusualState();
    const test::TemporaryFolder folder;
    writeFileAtomically(folder.path() / kCheckpointState, toJsonText(toJson(state)));
    const CheckpointState read = readCheckpointState(folder.path());
    QCOMPARE(toJsonLine(toJson(read)), toJsonLine(toJson(state)));
    QCOMPARE(read.seconds, state.seconds);
    QCOMPARE(*read.bestLoss, *state.bestLoss);
    QVERIFY(std::isnan(*read.patienceLoss));
    QCOMPARE(read.generator, state.generator);
    QCOMPARE(read.tokens, state.tokens);
    CheckpointState empty;
    QVERIFY(!checkpointStateFromJson(toJson(empty), "x").bestLoss);
}

void TestCheckpoint::wrongStateNamesEveryField()
{
    Json json = toJson(unusualState());
    json["step"] = -1;
    json["generator"] = "0g";
    json.erase("tokens");
    try {
        checkpointStateFromJson(json, "state.json");
        QFAIL("accepted");
    } catch (const Error& error) {
        QCOMPARE(error.problems().size(), std::size_t(3));
    }
}

void TestCheckpoint::trainerStateHasTheFieldsOfTransformers()
{
    // The keys of trainer_state.json of transformers 4.52, as its Trainer wrote them.
    const std::vector<std::string> expected{"best_global_step",
                                            "best_metric",
                                            "best_model_checkpoint",
                                            "epoch",
                                            "eval_steps",
                                            "global_step",
                                            "is_hyper_param_search",
                                            "is_local_process_zero",
                                            "is_world_process_zero",
                                            "log_history",
                                            "logging_steps",
                                            "max_steps",
                                            "num_input_tokens_seen",
                                            "num_train_epochs",
                                            "save_steps",
                                            "stateful_callbacks",
                                            "total_flos",
                                            "train_batch_size",
                                            "trial_name",
                                            "trial_params"};
    TrainerState state;
    state.globalStep = 5;
    state.earlyStoppingPatience = 3;
    state.logHistory.push_back({{"epoch", 0.1}, {"loss", std::nan("")}, {"step", 1}});
    const Json json = toJson(state);
    std::vector<std::string> keys;
    for (const auto& item : json.items())
        keys.push_back(item.key());
    QCOMPARE(keys, expected);
    QVERIFY(json["best_metric"].is_null());
    QVERIFY(json["stateful_callbacks"].contains("EarlyStoppingCallback"));

    const test::TemporaryFolder folder;
    writeTrainerState(folder.path(), state);
    QCOMPARE(readLogHistory(folder.path()).size(), std::size_t(1));
    QVERIFY(readLogHistory(folder.path() / "absent").empty());
}

QTEST_GUILESS_MAIN(TestCheckpoint)
#include "test_checkpoint.moc"
