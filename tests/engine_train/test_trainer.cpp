// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What a run does besides its steps: accumulation, early stopping, non-finite numbers, retention, dry run,
// the numbers of modules.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/checkpoint/checkpoint_list.h"
#include "core/checkpoint/checkpoint_state.h"
#include "core/checkpoint/manifest.h"
#include "core/engine/train/device_memory.h"
#include "core/safetensors/safetensors.h"
#include "tests/engine_train/training_run.h"
#include "tests/support/test_paths.h"

#include <ATen/Functions.h>

#include <QtTest/QtTest>

#include <cmath>
#include <cstring>

using namespace lens;

namespace {

RunConfig llamaConfig()
{
    return test::goldenConfig(test::dataFolder() / "models/llama");
}

// A copy of the tiny llama in which one weight is NaN.
std::filesystem::path brokenModel(const std::filesystem::path& folder)
{
    const auto copy = folder / "llama";
    std::filesystem::copy(test::dataFolder() / "models/llama", copy,
                          std::filesystem::copy_options::recursive);
    const SafetensorsFile file(test::dataFolder() / "models/llama/model.safetensors");
    std::vector<TensorToWrite> tensors;
    std::vector<float> broken(64, std::numeric_limits<float>::quiet_NaN());
    for (const auto& [name, entry] : file.tensors()) {
        TensorToWrite tensor{name, entry.type, entry.shape, entry.bytes};
        if (name == "model.norm.weight")
            tensor.bytes = std::as_bytes(std::span(broken));
        tensors.push_back(tensor);
    }
    writeSafetensors(copy / "model.safetensors", tensors);
    return copy;
}

} // namespace

class TestTrainer : public QObject {
    Q_OBJECT
private slots:
    void windowsAreInvariant();
    void evaluationIsWeightedByTokens();
    void earlyStopping();
    void nonFiniteStops();
    void nonFiniteIsSkipped();
    void nonFiniteInTheMiddleKeepsTheStateBefore();
    void retentionKeepsLastAndBest();
    void checkpointHoldsEverything();
    void moduleNumbersAreThoseOfDenseMatrices();
    void dryRunWritesNothing();
    void allWeights();
    void emptyFolderOfCheckpoints();
    void outOfMemoryIsRecognised();
};

void TestTrainer::windowsAreInvariant()
{
    const test::TemporaryFolder folder;
    // The same 16 rows a step as 8 windows of 2 and as one window of 8 batches … by rows of plain data.
    RunConfig config = llamaConfig();
    config.training.gradientAccumulationSteps = 20; // one step holds all 40 rows
    test::ListeningSink sink;
    QCOMPARE(test::train(config, folder.path() / "a", sink), 0);
    const MetricsRow a = test::rowsOf(folder.path() / "a").at(1);

    // All rows in one fixed batch.
    const SafetensorsFile file(test::dataFolder() / "models/llama/train_batches.safetensors");
    std::vector<TensorToWrite> tensors;
    for (const auto& [name, entry] : file.tensors())
        tensors.push_back({name, entry.type, {1, 40, 24}, entry.bytes});
    writeSafetensors(folder.path() / "one.safetensors", tensors);
    config.data.trainFile = folder.path() / "one.safetensors";
    config.training.gradientAccumulationSteps = 1;
    QCOMPARE(test::train(config, folder.path() / "b", sink), 0);
    const MetricsRow b = test::rowsOf(folder.path() / "b").at(1);
    QCOMPARE(*a.get(Series::TrainedTokens), *b.get(Series::TrainedTokens));
    QVERIFY(std::abs(*a.get(Series::TrainLoss) / *b.get(Series::TrainLoss) - 1) < 3e-6);
    QVERIFY(std::abs(*a.get(Series::GradNorm) / *b.get(Series::GradNorm) - 1) < 5e-6);
}

void TestTrainer::evaluationIsWeightedByTokens()
{
    // The evaluation rows of one run are the training rows of another, whose loss at learning rate 0 is
    // known.
    const test::TemporaryFolder folder;
    RunConfig config = llamaConfig();
    config.data.evalFile = config.data.trainFile;
    config.evaluation.batchSize = 3;
    config.evaluation.evalSteps = 0;
    config.training.gradientAccumulationSteps = 20;
    test::ListeningSink sink;
    QCOMPARE(test::train(config, folder.path() / "run", sink), 0);
    const auto rows = test::rowsOf(folder.path() / "run");
    QVERIFY(std::abs(*rows.at(0).get(Series::EvalLoss) / *rows.at(1).get(Series::TrainLoss) - 1) < 1e-6);
    QVERIFY(rows.at(1).has(Series::EvalLoss)); // at the end
    const auto events = test::eventsOf(folder.path() / "run", "evaluation");
    QCOMPARE(events.size(), std::size_t(2));
    QCOMPARE(events[0]["step"].get<int>(), 0);
    QCOMPARE(events[0]["best"].get<bool>(), true);
}

