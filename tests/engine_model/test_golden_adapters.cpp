// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Every adapter of every golden model against what PEFT computes and writes: logits, loss, every gradient,
// the base when it is switched off, reading and writing, merging. Nothing is listed by name; tolerances:
// ../shared/golden/README.md.
// Before Qt, whose keywords are names in ATen.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/base/error.h"
#include "core/engine/model/adapter_file.h"
#include "core/engine/model/model.h"
#include "core/engine/model/weight_files.h"
#include "tests/engine_model/golden_model.h"
#include "tests/support/golden_folders.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <cmath>
#include <map>

using namespace lens;
namespace fs = std::filesystem;
using test::relativeDeviation;
using test::tensorOf;

namespace {

constexpr double kLogits = 1e-5;
constexpr double kLoss = 2e-6;
constexpr double kGradient = 5e-5;
constexpr double kGradientNorm = 5e-6;
constexpr double kMerged = 1e-6;

double meanLoss(Model& model, const Batch& batch)
{
    const at::NoGradGuard guard;
    return model.lossSum(batch).item<double>() / static_cast<double>(batch.trainedTokens);
}

double relative(double a, double b)
{
    return std::abs(a - b) / std::abs(b);
}

// Rows "model/adapter" for every adapter that a predicate takes.
template <typename Predicate>
void addAdapters(Predicate isWanted)
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("adapter");
    QTest::addColumn<QString>("missing");
    const test::GoldenEntries models = test::goldenModels();
    bool any = false;
    for (const fs::path& model : models.paths)
        for (const fs::path& adapter : test::goldenAdapters(model))
            if (isWanted(adapter)) {
                any = true;
                QTest::addRow("%s/%s/%s", model.parent_path().filename().c_str(), model.filename().c_str(),
                              adapter.filename().c_str())
                    << QString::fromStdString(model) << QString::fromStdString(adapter) << QString();
            }
    // Places without a model are a failure, models without an adapter are not.
    if (!any)
        QTest::newRow("none") << QString() << QString()
                              << (models.paths.empty() ? QString::fromStdString(models.missing)
                                                       : QString("no golden model has an adapter"));
}

bool isPissa(const fs::path& adapter)
{
    return readLoraConfig(adapter).isPissa();
}

} // namespace

#define FETCH_ADAPTER(model, adapter)                                                                        \
    QFETCH(QString, model);                                                                                  \
    QFETCH(QString, adapter);                                                                                \
    QFETCH(QString, missing);                                                                                \
    if (model.isEmpty()) {                                                                                   \
        QVERIFY2(!missing.isEmpty(), "the golden folders hold no model");                                    \
        QSKIP(qPrintable(missing));                                                                          \
    }                                                                                                        \
    const fs::path modelPath = model.toStdString();                                                          \
    const fs::path adapterPath = adapter.toStdString()

class TestGoldenAdapters : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { at::set_num_threads(1); }
    void cleanupTestCase();

    void numbers_data()
    {
        addAdapters([](const fs::path&) { return true; });
    }
    void numbers();
    void readAndWritten_data() { numbers_data(); }
    void readAndWritten();
    void merged_data() { numbers_data(); }
    void merged();
    void continuesFromAnyForm_data() { numbers_data(); }
    void continuesFromAnyForm();
    void finalFoldersAreTheirRuns_data() { numbers_data(); }
    void finalFoldersAreTheirRuns();

private:
    // Remembers what was seen, and says whether it is small enough.
    bool holds(const char* check, double deviation, double tolerance);
    void verifyGradients(const Model& model, const SafetensorsFile& file);

    std::map<std::string, std::pair<double, std::string>> m_worst; // by check
};

bool TestGoldenAdapters::holds(const char* check, double deviation, double tolerance)
{
    qInfo("%-14s %-44s %.1e (%.0e)", check, QTest::currentDataTag(), deviation, tolerance);
    auto& [worst, where] = m_worst[check];
    if (!(deviation <= worst)) {
        worst = deviation;
        where = QTest::currentDataTag();
    }
    return deviation <= tolerance;
}

void TestGoldenAdapters::cleanupTestCase()
{
    for (const auto& [check, worst] : m_worst)
        qInfo("largest: %-14s %.1e in %s", check.c_str(), worst.first, worst.second.c_str());
}

