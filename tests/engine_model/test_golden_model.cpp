// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The decoder against what transformers computes, for every golden folder (adapters: test_golden_adapters).
// Prints "family check deviation" for each. Tolerances: ../shared/golden/README.md.
// Before Qt, whose keywords are names in ATen.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/engine/model/model.h"
#include "core/engine/torch_compat.h"
#include "tests/engine_model/golden_model.h"
#include "tests/support/golden_folders.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace lens;
using test::relativeDeviation;
using test::tensorOf;

namespace {

constexpr double kLogits = 1e-5;
constexpr double kHidden = 1e-5;
constexpr double kLoss = 2e-6;

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

} // namespace

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

    void bfloat16Gradients_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("adapter");
        bool any = false;
        for (const fs::path& model : test::goldenModels().paths)
            for (const fs::path& adapter : test::goldenAdapters(model)) {
                const SafetensorsFile file(adapter / "lora_golden.safetensors");
                if (!file.tensors().contains("bf16run.loss"))
                    continue;
                QTest::newRow((model.filename() / adapter.filename()).c_str())
                    << QString::fromStdString(model.string()) << QString::fromStdString(adapter.string());
                any = true;
            }
        if (!any)
            QSKIP("no golden adapter has bf16run.loss");
    }

    // A bfloat16 base under a float32 adapter: the direction of each gradient is that of the float32 run.
    void bfloat16Gradients()
    {
        QFETCH(QString, folder);
        QFETCH(QString, adapter);
        const Batch batch = test::goldenBatch(resultsOf(folder.toStdString()));
        Model model = Model::load(folder.toStdString(), StorageType::BFloat16, at::kCPU);
        const SafetensorsFile file(fs::path(adapter.toStdString()) / "lora_golden.safetensors");
        model.attachAdapter(adapter.toStdString(), 0);
        (model.lossSum(batch) / static_cast<double>(batch.trainedTokens)).backward();
        QVERIFY(isWithin(model.familyName(), "bf16run.loss with an adapter",
                         relative(meanLoss(model, batch), tensorOf(file, "bf16run.loss").item<double>()),
                         2e-3));
        for (std::size_t i = 0; i < model.parameters().slices().size(); ++i) {
            const std::string& key = model.parameters().slices()[i].key;
            const at::Tensor ours = model.parameters().parameter(i).grad().to(at::kDouble);
            const at::Tensor theirs = tensorOf(file, "grad." + key).to(at::kDouble);
            const double cosine = ((ours * theirs).sum() / (ours.norm() * theirs.norm())).item<double>();
            QVERIFY2(cosine > 0.998, key.c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestGoldenModel)
#include "test_golden_model.moc"