void TestTrainer::earlyStopping()
{
    const test::TemporaryFolder folder;
    RunConfig config = llamaConfig();
    config.data.evalSplit = 0.2;
    config.training.learningRate = 0.3; // ruins the model
    config.training.epochs = 4;
    config.evaluation.evalSteps = 2;
    config.evaluation.earlyStoppingPatience = 2;
    test::ListeningSink sink;
    QCOMPARE(test::train(config, folder.path() / "run", sink), 0);
    const Json end = test::eventsOf(folder.path() / "run", "end").back();
    QCOMPARE(end["state"].get<std::string>(), std::string("finished"));
    QVERIFY(end["reason"].get<std::string>().starts_with("early stopping"));
    const auto evaluations = test::eventsOf(folder.path() / "run", "evaluation");
    // The stop comes with the second evaluation in a row without gain, and with a checkpoint.
    double least = std::numeric_limits<double>::infinity();
    int without = 0;
    for (const Json& event : evaluations) {
        QVERIFY(without < 2);
        without = event["loss"].get<double>() < least ? 0 : without + 1;
        least = std::min(least, event["loss"].get<double>());
    }
    QCOMPARE(without, 2);
    const auto step = evaluations.back()["step"].get<std::uint64_t>();
    QVERIFY(step < 32);
    QVERIFY(
        verifyCheckpoint(RunPaths{folder.path() / "run"}.checkpoint(step), Thoroughness::Checksums).empty());
}

void TestTrainer::nonFiniteStops()
{
    const test::TemporaryFolder folder;
    const auto run = folder.path() / "run";
    test::ListeningSink sink;
    QVERIFY_EXCEPTION_THROWN(test::train(test::goldenConfig(brokenModel(folder.path())), run, sink), Error);
    const Json end = test::eventsOf(run, "end").back();
    QCOMPARE(end["state"].get<std::string>(), std::string("failed"));
    QVERIFY(end["reason"].get<std::string>().find("step 1") != std::string::npos);
    QVERIFY(end["reason"].get<std::string>().find("lora_") != std::string::npos); // which tensor
    const auto rows = test::rowsOf(run);
    QVERIFY(rows.at(1).has(Series::TrainLoss) && std::isnan(*rows.at(1).get(Series::TrainLoss)));
    QVERIFY(*rows.at(1).get(Series::NonFiniteGradients) > 0);
    // The state before the bad step: the weights are those of the start.
    const auto saved = RunPaths{run}.checkpoint(0);
    QVERIFY(verifyCheckpoint(saved, Thoroughness::Checksums).empty());
    QCOMPARE(test::largestDifference(saved / "adapter_model.safetensors",
                                     test::dataFolder() / "models/llama/lora/adapter_model.safetensors", ""),
             0.0);
}

void TestTrainer::nonFiniteIsSkipped()
{
    const test::TemporaryFolder folder;
    const auto run = folder.path() / "run";
    RunConfig config = test::goldenConfig(brokenModel(folder.path()));
    config.training.onNonFinite = OnNonFinite::Skip;
    test::ListeningSink sink;
    QCOMPARE(test::train(config, run, sink), 0);
    QCOMPARE(*test::rowsOf(run).at(10).get(Series::SkippedSteps), 10.0);
    const CheckpointState state = readCheckpointState(RunPaths{run}.checkpoint(10));
    QCOMPARE(state.skippedSteps, std::uint64_t(10));
    QCOMPARE(state.optimizerSteps, std::uint64_t(0));
    QVERIFY(!state.hasGradient);
    QCOMPARE(test::largestDifference(RunPaths{run}.checkpoint(10) / "adapter_model.safetensors",
                                     test::dataFolder() / "models/llama/lora/adapter_model.safetensors", ""),
             0.0);
}

void TestTrainer::nonFiniteInTheMiddleKeepsTheStateBefore()
{
    const test::TemporaryFolder folder;
    const auto run = folder.path() / "run";
    RunConfig config = llamaConfig();
    config.training.learningRate = 1e30; // the first step uses 0, the second ruins everything
    config.training.maxGradNorm = 0;
    config.checkpoints.saveSteps = 0;
    test::ListeningSink sink;
    QVERIFY_EXCEPTION_THROWN(test::train(config, run, sink), Error);
    const auto entries = listCheckpoints(RunPaths{run}.checkpoints());
    QCOMPARE(entries.size(), std::size_t(1));
    const std::uint64_t step = entries[0].step;
    QCOMPARE(step, std::uint64_t(2));
    const CheckpointState state = readCheckpointState(entries[0].folder);
    QCOMPARE(state.row,
             std::uint64_t(8)); // two steps of two batches of two rows: the bad window is yet to come
    QVERIFY(state.hasGradient);
    for (const double value :
         test::tensorOf(entries[0].folder / "gradient.safetensors",
                        "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight"))
        QVERIFY(std::isfinite(value));
}

