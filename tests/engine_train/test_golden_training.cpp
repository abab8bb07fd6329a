// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Training runs against those of the real Hugging Face Trainer: loss, learning rate, gradient norm and cosine
// of every step, final weights, optimizer state; within the tolerances of the golden data's README.
#include "tests/engine_train/training_run.h"
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
    const auto weights = RunPaths{run}.checkpoint(steps) / "adapter_model.safetensors";
    const double difference = test::largestDifference(weights, reference, "final.");
    QVERIFY2(difference <= tolerances.weights, qPrintable(QString::number(difference)));
}

std::optional<std::filesystem::path> modelFolder(const std::string& name)
{
    if (name == "llama")
        return test::dataFolder() / "models/llama";
    const auto golden = test::goldenFolder();
    return golden ? std::optional(*golden / "models" / name) : std::nullopt;
}

} // namespace

class TestGoldenTraining : public QObject {
    Q_OBJECT
private slots:
    void tokens_data();
    void tokens();
    void alternativeSettings();
    void optimizerState();
    void theRealProgram();
};

void TestGoldenTraining::tokens_data()
{
    QTest::addColumn<QString>("model");
    for (const char* model : {"llama", "mistral", "qwen2", "llama_bf16"})
        QTest::newRow(model) << model;
}

void TestGoldenTraining::tokens()
{
    QFETCH(QString, model);
    const auto folder = modelFolder(model.toStdString());
    if (!folder)
        QSKIP("the golden data is not here");
    const auto reference = *folder / "lora/train_tokens.safetensors";
    if (!std::filesystem::exists(reference))
        QSKIP("this model has no such run");
    const test::TemporaryFolder temporary;
    test::ListeningSink sink;
    RunConfig config = test::goldenConfig(*folder);
    config.model.dtype = StorageType::Float32;
    QCOMPARE(test::train(config, temporary.path() / "run", sink), 0);
    compareRun(temporary.path() / "run", reference, 10, {});
}

void TestGoldenTraining::alternativeSettings()
{
    const auto folder = test::dataFolder() / "models/llama";
    const auto reference = folder / "lora/train_alt.safetensors";
    const test::TemporaryFolder temporary;
    test::ListeningSink sink;
    RunConfig config = test::goldenConfig(folder);
    config.training.learningRate = 3e-3;
    config.training.adamBeta2 = 0.95;
    config.training.weightDecay = 0.1;
    config.training.schedule = Schedule::Linear;
    config.training.warmupSteps = 0;
    config.training.warmupRatio = 0;
    config.training.gradientAccumulationSteps = 1;
    config.training.maxGradNorm = test::tensorOf(reference, "max_grad_norm")[0];
    QCOMPARE(test::train(config, temporary.path() / "run", sink), 0);
    compareRun(temporary.path() / "run", reference, 20, {1e-5, 3e-5, 3e-5, 5e-4});
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
