// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The decoder and its adapters against what transformers and PEFT compute. Tolerances:
// ../shared/golden/README.md.
// Before Qt, whose keywords are names in ATen.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/engine/model/model.h"
#include "core/engine/torch_compat.h"
#include "tests/engine_model/golden_model.h"
#include "tests/support/golden_folders.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <optional>

using namespace lens;
using test::relativeDeviation;
using test::tensorOf;

namespace {

constexpr double kLogits = 1e-5;
constexpr double kHidden = 1e-5;
constexpr double kLoss = 2e-6;
constexpr double kGradient = 5e-5;
constexpr double kGradientNorm = 5e-6;

Model loadFloat32(const std::filesystem::path& folder)
{
    return Model::load(folder, StorageType::Float32, at::kCPU);
}

double meanLoss(Model& model, const Batch& batch)
{
    const at::NoGradGuard guard;
    return model.lossSum(batch).item<double>() / static_cast<double>(batch.trainedTokens);
}

double relative(double a, double b)
{
    return std::abs(a - b) / std::abs(b);
}

namespace fs = std::filesystem;

// Rows for every folder that has results; of two places with the same folder both.
void addModelRows(const std::string& withKey = "logits")
{
    QTest::addColumn<QString>("folder");
    const auto models = test::goldenModels();
    if (!models.missing.empty())
        QSKIP(models.missing.c_str());
    QVERIFY2(!models.paths.empty(), "the golden folder is empty");
    bool any = false;
    for (const fs::path& model : models.paths) {
        const auto results = test::goldenResultsOf(model);
        if (!results || !SafetensorsFile(*results / "golden.safetensors").tensors().contains(withKey))
            continue;
        const fs::path place = model.parent_path();
        const fs::path row = place.parent_path().filename() / place.filename() / model.filename();
        QTest::newRow(row.c_str()) << QString::fromStdString(model.string());
        any = true;
    }
    if (!any)
        QSKIP(("no golden folder has " + withKey).c_str());
}

SafetensorsFile resultsOf(const fs::path& model)
{
    return SafetensorsFile(test::goldenResultsOf(model).value() / "golden.safetensors");
}

// Collected in the log, and held against the README's tolerance.
bool isWithin(const std::string& family, const char* check, double deviation, double tolerance)
{
    qInfo("%s %s %.1e (%s)", family.c_str(), check, deviation, QTest::currentDataTag());
    return deviation < tolerance;
}

std::vector<std::int64_t> idsOf(const SafetensorsFile& file, const char* name)
{
    const at::Tensor ids = tensorOf(file, name);
    const auto* begin = ids.data_ptr<std::int64_t>();
    return {begin, begin + ids.numel()};
}

std::optional<fs::path> sharedModel(const std::string& name)
{
    const auto golden = test::goldenFolder();
    return golden ? std::optional(*golden / "models" / name) : std::nullopt;
}

} // namespace

