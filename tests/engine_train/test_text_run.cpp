// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// A run on text from the demo's data and tokenizer, with a model of random weights: shuffled rows, samples,
// resume in the middle of a shuffled epoch, and what `generate` writes from it.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/journal.h"
#include "core/engine/model/model.h"
#include "core/engine/train/generate_command.h"
#include "tests/engine_train/training_run.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

using namespace lens;

namespace {

constexpr const char* kPrompt = "What is the opposite of hot?";

RunConfig textConfig(const std::filesystem::path& model)
{
    const auto demo = test::sourceFolder() / "resources/demo";
    RunConfig config;
    config.name = "text";
    config.model.path = model;
    config.model.device = "cpu";
    config.model.threads = 1;
    config.adapter.r = 4;
    config.adapter.loraAlpha = 8;
    config.adapter.loraDropout = 0.1;
    config.data.trainFile = demo / "train.jsonl";
    config.data.evalFile = demo / "eval.jsonl";
    config.data.maxLength = 64;
    config.training.learningRate = 0.02;
    config.training.maxSteps = 6;
    config.training.batchSize = 3;
    config.training.gradientAccumulationSteps = 2;
    config.evaluation.evalSteps = 3;
    config.evaluation.batchSize = 32;
    config.evaluation.samplePrompts = {kPrompt, "Zwölf Äpfel, 日本"};
    config.evaluation.maxNewTokens = 8;
    config.checkpoints.saveSteps = 2;
    config.checkpoints.saveTotalLimit = 0;
    return config;
}

std::string generated(GenerateCommand command)
{
    command.maxNewTokens = 8;
    command.threads = 1;
    test::ListeningSink sink;
    if (runGenerate(command, sink) != 0)
        throw Error("generate failed");
    return sink.printed;
}

} // namespace

class TestTextRun : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void samplesAtEveryEvaluation();
    void resumesInAShuffledEpoch();
    void generateContinuesLikeTheSamples();
    void generateWithoutTheAdapter();
    void generateAsJson();
    void generateNamesWhatIsMissing();

private:
    test::TemporaryFolder m_folder;
    std::filesystem::path m_run;
    std::vector<Json> m_samples;
};

void TestTextRun::initTestCase()
{
    const auto demo = test::sourceFolder() / "resources/demo/model";
    const auto model = m_folder.path() / "model";
    Model fresh = Model::initialise(demo / "config.json", 7, at::kCPU);
    fresh.trainAllWeights();
    fresh.saveTrained(model, "");
    for (const char* name : {"tokenizer.json", "tokenizer_config.json"})
        std::filesystem::copy_file(demo / name, model / name);
    m_run = m_folder.path() / "run";
    test::ListeningSink sink;
    QCOMPARE(test::train(textConfig(model), m_run, sink), 0);
    m_samples = readJournal(RunPaths{m_run}.samples());
}

void TestTextRun::samplesAtEveryEvaluation()
{
    QCOMPARE(m_samples.size(), std::size_t(6)); // steps 0, 3, 6 and two prompts
    const int steps[] = {0, 0, 3, 3, 6, 6};
    for (std::size_t i = 0; i < m_samples.size(); ++i) {
        QCOMPARE(m_samples[i]["step"].get<int>(), steps[i]);
        QCOMPARE(m_samples[i]["prompt"].get<std::string>() == kPrompt, i % 2 == 0);
        QVERIFY(m_samples[i]["tokens"].get<int>() <= 8);
        QVERIFY(m_samples[i]["seconds"].get<double>() > 0);
        QVERIFY(m_samples[i]["text"].is_string() && m_samples[i]["t"].is_string());
    }
    const auto rows = test::rowsOf(m_run);
    QVERIFY(*rows.at(6).get(Series::EvalLoss) < *rows.at(0).get(Series::EvalLoss)); // it learns
}

void TestTextRun::resumesInAShuffledEpoch()
{
    const auto copy = m_folder.path() / "copy";
    std::filesystem::copy(m_run, copy, std::filesystem::copy_options::recursive);
    test::ListeningSink sink;
    QCOMPARE(test::resume(textConfig(m_folder.path() / "model"), copy, sink, 2), 0);
    for (const char* file : {"adapter_model.safetensors", "optimizer.safetensors", "gradient.safetensors"})
        QVERIFY2(readFile(RunPaths{copy}.checkpoint(6) / file) ==
                     readFile(RunPaths{m_run}.checkpoint(6) / file),
                 file);
}

void TestTextRun::generateContinuesLikeTheSamples()
{
    GenerateCommand command;
    command.runFolder = m_run;
    command.prompt = kPrompt;
    QCOMPARE(generated(command), m_samples[4]["text"].get<std::string>() + "\n");
    // The same adapter, given as a folder; the format of the rows is then not known: only that it answers.
    GenerateCommand adapter;
    adapter.adapterFolder = RunPaths{m_run}.checkpoint(6);
    adapter.prompt = kPrompt;
    QVERIFY(!generated(adapter).empty());
    command.best = true;
    QVERIFY(!generated(command).empty());
}

void TestTextRun::generateWithoutTheAdapter()
{
    // A fresh adapter changes nothing: the base model writes what the sample of step 0 says.
    GenerateCommand command;
    command.runFolder = m_run;
    command.prompt = kPrompt;
    command.baseOnly = true;
    QCOMPARE(generated(command), m_samples[0]["text"].get<std::string>() + "\n");
}

void TestTextRun::generateAsJson()
{
    GenerateCommand command;
    command.runFolder = m_run;
    command.prompt = kPrompt;
    command.compare = true;
    command.json = true;
    const Json answer = Json::parse(generated(command));
    QCOMPARE(answer["prompt"].get<std::string>(), std::string(kPrompt));
    QCOMPARE(answer["base"].get<std::string>(), m_samples[0]["text"].get<std::string>());
    QCOMPARE(answer["adapter"].get<std::string>(), m_samples[4]["text"].get<std::string>());
    command.compare = false;
    QVERIFY(!Json::parse(generated(command)).contains("base"));
}

void TestTextRun::generateNamesWhatIsMissing()
{
    GenerateCommand command;
    command.prompt = kPrompt;
    command.runFolder = m_folder.path() / "nothing";
    QVERIFY_EXCEPTION_THROWN(generated(command), Error);
    command.runFolder = m_run;
    command.checkpoint = 5;
    QVERIFY_EXCEPTION_THROWN(generated(command), Error);
}

QTEST_GUILESS_MAIN(TestTextRun)
#include "test_text_run.moc"
