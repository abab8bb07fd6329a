// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The demo that every user meets first: small, honest, reproducible, and readable by our own parts.
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/config/config_parser.h"
#include "core/dataset/dataset.h"
#include "core/safetensors/safetensors.h"
#include "tests/support/test_paths.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <set>
#include <sstream>

using namespace lens;
using namespace lens::test;

namespace {

std::filesystem::path demoPath(const std::string& name)
{
    return sourceFolder() / "resources/demo" / name;
}

std::set<std::string> questionsIn(const std::string& name)
{
    std::set<std::string> questions;
    std::istringstream lines(readFile(demoPath(name)));
    for (std::string line; std::getline(lines, line);)
        questions.insert(parseJson(line, name).at("prompt").get<std::string>());
    return questions;
}

} // namespace

class TestDemo : public QObject {
    Q_OBJECT

private slots:
    void fitsIntoSixMegabytes();
    void configurationIsValid();
    void evaluationQuestionsAreNew();
    void samplePromptsAreNew();
    void scriptMakesTheSameFiles();
    void dataTrainsOnAnswersOnly();
    void modelHasTheTensorsOfItsConfiguration();
};

void TestDemo::fitsIntoSixMegabytes()
{
    std::uintmax_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(demoPath("")))
        if (entry.is_regular_file() && entry.path().extension() != ".pyc")
            bytes += entry.file_size();
    QVERIFY2(bytes <= 6'000'000, std::to_string(bytes).c_str());
}

void TestDemo::configurationIsValid()
{
    for (const char* name : {"config.json", "pretrain.json"}) {
        const RunConfig config = readConfigFile(demoPath(name)); // throws every problem
        QVERIFY(std::filesystem::is_regular_file(config.data.trainFile));
    }
    const RunConfig config = readConfigFile(demoPath("config.json"));
    QVERIFY(std::filesystem::is_regular_file(std::filesystem::path(config.model.path) / "config.json"));
    QVERIFY(std::filesystem::is_regular_file(config.data.evalFile));
    QCOMPARE(config.evaluation.samplePrompts.size(), std::size_t(3));
    QVERIFY(config.training.maxSteps / config.evaluation.evalSteps >= 8);
    QVERIFY(config.training.maxSteps / config.checkpoints.saveSteps >= 2);
}

void TestDemo::evaluationQuestionsAreNew()
{
    const std::set<std::string> trained = questionsIn("train.jsonl");
    const std::set<std::string> evaluated = questionsIn("eval.jsonl");
    QVERIFY(trained.size() > 500 && evaluated.size() > 50);
    std::vector<std::string> both;
    std::set_intersection(trained.begin(), trained.end(), evaluated.begin(), evaluated.end(),
                          std::back_inserter(both));
    QVERIFY2(both.empty(), both.empty() ? "" : both.front().c_str());
}

void TestDemo::samplePromptsAreNew()
{
    const std::set<std::string> trained = questionsIn("train.jsonl");
    for (const std::string& prompt : readConfigFile(demoPath("config.json")).evaluation.samplePrompts)
        QVERIFY2(!trained.contains(prompt), prompt.c_str());
}

void TestDemo::scriptMakesTheSameFiles()
{
    const QString python =
        QStandardPaths::findExecutable(QStringLiteral("python3"), {QStringLiteral("/usr/bin")});
    if (python.isEmpty())
        QSKIP("no /usr/bin/python3");
    const TemporaryFolder folder;
    QProcess process;
    process.start(python, {QStringLiteral("-B"), QString::fromStdString(demoPath("make_demo.py").string()),
                           QStringLiteral("data"), QString::fromStdString(folder.path().string())});
    QVERIFY(process.waitForFinished(120000));
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    for (const char* name : {"train.jsonl", "eval.jsonl", "pretrain.jsonl", "model/config.json",
                             "model/tokenizer.json", "model/tokenizer_config.json"})
        QVERIFY2(readFile(folder.path() / name) == readFile(demoPath(name)), name);
}

void TestDemo::dataTrainsOnAnswersOnly()
{
    const RunConfig config = readConfigFile(demoPath("config.json"));
    const Tokenizer tokenizer = Tokenizer::load(config.model.path);
    const Dataset dataset = loadDataset(config.data, &tokenizer, config.training.seed);
    QCOMPARE(dataset.train.size(), 2 * questionsIn("train.jsonl").size());
    QCOMPARE(dataset.evaluation.size(), questionsIn("eval.jsonl").size());
    QVERIFY2(dataset.warnings.empty(), "a row was cut or lost its answer");
    const TokenRow& row = dataset.train.front();
    const auto firstTrained = std::find(row.trained.begin(), row.trained.end(), 1) - row.trained.begin();
    const std::vector<TokenId> prompt(row.ids.begin(), row.ids.begin() + firstTrained);
    const std::string rows = readFile(demoPath("train.jsonl"));
    const Json first = parseJson(rows.substr(0, rows.find('\n')), "train.jsonl:1");
    QCOMPARE(tokenizer.decode(prompt, true), first.at("prompt").get<std::string>());
    QCOMPARE(row.ids.front(), *tokenizer.bosId());
    QCOMPARE(row.ids.back(), *tokenizer.eosId()); // it learns to stop
    QCOMPARE(int(row.trained.back()), 1);
}

void TestDemo::modelHasTheTensorsOfItsConfiguration()
{
    const Json config = readJsonFile(demoPath("model/config.json"));
    const SafetensorsFile file(demoPath("model/model.safetensors"));
    // Embedding and last norm; per layer two norms, four projections of attention, three of the MLP.
    QCOMPARE(file.tensors().size(), std::size_t(2 + 9 * config.at("num_hidden_layers").get<int>()));
    const TensorEntry& embedding = file.at("model.embed_tokens.weight");
    const std::vector<std::int64_t> shape{config.at("vocab_size"), config.at("hidden_size")};
    QVERIFY(embedding.shape == shape);
    QCOMPARE(std::string(dtypeName(embedding.type)), std::string("BF16"));
}

QTEST_GUILESS_MAIN(TestDemo)
#include "test_demo.moc"