void TestGoldenAdapters::verifyGradients(const Model& model, const SafetensorsFile& file)
{
    const ParameterBuffer& parameters = model.parameters();
    double worst = 0;
    for (std::size_t i = 0; i < parameters.slices().size(); ++i) {
        const std::string& key = parameters.slices()[i].key;
        QVERIFY2(file.tensors().contains("grad." + key), key.c_str());
        const double deviation =
            relativeDeviation(parameters.parameter(i).grad(), tensorOf(file, "grad." + key));
        QVERIFY2(deviation <= kGradient, qPrintable(QString("%1: %2").arg(key.c_str()).arg(deviation)));
        worst = std::max(worst, deviation);
    }
    QVERIFY(holds("gradients", worst, kGradient));
    const double norm = parameters.gradient().norm().item<double>();
    QVERIFY(
        holds("gradient norm", relative(norm, tensorOf(file, "grad_norm").item<double>()), kGradientNorm));
    std::size_t gradients = 0;
    for (const auto& [name, entry] : file.tensors())
        gradients += name.starts_with("grad.") ? 1 : 0;
    QCOMPARE(parameters.slices().size(), gradients);
}

void TestGoldenAdapters::numbers()
{
    FETCH_ADAPTER(model, adapter);
    const SafetensorsFile base(*test::goldenResultsOf(modelPath) / "golden.safetensors");
    const SafetensorsFile file(adapterPath / "lora_golden.safetensors");
    const Batch batch = test::goldenBatch(base);
    const at::Tensor mask = tensorOf(base, "attention_mask");
    Model adapted = Model::load(modelPath, StorageType::Float32, at::kCPU);
    adapted.attachAdapter(adapterPath, 0.1); // drops only while training

    const at::Tensor logits = adapted.logits(batch);
    QVERIFY(holds("logits", relativeDeviation(logits, tensorOf(file, "logits"), mask), kLogits));
    QVERIFY(holds("logits f64", relativeDeviation(logits, tensorOf(file, "logits_f64"), mask), kLogits));
    const double loss = meanLoss(adapted, batch);
    QVERIFY(holds("loss", relative(loss, tensorOf(file, "loss").item<double>()), kLoss));
    QVERIFY(holds("loss f64", relative(loss, tensorOf(file, "loss_f64").item<double>()), kLoss));
    (adapted.lossSum(batch) / static_cast<double>(batch.trainedTokens)).backward();
    verifyGradients(adapted, file);

    adapted.setAdapterActive(false);
    Model plain = Model::load(modelPath, StorageType::Float32, at::kCPU);
    QVERIFY(at::equal(adapted.logits(batch), plain.logits(batch)));
    adapted.setAdapterActive(true);
    QVERIFY(at::equal(adapted.logits(batch), logits));
}

// What is written has the names, shapes and bits of what was read, and nothing else; read again it computes
// the same bits.
void TestGoldenAdapters::readAndWritten()
{
    FETCH_ADAPTER(model, adapter);
    const SafetensorsFile base(*test::goldenResultsOf(modelPath) / "golden.safetensors");
    const Batch batch = test::goldenBatch(base);
    Model first = Model::load(modelPath, StorageType::Float32, at::kCPU);
    first.attachAdapter(adapterPath, 0);
    const test::TemporaryFolder folder;
    first.saveTrained(folder.path(), modelPath.filename());

    Model second = Model::load(modelPath, StorageType::Float32, at::kCPU);
    second.attachAdapter(folder.path(), 0);
    QVERIFY(at::equal(first.parameters().values(), second.parameters().values()));
    QVERIFY(at::equal(first.logits(batch), second.logits(batch)));

    const SafetensorsFile read(adapterPath / "adapter_model.safetensors");
    const SafetensorsFile written(folder.path() / "adapter_model.safetensors");
    const LoraConfig config = readLoraConfig(adapterPath);
    for (const auto& [name, entry] : written.tensors()) {
        if (config.bias == BiasTraining::LoraOnly && name.ends_with(".base_layer.bias"))
            continue; // PEFT 0.15 leaves them out
        QVERIFY2(read.tensors().contains(name), name.c_str());
        if (config.isPissa())
            continue;
        QCOMPARE(entry.type, DType::F32);
        QVERIFY2(at::equal(tensorOf(written, name), tensorOf(read, name).to(at::kFloat)), name.c_str());
    }
    for (const auto& [name, entry] : read.tensors())
        QVERIFY2(written.tensors().contains(canonicalKey(name)), name.c_str());

    // The settings, but for how modules were named: in another order, or names for paths.
    if (config.isPissa())
        return;
    const auto shown = [](const LoraConfig& settings) {
        Json json = peftJson(settings, {}, {});
        for (const char* key : {"modules_to_save", "exclude_modules", "lora_dropout", "fan_in_fan_out"})
            json.erase(key);
        return json;
    };
    QCOMPARE(QByteArray::fromStdString(shown(readLoraConfig(folder.path())).dump()),
             QByteArray::fromStdString(shown(config).dump()));
    const Json ours = readJsonFile(folder.path() / "adapter_config.json");
    const Json theirs = readJsonFile(adapterPath / "adapter_config.json");
    QVERIFY(ours["fan_in_fan_out"] == theirs["fan_in_fan_out"]);
    for (const auto& [key, value] : ours.items())
        QVERIFY2(theirs.contains(key), key.c_str());
}