#define MODEL_FOLDER(variable, name)                                                                         \
    const auto variable##Found = sharedModel(name);                                                          \
    if (!variable##Found)                                                                                    \
        QSKIP("golden data is not there");                                                                   \
    const std::filesystem::path variable = *variable##Found

class TestGoldenModel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { at::set_num_threads(1); }

    void baseModel_data() { addModelRows(); }

    void baseModel()
    {
        QFETCH(QString, folder);
        const SafetensorsFile file = resultsOf(folder.toStdString());
        const Batch batch = test::goldenBatch(file);
        const at::Tensor mask = tensorOf(file, "attention_mask");
        Model model = loadFloat32(folder.toStdString());

        const at::Tensor logits = model.logits(batch);
        QVERIFY(isWithin(model.familyName(), "logits",
                         relativeDeviation(logits, tensorOf(file, "logits"), mask), kLogits));
        QVERIFY(isWithin(model.familyName(), "logits_f64",
                         relativeDeviation(logits, tensorOf(file, "logits_f64"), mask), kLogits));
        const double loss = meanLoss(model, batch);
        QVERIFY(isWithin(model.familyName(), "loss", relative(loss, tensorOf(file, "loss").item<double>()),
                         kLoss));
        QVERIFY(isWithin(model.familyName(), "loss_f64",
                         relative(loss, tensorOf(file, "loss_f64").item<double>()), kLoss));
        QVERIFY(isWithin(model.familyName(), "token_nll",
                         relativeDeviation(model.tokenLoss(batch), tensorOf(file, "token_nll")), kLogits));
        const auto states = model.hiddenStates(batch);
        QVERIFY(!file.tensors().contains("hidden_states." + std::to_string(states.size())));
        double worst = 0;
        for (std::size_t i = 0; i < states.size(); ++i)
            worst = std::max(
                worst, relativeDeviation(states[i][0], tensorOf(file, "hidden_states." + std::to_string(i))));
        QVERIFY(isWithin(model.familyName(), "hidden_states", worst, kHidden));
    }

    void greedyGeneration_data() { addModelRows("generate.output_ids"); }

    void greedyGeneration()
    {
        QFETCH(QString, folder);
        const SafetensorsFile file = resultsOf(folder.toStdString());
        Model model = loadFloat32(folder.toStdString());
        const auto prompt = idsOf(file, "generate.prompt_ids");
        const auto output = idsOf(file, "generate.output_ids");
        const std::vector<std::int64_t> wanted(output.begin() + static_cast<std::ptrdiff_t>(prompt.size()),
                                               output.end());
        QVERIFY(wanted.size() > 5);
        GenerateOptions options;
        options.maxNewTokens = static_cast<int>(wanted.size());
        QCOMPARE(model.generate(prompt, options), wanted);

        options.stopIds = {wanted[5]};
        const auto first = std::find(wanted.begin(), wanted.end(), wanted[5]);
        QCOMPARE(model.generate(prompt, options), std::vector<std::int64_t>(wanted.begin(), first));
        options.stopIds.clear();
        int calls = 0;
        QCOMPARE(model.generate(prompt, options, [&calls](std::int64_t) { return ++calls < 3; }).size(),
                 std::size_t(3));
    }

    void bfloat16Run_data() { addModelRows("bf16run.logits"); }

    // Two correct bfloat16 runs differ by what rounding leaves to chance: the bounds are some times the
    // reference's own deviation from float32 (logits 2.3e-2, loss 1.2e-4).
    void bfloat16Run()
    {
        QFETCH(QString, folder);
        const SafetensorsFile file = resultsOf(folder.toStdString());
        const Batch batch = test::goldenBatch(file);
        Model model = Model::load(folder.toStdString(), StorageType::BFloat16, at::kCPU);
        QCOMPARE(model.storageName(), std::string("bfloat16"));
        const double logits = relativeDeviation(model.logits(batch), tensorOf(file, "bf16run.logits"),
                                                tensorOf(file, "attention_mask"));
        QVERIFY(isWithin(model.familyName(), "bf16run.logits", logits, 5e-2));
        QVERIFY(isWithin(model.familyName(), "bf16run.loss",
                         relative(meanLoss(model, batch), tensorOf(file, "bf16run.loss").item<double>()),
                         1e-3));
    }

    void bfloat16Gradients()
    {
        MODEL_FOLDER(path, "llama_bf16");
        const Batch batch = test::goldenBatch(SafetensorsFile(path / "golden.safetensors"));
        Model model = Model::load(path, StorageType::BFloat16, at::kCPU);
        const SafetensorsFile adapter(path / "lora/lora_golden.safetensors");
        model.attachAdapter(path / "lora", 0);
        (model.lossSum(batch) / static_cast<double>(batch.trainedTokens)).backward();
        QVERIFY(relative(meanLoss(model, batch), tensorOf(adapter, "bf16run.loss").item<double>()) < 2e-3);
        for (std::size_t i = 0; i < model.parameters().slices().size(); ++i) {
            const std::string& key = model.parameters().slices()[i].key;
            const at::Tensor ours = model.parameters().parameter(i).grad().to(at::kDouble);
            const at::Tensor theirs = tensorOf(adapter, "grad." + key).to(at::kDouble);
            const double cosine = ((ours * theirs).sum() / (ours.norm() * theirs.norm())).item<double>();
            QVERIFY2(cosine > 0.998, key.c_str());
        }
    }

    void adapter_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("adapter");
        const auto row = [](const char* folder, const char* adapter) {
            QTest::addRow("%s/%s", folder, adapter) << QString(folder) << QString(adapter);
        };
        for (const char* adapter : {"lora", "rslora", "lora_qv", "lora_regex", "lora_dropout"})
            row("llama", adapter);
        row("llama_bf16", "lora");
        row("mistral", "lora");
        row("qwen2", "lora");
    }

    void adapter()
    {
        QFETCH(QString, folder);
        QFETCH(QString, adapter);
        MODEL_FOLDER(path, folder.toStdString());
        const auto adapterPath = path / adapter.toStdString();
        const SafetensorsFile base(path / "golden.safetensors");
        const SafetensorsFile file(adapterPath / "lora_golden.safetensors");
        const Batch batch = test::goldenBatch(base);
        const at::Tensor mask = tensorOf(base, "attention_mask");
        Model model = loadFloat32(path);
        model.attachAdapter(adapterPath, 0.1); // drops only while training

        QVERIFY(relativeDeviation(model.logits(batch), tensorOf(file, "logits"), mask) < kLogits);
        QVERIFY(relative(meanLoss(model, batch), tensorOf(file, "loss").item<double>()) < kLoss);
        (model.lossSum(batch) / static_cast<double>(batch.trainedTokens)).backward();
        const ParameterBuffer& parameters = model.parameters();
        for (std::size_t i = 0; i < parameters.slices().size(); ++i) {
            const std::string& key = parameters.slices()[i].key;
            QVERIFY2(relativeDeviation(parameters.parameter(i).grad(), tensorOf(file, "grad." + key)) <
                         kGradient,
                     key.c_str());
        }
        const double norm = parameters.gradient().norm().item<double>();
        QVERIFY(relative(norm, tensorOf(file, "grad_norm").item<double>()) < kGradientNorm);
        std::size_t gradients = 0;
        for (const auto& [name, entry] : file.tensors())
            gradients += name.starts_with("grad.") ? 1 : 0;
        QCOMPARE(parameters.slices().size(), gradients);

        model.setAdapterActive(false);
        QVERIFY(relativeDeviation(model.logits(batch), tensorOf(base, "logits"), mask) < kLogits);
    }

    void newerPeftLayout()
    {
        MODEL_FOLDER(path, "llama_v5");
        MODEL_FOLDER(golden, "llama");
        const SafetensorsFile base(golden / "golden.safetensors");
        const SafetensorsFile file(golden / "lora/lora_golden.safetensors");
        Model model = loadFloat32(path);
        model.attachAdapter(path / "lora", 0);
        QVERIFY(relativeDeviation(model.logits(test::goldenBatch(base)), tensorOf(file, "logits"),
                                  tensorOf(base, "attention_mask")) < kLogits);
    }
};

QTEST_APPLESS_MAIN(TestGoldenModel)
#include "test_golden_model.moc"
