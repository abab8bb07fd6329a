// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Training runs against those of the real Hugging Face Trainer: loss, learning rate, gradient norm and cosine
// of every step, final weights, optimizer state; within the tolerances of the golden data's README.
// Before Qt, whose keywords are names in ATen.
#include <ATen/ATen.h>

#include "core/engine/train/batch_source.h"
#include "core/engine/train/optimizer.h"
#include "core/engine/train/schedule.h"
#include "core/engine/train/vector_sums.h"
#include "core/model_files/lora_config.h"
#include "tests/engine_train/training_run.h"
#include "tests/support/golden_folders.h"
#include "tests/support/test_paths.h"

#include <QtCore/QProcess>
#include <QtTest/QtTest>

#include <cmath>

using namespace lens;

namespace {

struct Tolerances {
    double loss = 3e-6;     // relative
    double gradNorm = 5e-6; // relative
    double cosine = 1e-5;   // absolute
    double weights = 1e-5;  // absolute
};

void compareRow(const MetricsRow& row, std::size_t step, const std::filesystem::path& reference,
                const Tolerances& tolerances)
{
    const double loss = test::tensorOf(reference, "loss")[step - 1];
    const double rate = test::tensorOf(reference, "lr")[step - 1];
    const double norm = test::tensorOf(reference, "grad_norm")[step - 1];
    const double clip = test::tensorOf(reference, "max_grad_norm")[0] / (norm + 1e-6);
    QVERIFY2(std::abs(*row.get(Series::TrainLoss) - loss) <= tolerances.loss * loss,
             qPrintable(QString::number(step)));
    QVERIFY(std::abs(*row.get(Series::LearningRate) - rate) <= 1e-12 * rate);
    QVERIFY(std::abs(*row.get(Series::GradNorm) - norm) <= tolerances.gradNorm * norm);
    QVERIFY(std::abs(*row.get(Series::ClipFactor) - std::min(1.0, clip)) <= tolerances.gradNorm);
    QCOMPARE(*row.get(Series::NonFiniteGradients), 0.0);
    if (step == 1) {
        QVERIFY(!row.has(Series::GradCosine)); // undefined, not 0
    } else {
        const double cosine = test::tensorOf(reference, "grad_cosine")[step - 2];
        QVERIFY(std::abs(*row.get(Series::GradCosine) - cosine) <= tolerances.cosine);
    }
}

void compareRun(const std::filesystem::path& run, const std::filesystem::path& reference, std::size_t steps,
                const Tolerances& tolerances)
{
    const auto rows = test::rowsOf(run);
    QCOMPARE(rows.size(), steps + 1); // and step 0
    double trained = 0;
    for (std::size_t step = 1; step <= steps; ++step) {
        compareRow(rows.at(step), step, reference, tolerances);
        trained += test::tensorOf(reference, "num_items")[step - 1];
        QCOMPARE(*rows.at(step).get(Series::TrainedTokens), trained);
    }
}

// Largest |a − b| over the trained parameters of an adapter's folder and a run's table of final values.
double finalDifference(const std::filesystem::path& modelFolder, const std::filesystem::path& adapter,
                       const std::filesystem::path& reference)
{
    Model model = Model::load(modelFolder, StorageType::Float32, at::kCPU);
    model.attachAdapter(adapter, 0);
    double largest = 0;
    for (std::size_t i = 0; i < model.parameters().slices().size(); ++i) {
        const std::vector<double> theirs =
            test::tensorOf(reference, "final." + model.parameters().slices()[i].key);
        const at::Tensor ours = model.parameters().parameter(i).detach().to(at::kDouble).flatten();
        const at::Tensor expected =
            at::from_blob(const_cast<double*>(theirs.data()), {ours.numel()}, at::kDouble);
        largest = std::max(largest, (ours - expected).abs().max().item<double>());
    }
    return largest;
}

// What differs between the three kinds of runs of the golden data's README.
struct RunKind {
    const char* name; // "tokens"
    Tolerances tolerances;
};
constexpr RunKind kTokens{"tokens", {}};
constexpr RunKind kMean{"mean", {}};
constexpr RunKind kAlternative{"alt", {1e-5, 3e-5, 3e-5, 5e-4}};

void applyKind(RunConfig& config, const std::string& kind, const std::filesystem::path& reference)
{
    config.training.maxGradNorm = test::tensorOf(reference, "max_grad_norm")[0];
    const auto settings = reference.parent_path() / "train_settings.json";
    if (std::filesystem::exists(settings))
        config.training.loraplusLrRatio = readJsonFile(settings).value("loraplus_lr_ratio", 1.0);
    if (kind != "alt")
        return;
    config.training.learningRate = 3e-3;
    config.training.adamBeta2 = 0.95;
    config.training.weightDecay = 0.1;
    config.training.schedule = Schedule::Linear;
    config.training.warmupSteps = 0;
    config.training.warmupRatio = 0;
    config.training.gradientAccumulationSteps = 1;
}

} // namespace

