// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The decoder and its adapters against what transformers and PEFT compute. Tolerances:
// ../shared/golden/README.md.
// Before Qt, whose keywords are names in ATen.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/base/error.h"
#include "core/engine/model/model.h"
#include "tests/engine_model/golden_model.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <cmath>

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

// The folder of a golden model; the one that is in the repository needs no golden data.
std::optional<std::filesystem::path> modelFolder(const std::string& name)
{
    if (name == "data")
        return test::dataFolder() / "models/llama";
    const auto golden = test::goldenFolder();
    return golden ? std::optional(*golden / "models" / name) : std::nullopt;
}

} // namespace

#define MODEL_FOLDER(variable, name)                                                                         \
    const auto variable##Found = modelFolder(name);                                                          \
    if (!variable##Found)                                                                                    \
        QSKIP("golden data is not there");                                                                   \
    const std::filesystem::path variable = *variable##Found

class TestGoldenModel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { at::set_num_threads(1); }

    void baseModel_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("golden");
        const auto row = [](const char* folder, const char* golden) {
            QTest::newRow(folder) << QString(folder) << QString(golden);
        };
        row("data", "data");
        row("llama", "llama");
        row("llama_bf16", "llama_bf16");
        row("llama_sharded", "llama");
        row("llama_v5", "llama");
        row("mistral", "mistral");
        row("qwen2", "qwen2");
    }

    void baseModel()
    {
        QFETCH(QString, folder);
        QFETCH(QString, golden);
        MODEL_FOLDER(path, folder.toStdString());
        MODEL_FOLDER(goldenPath, golden.toStdString());
        const SafetensorsFile file(goldenPath / "golden.safetensors");
        const Batch batch = test::goldenBatch(file);
        const at::Tensor mask = tensorOf(file, "attention_mask");
        Model model = loadFloat32(path);

        const at::Tensor logits = model.logits(batch);
        QVERIFY(relativeDeviation(logits, tensorOf(file, "logits"), mask) < kLogits);
        QVERIFY(relativeDeviation(logits, tensorOf(file, "logits_f64"), mask) < kLogits);
        QVERIFY(relative(meanLoss(model, batch), tensorOf(file, "loss").item<double>()) < kLoss);
        QVERIFY(relative(meanLoss(model, batch), tensorOf(file, "loss_f64").item<double>()) < kLoss);
        QVERIFY(relativeDeviation(model.tokenLoss(batch), tensorOf(file, "token_nll")) < kLogits);
        const auto states = model.hiddenStates(batch);
        QVERIFY(!file.tensors().contains("hidden_states." + std::to_string(states.size())));
        for (std::size_t i = 0; i < states.size(); ++i)
            QVERIFY(relativeDeviation(states[i][0], tensorOf(file, "hidden_states." + std::to_string(i))) <
                    kHidden);
    }

    void greedyGeneration_data() { baseModel_data(); }

    void greedyGeneration()
    {
        QFETCH(QString, folder);
        QFETCH(QString, golden);
        MODEL_FOLDER(path, folder.toStdString());
        MODEL_FOLDER(goldenPath, golden.toStdString());
        const SafetensorsFile file(goldenPath / "golden.safetensors");
        Model model = loadFloat32(path);
        const at::Tensor expected = tensorOf(file, "generate.output_ids");
        const at::Tensor promptIds = tensorOf(file, "generate.prompt_ids");
        const auto* begin = promptIds.data_ptr<std::int64_t>();
        const std::vector<std::int64_t> prompt(begin, begin + promptIds.numel());
        GenerateOptions options;
        options.maxNewTokens = 12;
        const auto* output = expected.data_ptr<std::int64_t>();
        const std::vector<std::int64_t> wanted(output + promptIds.numel(), output + expected.numel());
        QCOMPARE(model.generate(prompt, options), wanted);

        options.stopIds = {wanted[5]};
        const auto first = std::find(wanted.begin(), wanted.end(), wanted[5]);
        QCOMPARE(model.generate(prompt, options), std::vector<std::int64_t>(wanted.begin(), first));
        options.stopIds.clear();
        int calls = 0;
        QCOMPARE(model.generate(prompt, options, [&calls](std::int64_t) { return ++calls < 3; }).size(),
                 std::size_t(3));
    }

    // Two correct bfloat16 runs differ by what rounding leaves to chance: the bounds are ten times the
    // reference's own deviation from float32.
    void bfloat16Run()
    {
        MODEL_FOLDER(path, "llama_bf16");
        const SafetensorsFile file(path / "golden.safetensors");
        const Batch batch = test::goldenBatch(file);
        Model model = Model::load(path, StorageType::BFloat16, at::kCPU);
        QCOMPARE(model.storageName(), std::string("bfloat16"));
        QVERIFY(relativeDeviation(model.logits(batch), tensorOf(file, "bf16run.logits"),
                                  tensorOf(file, "attention_mask")) < 5e-2);
        QVERIFY(relative(meanLoss(model, batch), tensorOf(file, "bf16run.loss").item<double>()) < 1e-3);

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
        row("data", "lora");
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

    void refusesByName_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("adapter");
        QTest::addColumn<QStringList>("named");
        QTest::newRow("dora") << "llama"
                              << "dora" << QStringList{"use_dora"};
        QTest::newRow("patterns") << "llama"
                                  << "lora_pattern" << QStringList{"rank_pattern", "alpha_pattern"};
        QTest::newRow("saved modules") << "mistral"
                                       << "modules_to_save" << QStringList{"modules_to_save"};
        QTest::newRow("biases") << "qwen2"
                                << "bias_all" << QStringList{"bias"};
    }

    void refusesByName()
    {
        QFETCH(QString, folder);
        QFETCH(QString, adapter);
        QFETCH(QStringList, named);
        MODEL_FOLDER(path, folder.toStdString());
        Model model = loadFloat32(path);
        try {
            model.attachAdapter(path / adapter.toStdString(), 0);
            QFAIL("accepted");
        } catch (const Error& error) {
            for (const QString& name : named)
                QVERIFY2(QString(error.what()).contains(name), error.what());
        }
    }
};

QTEST_APPLESS_MAIN(TestGoldenModel)
#include "test_golden_model.moc"