void TestTrainer::retentionKeepsLastAndBest()
{
    const test::TemporaryFolder folder;
    const auto run = folder.path() / "run";
    RunConfig config = llamaConfig();
    config.data.evalSplit = 0.2;        // 8 steps
    config.training.learningRate = 0.3; // soon ruins the model
    config.training.warmupSteps = 1;
    config.evaluation.evalSteps = 1;
    config.checkpoints.saveSteps = 1;
    config.checkpoints.saveTotalLimit = 2;
    test::ListeningSink sink;
    QCOMPARE(test::train(config, run, sink), 0);
    std::vector<std::uint64_t> steps;
    for (const CheckpointEntry& entry : listCheckpoints(RunPaths{run}.checkpoints()))
        steps.push_back(entry.step);
    std::uint64_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (const Json& event : test::eventsOf(run, "evaluation")) {
        if (event["step"].get<int>() > 0 && event["loss"].get<double>() < least) {
            least = event["loss"].get<double>();
            best = event["step"].get<std::uint64_t>();
        }
    }
    QVERIFY(best < 7); // else this test shows nothing
    QCOMPARE(steps, (std::vector<std::uint64_t>{best, 7, 8}));
    QCOMPARE(test::eventsOf(run, "checkpoint_removed").size(), std::size_t(5));
}

void TestTrainer::checkpointHoldsEverything()
{
    const test::TemporaryFolder folder;
    const auto run = folder.path() / "run";
    test::ListeningSink sink;
    QCOMPARE(test::train(llamaConfig(), run, sink), 0);
    const auto checkpoint = RunPaths{run}.checkpoint(10);
    for (const char* file : {"adapter_model.safetensors", "adapter_config.json", "trainer_state.json",
                             "optimizer.safetensors", "gradient.safetensors", "state.json", "manifest.json"})
        QVERIFY2(std::filesystem::exists(checkpoint / file), file);
    const Json config = readJsonFile(checkpoint / "adapter_config.json");
    QCOMPARE(config["peft_type"].get<std::string>(), std::string("LORA"));
    QCOMPARE(config["r"].get<int>(), 4);
    const Json event = test::eventsOf(run, "checkpoint").back();
    QCOMPARE(event["path"].get<std::string>(), std::string("checkpoints/checkpoint-10"));
    QCOMPARE(event["reason"].get<std::string>(), std::string("end"));
    QCOMPARE(event["bytes"].get<std::uint64_t>(), readManifest(checkpoint).bytes());
    QVERIFY(test::eventsOf(run, "end").back()["seconds"].get<double>() > 0);
}