// A PiSSA adapter as written is a plain one of twice the rank for the model as it was.
void TestGoldenAdapters::continuesFromAnyForm()
{
    FETCH_ADAPTER(model, adapter);
    if (!isPissa(adapterPath))
        return;
    const SafetensorsFile base(*test::goldenResultsOf(modelPath) / "golden.safetensors");
    const SafetensorsFile file(adapterPath / "lora_golden.safetensors");
    Model first = Model::load(modelPath, StorageType::Float32, at::kCPU);
    first.attachAdapter(adapterPath, 0);
    const test::TemporaryFolder folder;
    first.saveTrained(folder.path(), "base");
    fs::remove(folder.path() / kInitialAdapterConfig);
    fs::remove(folder.path() / kInitialAdapterWeights);
    QVERIFY(!isPissa(folder.path()));
    Model plain = Model::load(modelPath, StorageType::Float32, at::kCPU);
    plain.attachAdapter(folder.path(), 0);
    QCOMPARE(plain.modules().front().rank, 2 * first.modules().front().rank);
    QCOMPARE(plain.modules().front().scale, first.modules().front().scale);
    QVERIFY(holds("converted",
                  relativeDeviation(plain.logits(test::goldenBatch(base)), tensorOf(file, "logits"),
                                    tensorOf(base, "attention_mask")),
                  kLogits));
}

void TestGoldenAdapters::merged()
{
    FETCH_ADAPTER(model, adapter);
    const SafetensorsFile base(*test::goldenResultsOf(modelPath) / "golden.safetensors");
    const SafetensorsFile file(adapterPath / "lora_golden.safetensors");
    const test::TemporaryFolder folder;
    const fs::path merged = folder.path() / "merged";
    MergeOptions options;
    options.dtype = StorageType::Float32;
    mergeAdapter(modelPath, adapterPath, merged, options);

    Model whole = Model::load(merged, StorageType::Float32, at::kCPU);
    QVERIFY(holds("merged logits",
                  relativeDeviation(whole.logits(test::goldenBatch(base)), tensorOf(file, "logits"),
                                    tensorOf(base, "attention_mask")),
                  kLogits));
    if (!fs::exists(adapterPath / "merged"))
        return;
    const WeightFiles ours(merged);
    const WeightFiles theirs(adapterPath / "merged");
    QCOMPARE(ours.tensors().size(), theirs.tensors().size());
    double worst = 0;
    for (const auto& [name, entry] : theirs.tensors()) {
        QVERIFY2(ours.tensors().contains(name), name.c_str());
        worst = std::max(worst, relativeDeviation(mappedTensor(*ours.tensors().at(name), name),
                                                  mappedTensor(*entry, name)));
    }
    QVERIFY(holds("merged weights", worst, kMerged));
    Model reference = Model::load(adapterPath / "merged", StorageType::Float32, at::kCPU);
    QCOMPARE(whole.parameterCount(), reference.parameterCount());
}

// The adapters that PEFT wrote at the end of its runs hold what those runs ended with.
void TestGoldenAdapters::finalFoldersAreTheirRuns()
{
    FETCH_ADAPTER(model, adapter);
    for (const char* run : {"mean", "tokens"}) {
        const fs::path folder = adapterPath / ("final_" + std::string(run));
        const fs::path table = adapterPath / ("train_" + std::string(run) + ".safetensors");
        if (!fs::exists(folder) || !fs::exists(table))
            continue;
        const SafetensorsFile file(table);
        const SafetensorsFile stored(folder / "adapter_model.safetensors");
        Model final = Model::load(modelPath, StorageType::Float32, at::kCPU);
        final.attachAdapter(folder, 0);
        const ParameterBuffer& parameters = final.parameters();
        for (std::size_t i = 0; i < parameters.slices().size(); ++i) {
            const std::string& key = parameters.slices()[i].key;
            if (stored.tensors().contains(key))
                QVERIFY2(at::equal(parameters.parameter(i).detach(), tensorOf(file, "final." + key)),
                         key.c_str());
        }
    }
}

QTEST_APPLESS_MAIN(TestGoldenAdapters)
#include "test_golden_adapters.moc"