class TestGoldenTraining : public QObject {
    Q_OBJECT
private slots:
    void runs_data();
    void runs();
    void meanOfMicroBatches_data();
    void meanOfMicroBatches();
    void optimizerState();
    void theRealProgram();
};

namespace {

// A row for every run of these kinds that a golden adapter has.
void addRuns(const std::vector<RunKind>& kinds)
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("reference");
    QTest::addColumn<QString>("kind");
    const test::GoldenEntries models = test::goldenModels();
    bool any = false;
    for (const auto& model : models.paths)
        for (const auto& adapter : test::goldenAdapters(model))
            for (const RunKind& kind : kinds) {
                const auto reference = adapter / ("train_" + std::string(kind.name) + ".safetensors");
                if (!std::filesystem::exists(reference))
                    continue;
                any = true;
                QTest::addRow("%s/%s/%s/%s", model.parent_path().filename().c_str(), model.filename().c_str(),
                              adapter.filename().c_str(), kind.name)
                    << QString::fromStdString(model) << QString::fromStdString(reference) << kind.name;
            }
    if (!any)
        QTest::newRow("none") << QString() << QString()
                              << (models.paths.empty() ? QString::fromStdString(models.missing)
                                                       : QString("no golden adapter has such a run"));
}

RunConfig configOf(const std::filesystem::path& model, const std::filesystem::path& reference,
                   const std::string& kind)
{
    RunConfig config = test::goldenConfig(model);
    config.data.trainFile = *test::goldenResultsOf(model) / "train_batches.safetensors";
    config.model.dtype = StorageType::Float32;
    config.adapter.startFrom = reference.parent_path();
    applyKind(config, kind, reference);
    return config;
}

// Where a gradient is near 0, rounding decides the sign of Adam's update; biases have such ones.
Tolerances tolerancesOf(const std::string& kind, const std::filesystem::path& adapter)
{
    Tolerances tolerances = kind == "alt" ? kAlternative.tolerances : Tolerances{};
    if (readLoraConfig(adapter).bias != BiasTraining::None)
        tolerances.weights = 5e-4;
    return tolerances;
}

} // namespace

#define FETCH_RUN(modelFolder, referenceFile, kind)                                                          \
    QFETCH(QString, model);                                                                                  \
    QFETCH(QString, reference);                                                                              \
    QFETCH(QString, kind);                                                                                   \
    if (model.isEmpty()) {                                                                                   \
        QVERIFY2(!kind.isEmpty(), "the golden folders hold no model");                                       \
        QSKIP(qPrintable(kind));                                                                             \
    }                                                                                                        \
    const std::filesystem::path modelFolder = model.toStdString();                                           \
    const std::filesystem::path referenceFile = reference.toStdString()

void TestGoldenTraining::runs_data()
{
    addRuns({kTokens, kAlternative});
}

void TestGoldenTraining::runs()
{
    FETCH_RUN(modelFolder, referenceFile, kind);
    const Tolerances tolerances = tolerancesOf(kind.toStdString(), referenceFile.parent_path());
    const std::size_t steps = test::tensorOf(referenceFile, "loss").size();
    const test::TemporaryFolder temporary;
    test::ListeningSink sink;
    const RunConfig config = configOf(modelFolder, referenceFile, kind.toStdString());
    const auto run = temporary.path() / "run";
    QCOMPARE(test::train(config, run, sink), 0);
    compareRun(run, referenceFile, steps, tolerances);
    const double difference = finalDifference(modelFolder, RunPaths{run}.checkpoint(steps), referenceFile);
    qInfo("final weights %-50s %.1e (%.0e)", QTest::currentDataTag(), difference, tolerances.weights);
    QVERIFY2(difference <= tolerances.weights, qPrintable(QString::number(difference)));
}

void TestGoldenTraining::meanOfMicroBatches_data()
{
    addRuns({kMean});
}