void TestTrainer::moduleNumbersAreThoseOfDenseMatrices()
{
    const test::TemporaryFolder folder;
    const auto run = folder.path() / "run";
    RunConfig config = llamaConfig();
    config.monitor.modulesEverySteps = 1;
    config.checkpoints.saveSteps = 1;
    test::ListeningSink sink;
    QCOMPARE(test::train(config, run, sink), 0);
    const auto rows = test::moduleRowsOf(run);
    QCOMPARE(rows.size(), std::size_t(10));
    const std::string key = "base_model.model.model.layers.0.mlp.down_proj.";
    const auto dense = [&](int step) {
        const auto file =
            RunPaths{run}.checkpoint(static_cast<std::uint64_t>(step)) / "adapter_model.safetensors";
        const std::vector<double> a = test::tensorOf(file, key + "lora_A.weight"); // (4, 112)
        const std::vector<double> b = test::tensorOf(file, key + "lora_B.weight"); // (64, 4)
        std::vector<double> product(64 * 112);
        for (std::size_t i = 0; i < 64; ++i)
            for (std::size_t j = 0; j < 112; ++j)
                for (std::size_t k = 0; k < 4; ++k)
                    product[i * 112 + j] += 2 * b[i * 4 + k] * a[k * 112 + j]; // s = 8 / 4
        return product;
    };
    const auto norm = [](const std::vector<double>& values) {
        double sum = 0;
        for (const double value : values)
            sum += value * value;
        return std::sqrt(sum);
    };
    // Modules are sorted by path: layer 0's mlp.down_proj is the first.
    const auto value = [&](std::uint64_t step, ModuleField field) {
        return static_cast<double>(rows.at(step).values[static_cast<std::size_t>(field)]);
    };
    const std::vector<double> before = dense(4);
    std::vector<double> after = dense(5);
    QVERIFY(std::abs(value(5, ModuleField::NormDelta) / norm(after) - 1) < 1e-6);
    for (std::size_t i = 0; i < after.size(); ++i)
        after[i] -= before[i];
    const double base = norm(test::tensorOf(test::dataFolder() / "models/llama/model.safetensors",
                                            "model.layers.0.mlp.down_proj.weight"));
    QVERIFY(std::abs(value(5, ModuleField::UpdateRatio) / (norm(after) / base) - 1) < 1e-4);

    const auto gradients = [&](int step) {
        const auto file = RunPaths{run}.checkpoint(static_cast<std::uint64_t>(step)) / "gradient.safetensors";
        std::vector<double> both = test::tensorOf(file, key + "lora_A.weight");
        const std::vector<double> b = test::tensorOf(file, key + "lora_B.weight");
        both.insert(both.end(), b.begin(), b.end());
        return both;
    };
    const std::vector<double> now = gradients(5);
    const std::vector<double> last = gradients(4);
    double product = 0;
    for (std::size_t i = 0; i < now.size(); ++i)
        product += now[i] * last[i];
    QVERIFY(std::abs(value(5, ModuleField::GradCosine) - product / (norm(now) * norm(last))) < 1e-6);
    QVERIFY(
        std::abs(std::hypot(value(5, ModuleField::GradNormA), value(5, ModuleField::GradNormB)) / norm(now) -
                 1) < 1e-6);
    QVERIFY(std::isnan(value(1, ModuleField::GradCosine)));
}

void TestTrainer::dryRunWritesNothing()
{
    const test::TemporaryFolder folder;
    TrainOptions options;
    options.config = llamaConfig();
    options.dryRun = true;
    test::ListeningSink sink;
    QCOMPARE(runTrain(options, sink), 0);
    QVERIFY(sink.notes.find("plan: 10 steps, 2 of them warm-up") != std::string::npos);
    QVERIFY(sink.notes.find("memory, estimated: ") != std::string::npos);
    QVERIFY(sink.notes.find("memory, measured: ") != std::string::npos);
    QVERIFY(std::filesystem::is_empty(folder.path()));
}

void TestTrainer::allWeights()
{
    const test::TemporaryFolder folder;
    const auto run = folder.path() / "run";
    RunConfig config = llamaConfig();
    config.adapter.method = Method::Full;
    config.adapter.startFrom.clear();
    test::ListeningSink sink;
    QCOMPARE(test::train(config, run, sink), 0);
    const auto rows = test::rowsOf(run);
    QVERIFY(*rows.at(10).get(Series::TrainLoss) < *rows.at(1).get(Series::TrainLoss));
    // A checkpoint is a model folder: it can be trained on and resumed from.
    const auto checkpoint = RunPaths{run}.checkpoint(10);
    QVERIFY(std::filesystem::exists(checkpoint / "model.safetensors"));
    QVERIFY(std::filesystem::exists(checkpoint / "config.json"));
    const auto whole = readFile(checkpoint / "model.safetensors");
    QCOMPARE(test::resume(config, run, sink, 5), 0);
    QVERIFY(readFile(checkpoint / "model.safetensors") == whole);
}

void TestTrainer::emptyFolderOfCheckpoints()
{
    // A run of which a step writes nothing but the end: save_steps 0.
    const test::TemporaryFolder folder;
    RunConfig config = llamaConfig();
    config.checkpoints.saveSteps = 0;
    config.monitor.everySteps = 3;
    test::ListeningSink sink;
    QCOMPARE(test::train(config, folder.path() / "run", sink), 0);
    QCOMPARE(listCheckpoints(RunPaths{folder.path() / "run"}.checkpoints()).size(), std::size_t(1));
    const auto rows = test::rowsOf(folder.path() / "run");
    QCOMPARE(rows.size(), std::size_t(5)); // 0, 3, 6, 9 and the last
    QVERIFY(rows.contains(10));
}

void TestTrainer::outOfMemoryIsRecognised()
{
    try {
        const at::Tensor tooLarge = at::empty({std::int64_t{1} << 60}, at::kByte);
        QFAIL("an exbibyte was allocated");
    } catch (const std::exception& exception) {
        QVERIFY2(isOutOfMemory(exception), exception.what());
    }
    QVERIFY(!isOutOfMemory(std::runtime_error("shapes cannot be multiplied")));
}

QTEST_GUILESS_MAIN(TestTrainer)
#include "test_trainer.moc"