// The trainer weights every token alike; this loop weights the micro-batches of a step alike, as those runs
// do, with the same model, optimizer, clipping and schedule.
void TestGoldenTraining::meanOfMicroBatches()
{
    FETCH_RUN(modelFolder, referenceFile, kind);
    const Tolerances tolerances = tolerancesOf("mean", referenceFile.parent_path());
    const RunConfig config = configOf(modelFolder, referenceFile, "mean");
    test::ListeningSink sink;
    Model trained = Model::load(modelFolder, StorageType::Float32, at::kCPU);
    trained.attachAdapter(config.adapter.startFrom, 0);
    const Dataset data = loadDataset(config.data, nullptr, 0, {});
    BatchSource source(data.train, data.fixedBatchRows, config.training, false);
    const StepPlan plan = planSteps(config.training, data.train.size(), source.rowsPerBatch());
    const LearningRateSchedule schedule = makeSchedule(config.training, plan);
    ParameterBuffer& parameters = trained.parameters();
    AdamW optimizer(parameters, config.training);
    for (std::int64_t step = 1; step <= plan.totalSteps; ++step) {
        const Window window = source.next();
        const double share = 1.0 / static_cast<double>(window.microBatches.size());
        parameters.zeroGradient();
        double mean = 0;
        for (const auto& indices : window.microBatches) {
            const Batch batch = makeBatch(data.train, indices, at::kCPU);
            const double weight = share / static_cast<double>(batch.trainedTokens);
            const at::Tensor loss = trained.lossSum(batch);
            mean += loss.item<double>() * weight;
            loss.mul(weight).backward();
        }
        const auto at = static_cast<std::size_t>(step - 1);
        const double loss = test::tensorOf(referenceFile, "loss")[at];
        const double norm = std::sqrt(sumOfSquares(parameters.gradient()));
        const double expectedNorm = test::tensorOf(referenceFile, "grad_norm")[at];
        QVERIFY(std::abs(mean - loss) <= tolerances.loss * loss);
        QVERIFY(std::abs(norm - expectedNorm) <= tolerances.gradNorm * expectedNorm);
        optimizer.step(parameters, schedule.rate(step), clipFactor(norm, config.training.maxGradNorm));
    }
    const test::TemporaryFolder temporary;
    trained.saveTrained(temporary.path(), "base");
    const double difference = finalDifference(modelFolder, temporary.path(), referenceFile);
    qInfo("final weights %-50s %.1e (%.0e)", QTest::currentDataTag(), difference, tolerances.weights);
    QVERIFY2(difference <= tolerances.weights, qPrintable(QString::number(difference)));
}

void TestGoldenTraining::optimizerState()
{
    const auto golden = test::goldenFolder();
    if (!golden)
        QSKIP("the golden data is not here");
    const test::TemporaryFolder temporary;
    test::ListeningSink sink;
    QCOMPARE(test::train(test::goldenConfig(*golden / "models/llama"), temporary.path() / "run", sink), 0);
    for (const int step : {5, 10}) {
        const auto ours = RunPaths{temporary.path() / "run"}.checkpoint(static_cast<std::uint64_t>(step));
        const auto theirs = *golden / "models/llama/trainer" /
                            ("checkpoint-" + std::to_string(step) + "-optimizer.safetensors");
        QVERIFY(test::largestDifference(ours / "optimizer.safetensors", theirs, "") < 1e-6);
        QCOMPARE(test::tensorOf(ours / "optimizer.safetensors", "step")[0], static_cast<double>(step));
        const Json state = readJsonFile(ours / "trainer_state.json");
        const Json expected = readJsonFile(*golden / "models/llama/trainer" /
                                           ("checkpoint-" + std::to_string(step)) / "trainer_state.json");
        for (const char* key : {"epoch", "global_step", "max_steps", "num_train_epochs", "train_batch_size"})
            QCOMPARE(QByteArray::fromStdString(state[key].dump()),
                     QByteArray::fromStdString(expected[key].dump()));
        QCOMPARE(state["log_history"].size(), expected["log_history"].size());
        for (std::size_t i = 0; i < expected["log_history"].size(); ++i) {
            const Json& row = state["log_history"][i];
            const Json& theirRow = expected["log_history"][i];
            QCOMPARE(row["step"].get<int>(), theirRow["step"].get<int>());
            QCOMPARE(row["epoch"].get<double>(), theirRow["epoch"].get<double>());
            QCOMPARE(row["learning_rate"].get<double>(), theirRow["learning_rate"].get<double>());
            QVERIFY(std::abs(row["loss"].get<double>() - theirRow["loss"].get<double>()) < 5.1e-5);
            QVERIFY(std::abs(row["grad_norm"].get<double>() / theirRow["grad_norm"].get<double>() - 1) <
                    5e-6);
        }
    }
}

void TestGoldenTraining::theRealProgram()
{
    const QString engine = qEnvironmentVariable("LENS_ENGINE");
    if (engine.isEmpty())
        QSKIP("the program was not built");
    const auto folder = test::dataFolder() / "models/llama";
    const test::TemporaryFolder temporary;
    const RunConfig config = test::goldenConfig(folder);
    const auto configFile = temporary.path() / "config.json";
    test::writeConfig(configFile, config);
    const auto run = temporary.path() / "run";
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(engine,
                  {"train", QString::fromStdString(configFile), "--run", QString::fromStdString(run)});
    QVERIFY(process.waitForFinished(120'000));
    const QByteArray output = process.readAll();
    QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, output.constData());
    compareRun(run, folder / "lora/train_tokens.safetensors", 10, {});
    QCOMPARE(test::eventsOf(run, "end").back()["state"].get<std::string>(), std::string("finished"));
    QVERIFY(std::filesystem::exists(RunPaths{run}.consolidated()));
    QVERIFY(std::filesystem::exists(RunPaths{run}.runJson()));
}

QTEST_GUILESS_MAIN(TestGoldenTraining)
#include "test_golden_training.moc"
