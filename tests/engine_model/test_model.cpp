// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The model as a whole: adapters made, saved and read again, all weights trained, dropout, generation, and
// what is refused.

// Before Qt, whose keywords are names in ATen.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/engine/model/model.h"
#include "core/engine/torch_compat.h"
#include "tests/engine_model/golden_model.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <cmath>
#include <cstring>

using namespace lens;
using test::floatsOf;
using test::relativeDeviation;

namespace {

const Json kTinyConfig = Json::parse(R"({
    "model_type": "qwen2", "vocab_size": 60, "hidden_size": 32, "intermediate_size": 48,
    "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
    "max_position_embeddings": 64, "rms_norm_eps": 1e-6, "tie_word_embeddings": true,
    "hidden_act": "silu", "initializer_range": 0.3})");

// A model with random weights of a size whose loss is not flat.
Model tinyModel(const Json& config = kTinyConfig, std::uint64_t seed = 5)
{
    const test::TemporaryFolder folder;
    writeFileAtomically(folder.path() / "config.json", toJsonText(config));
    return Model::initialise(folder.path() / "config.json", seed, at::kCPU);
}

Batch tinyBatch(std::int64_t vocabulary = 60)
{
    Batch batch;
    batch.ids = at::arange(20, at::kLong).mul(17).remainder(vocabulary).view({2, 10});
    batch.labels = batch.ids.clone();
    batch.labels.narrow(1, 0, 3).fill_(-100);
    batch.labels[1].narrow(0, 7, 3).fill_(-100);
    batch.lengths = {10, 7};
    batch.tokens = 17;
    batch.trainedTokens = 11;
    return batch;
}

AdapterSettings adapterSettings(std::vector<std::string> targets = {})
{
    AdapterSettings settings;
    settings.r = 4;
    settings.loraAlpha = 8;
    settings.targetModules = std::move(targets);
    return settings;
}

double lossOf(Model& model, const Batch& batch)
{
    const at::NoGradGuard guard;
    return model.lossSum(batch).item<double>();
}

void randomise(at::Tensor& values, double size)
{
    at::Generator generator = newGenerator(at::kCPU, 77);
    values.copy_(at::empty_like(values).normal_(0, size, generator));
}

// Slope of the loss along the gradient's own direction, by central differences, against the gradient's
// length.
double slopeDeviation(Model& model, const Batch& batch)
{
    ParameterBuffer& parameters = model.parameters();
    parameters.zeroGradient();
    model.lossSum(batch).backward();
    const double length = parameters.gradient().norm().item<double>();
    const at::Tensor start = parameters.values().clone();
    const at::Tensor direction = parameters.gradient() / length;
    const at::NoGradGuard guard;
    const double step = 2e-3;
    parameters.values().copy_(start + direction * step);
    const double above = lossOf(model, batch);
    parameters.values().copy_(start - direction * step);
    const double below = lossOf(model, batch);
    parameters.values().copy_(start);
    return std::abs((above - below) / (2 * step) - length) / length;
}

std::string messageOf(const std::function<void()>& action)
{
    try {
        action();
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

} // namespace

class TestModel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { at::set_num_threads(1); }

    void initialiseDrawsWhatTheConfigSays()
    {
        Model model = tinyModel();
        QCOMPARE(model.familyName(), std::string("qwen2"));
        model.trainAllWeights();
        for (const ParameterSlice& slice : model.parameters().slices()) {
            const at::Tensor values = model.parameters().values().narrow(0, slice.offset, slice.elements);
            const double mean = values.mean().item<double>();
            if (slice.key.ends_with("norm.weight")) {
                QVERIFY(values.eq(1).all().item<bool>() && !slice.decay);
            } else if (slice.key.ends_with(".bias")) {
                QVERIFY(values.eq(0).all().item<bool>() && !slice.decay);
            } else {
                // Five standard errors.
                const double n = static_cast<double>(slice.elements);
                QVERIFY2(std::abs(mean) < 5 * 0.3 / std::sqrt(n), slice.key.c_str());
                QVERIFY2(std::abs(values.std().item<double>() / 0.3 - 1) < 5 / std::sqrt(2 * n),
                         slice.key.c_str());
                QVERIFY(slice.decay);
            }
        }
        Model same = tinyModel();
        Model other = tinyModel(kTinyConfig, 6);
        QVERIFY(at::equal(same.logits(tinyBatch()), model.logits(tinyBatch())));
        QVERIFY(!at::equal(other.logits(tinyBatch()), model.logits(tinyBatch())));
    }

    void bfloat16WeightsAreTheRoundedOnes()
    {
        const test::TemporaryFolder folder;
        writeFileAtomically(folder.path() / "config.json", toJsonText(kTinyConfig));
        Model model = Model::initialise(folder.path(), 5, at::kCPU, StorageType::BFloat16);
        QCOMPARE(model.storageName(), std::string("bfloat16"));
        Model wide = tinyModel();
        wide.trainAllWeights();
        wide.saveTrained(folder.path() / "saved", "base");
        Model rounded = Model::load(folder.path() / "saved", StorageType::BFloat16, at::kCPU);
        QVERIFY(at::equal(model.logits(tinyBatch()), rounded.logits(tinyBatch())));
        QVERIFY(!at::equal(model.logits(tinyBatch()), wide.logits(tinyBatch())));
    }

    void freshAdapterChangesNothing()
    {
        Model model = tinyModel();
        const at::Tensor before = model.logits(tinyBatch());
        model.attachLora(adapterSettings(), 3);
        QCOMPARE(model.modules().size(), std::size_t(14));
        QVERIFY(at::equal(model.logits(tinyBatch()), before));
        for (const AdaptedModule& module : model.modules()) {
            const at::Tensor a = model.parameters().parameter(static_cast<std::size_t>(module.sliceA));
            const double bound = 1 / std::sqrt(static_cast<double>(module.inFeatures));
            const double n = static_cast<double>(a.numel());
            QVERIFY(a.abs().max().item<double>() <= bound);
            QVERIFY(std::abs(a.std().item<double>() / (bound / std::sqrt(3.0)) - 1) < 5 / std::sqrt(2 * n));
            QCOMPARE(module.scale, 2.0);
            QCOMPARE(module.rank, 4);
        }
        const AdaptedModule& first = model.modules().front();
        QCOMPARE(first.path, std::string("model.layers.0.mlp.down_proj"));
        QCOMPARE(first.kind, std::string("down_proj"));
        QCOMPARE(first.layer, 0);
        QCOMPARE(first.inFeatures, std::int64_t(48));
        Model again = tinyModel();
        again.attachLora(adapterSettings(), 3);
        QVERIFY(at::equal(again.parameters().values(), model.parameters().values()));
        QVERIFY(messageOf([&] { model.attachLora(adapterSettings(), 3); }).find("already") !=
                std::string::npos);
    }

    void gradientsMatchFiniteDifferences_data()
    {
        QTest::addColumn<QStringList>("targets");
        QTest::newRow("all linear") << QStringList{};
        QTest::newRow("one kind") << QStringList{"v_proj"};
        QTest::newRow("upper layer only") << QStringList{"layers.1.mlp.up_proj"};
        QTest::newRow("head") << QStringList{"lm_head", "q_proj"};
    }

    void gradientsMatchFiniteDifferences()
    {
        QFETCH(QStringList, targets);
        std::vector<std::string> names;
        for (const QString& target : targets)
            names.push_back(target.toStdString());
        Model model = tinyModel();
        model.attachLora(adapterSettings(names), 3);
        randomise(model.parameters().values(), 0.2);
        QVERIFY(slopeDeviation(model, tinyBatch()) < 1e-3);
    }

    void fullGradientsMatchFiniteDifferences_data()
    {
        QTest::addColumn<bool>("tied");
        QTest::newRow("tied") << true;
        QTest::newRow("untied") << false;
    }

    void fullGradientsMatchFiniteDifferences()
    {
        QFETCH(bool, tied);
        Json config = kTinyConfig;
        config["tie_word_embeddings"] = tied;
        Model model = tinyModel(config);
        const std::int64_t count = model.parameterCount();
        model.trainAllWeights();
        QCOMPARE(model.parameters().elements(), count);
        QVERIFY(model.modules().empty());
        QVERIFY(slopeDeviation(model, tinyBatch()) < 1e-3);
        for (const ParameterSlice& slice : model.parameters().slices())
            // Adding to all keys of a row changes no probability: the gradient of a k bias is 0 but for
            // rotation.
            QVERIFY2(model.parameters()
                             .gradient()
                             .narrow(0, slice.offset, slice.elements)
                             .abs()
                             .sum()
                             .item<double>() > 0,
                     slice.key.c_str());
    }

    void rowsDoNotSeeEachOtherNorPadding()
    {
        Model model = tinyModel();
        const Batch batch = tinyBatch();
        Batch single;
        single.ids = batch.ids.narrow(0, 1, 1).narrow(1, 0, 7);
        const at::Tensor both = model.logits(batch)[1].narrow(0, 0, 7);
        QVERIFY(relativeDeviation(model.logits(single)[0], both) < 1e-6);
    }

    void accumulationIsTheSumOfItsParts()
    {
        Model model = tinyModel();
        model.attachLora(adapterSettings(), 3);
        randomise(model.parameters().values(), 0.2);
        const Batch batch = tinyBatch();
        model.lossSum(batch).backward();
        const at::Tensor whole = model.parameters().gradient().clone();
        model.parameters().zeroGradient();
        for (std::int64_t row = 0; row < 2; ++row) {
            Batch part;
            part.ids = batch.ids.narrow(0, row, 1);
            part.labels = batch.labels.narrow(0, row, 1);
            model.lossSum(part).backward();
        }
        QVERIFY(relativeDeviation(model.parameters().gradient(), whole) < 1e-5);
    }

    void nothingTrainedIsZeroLoss()
    {
        Model model = tinyModel();
        model.attachLora(adapterSettings(), 3);
        Batch batch = tinyBatch();
        batch.labels.fill_(-100);
        const at::Tensor loss = model.lossSum(batch);
        QCOMPARE(loss.item<double>(), 0.0);
        loss.backward();
        QCOMPARE(model.parameters().gradient().abs().sum().item<double>(), 0.0);
    }

    void dropoutFollowsItsGenerator()
    {
        Model model = tinyModel();
        AdapterSettings settings = adapterSettings();
        settings.loraDropout = 0.5;
        model.attachLora(settings, 3);
        randomise(model.parameters().values(), 0.2);
        const Batch batch = tinyBatch();
        const double plain = lossOf(model, batch);
        QCOMPARE(lossOf(model, batch), plain);
        model.setTraining(true);
        model.seedGenerator(11);
        const double first = lossOf(model, batch);
        const auto state = model.generatorState();
        const double second = lossOf(model, batch);
        QVERIFY(first != plain && second != first);
        model.setGeneratorState(state);
        QCOMPARE(lossOf(model, batch), second);
        model.seedGenerator(11);
        QCOMPARE(lossOf(model, batch), first);
        // LibTorch's own generator plays no part.
        at::manual_seed(1);
        model.setGeneratorState(state);
        QCOMPARE(lossOf(model, batch), second);
        model.setTraining(false);
        QCOMPARE(lossOf(model, batch), plain);
        QVERIFY_EXCEPTION_THROWN(model.setGeneratorState({1, 2, 3}), Error);
    }

    void savedAdapterIsReadAgainBitForBit()
    {
        const test::TemporaryFolder folder;
        Model model = tinyModel();
        model.attachLora(adapterSettings({"q_proj", "down_proj"}), 3);
        randomise(model.parameters().values(), 0.2);
        model.saveTrained(folder.path(), "some/base");
        Model again = tinyModel();
        again.attachAdapter(folder.path(), 0);
        QCOMPARE(floatsOf(again.parameters().values()), floatsOf(model.parameters().values()));
        QVERIFY(at::equal(again.logits(tinyBatch()), model.logits(tinyBatch())));
        QCOMPARE(again.modules().size(), std::size_t(4));
    }

    // What PEFT wrote, read and written again, is what PEFT wrote.
    void savedAdapterIsPeftsOwn()
    {
        const test::TemporaryFolder folder;
        const auto source = test::dataFolder() / "models/llama";
        Model model = Model::load(source, StorageType::Float32, at::kCPU);
        model.attachAdapter(source / "lora", 0);
        model.saveTrained(folder.path(), "llama");
        QCOMPARE(readFile(folder.path() / "adapter_model.safetensors"),
                 readFile(source / "lora/adapter_model.safetensors"));
        Json ours = readJsonFile(folder.path() / "adapter_config.json");
        Json theirs = readJsonFile(source / "lora/adapter_config.json");
        for (Json* json : {&ours, &theirs})
            std::sort((*json)["target_modules"].begin(), (*json)["target_modules"].end());
        QCOMPARE(toJsonText(ours), toJsonText(theirs));
    }

    void savedFullModelIsReadAgain()
    {
        const test::TemporaryFolder folder;
        Model model = tinyModel();
        model.trainAllWeights();
        randomise(model.parameters().values(), 0.2);
        model.saveTrained(folder.path(), "ignored");
        Model again = Model::load(folder.path(), StorageType::Auto, at::kCPU);
        QVERIFY(at::equal(again.logits(tinyBatch()), model.logits(tinyBatch())));
        const Json config = readJsonFile(folder.path() / "config.json");
        QCOMPARE(config["torch_dtype"].get<std::string>(), std::string("float32"));
        QCOMPARE(config["architectures"][0].get<std::string>(), std::string("Qwen2ForCausalLM"));
    }

    void namesEveryWrongTensorOfAModel()
    {
        const test::TemporaryFolder folder;
        const auto source = test::dataFolder() / "models/llama";
        const SafetensorsFile file(source / "model.safetensors");
        std::vector<TensorToWrite> tensors;
        for (const auto& [name, entry] : file.tensors()) {
            TensorToWrite tensor{name, entry.type, entry.shape, entry.bytes};
            if (name == "model.norm.weight")
                continue;
            if (name == "lm_head.weight")
                std::swap(tensor.shape[0], tensor.shape[1]);
            if (name == "model.layers.1.mlp.up_proj.weight")
                tensor.name = "model.layers.2.mlp.up_proj.weight";
            tensors.push_back(tensor);
        }
        writeSafetensors(folder.path() / "model.safetensors", tensors);
        std::filesystem::copy_file(source / "config.json", folder.path() / "config.json");
        const auto message = messageOf([&] { Model::load(folder.path(), StorageType::Float32, at::kCPU); });
        for (const char* part :
             {"model.norm.weight: is missing", "lm_head.weight: has the shape (64, 240)",
              "model.layers.1.mlp.up_proj.weight: is missing", "model.layers.2.mlp.up_proj.weight: is in"})
            QVERIFY2(message.find(part) != std::string::npos, message.c_str());
    }

    void namesEveryWrongTensorOfAnAdapter()
    {
        const test::TemporaryFolder folder;
        const auto source = test::dataFolder() / "models/llama";
        const SafetensorsFile file(source / "lora/adapter_model.safetensors");
        std::vector<TensorToWrite> tensors;
        for (const auto& [name, entry] : file.tensors())
            tensors.push_back({name, entry.type, entry.shape, entry.bytes});
        tensors[0].name += "x";
        std::swap(tensors[1].shape[0], tensors[1].shape[1]);
        writeSafetensors(folder.path() / "adapter_model.safetensors", tensors);
        std::filesystem::copy_file(source / "lora/adapter_config.json",
                                   folder.path() / "adapter_config.json");
        Model model = Model::load(source, StorageType::Float32, at::kCPU);
        const auto message = messageOf([&] { model.attachAdapter(folder.path(), 0); });
        QCOMPARE(std::count(message.begin(), message.end(), '\n'), std::ptrdiff_t(2));
        QVERIFY2(message.find(tensors[0].name + ", which no adapted module takes") != std::string::npos,
                 message.c_str());
        QVERIFY(message.find(tensors[1].name + " has another shape") != std::string::npos);
    }

    void shardsMustAgreeWithTheirIndex()
    {
        const test::TemporaryFolder folder;
        const auto source = test::dataFolder() / "models/llama";
        std::filesystem::copy_file(source / "config.json", folder.path() / "config.json");
        const auto load = [&] {
            return messageOf([&] { Model::load(folder.path(), StorageType::Float32, at::kCPU); });
        };
        QVERIFY(load().find("neither model.safetensors") != std::string::npos);
        std::filesystem::copy_file(source / "model.safetensors", folder.path() / "shard.safetensors");
        const auto index = [&](const std::string& map) {
            writeFileAtomically(folder.path() / "model.safetensors.index.json",
                                "{\"weight_map\":" + map + "}");
        };
        index("{\"a\":\"../shard.safetensors\"}");
        QVERIFY(load().find("not a file name") != std::string::npos);
        index("{\"a\":\"gone.safetensors\"}");
        QVERIFY(load().find("gone.safetensors is missing") != std::string::npos);
        index("{\"a\":\"shard.safetensors\"}");
        QVERIFY(load().find("has no tensor a") != std::string::npos);
        QVERIFY(load().find("lm_head.weight is not listed") != std::string::npos);
    }

    void unknownTargetsAreNamed()
    {
        Model model = tinyModel();
        const auto message = messageOf([&] {
            model.attachLora(adapterSettings({"q_proj", "wq", "c_attn"}), 1);
        });
        QVERIFY(message.find("wq") != std::string::npos && message.find("c_attn") != std::string::npos);
        QVERIFY(message.find("named q_proj") == std::string::npos);
        AdapterSettings settings = adapterSettings();
        settings.targetRegex = "nothing";
        QVERIFY(messageOf([&] { model.attachLora(settings, 1); }).find("name no linear") !=
                std::string::npos);
        settings.targetRegex = ".*layers\\.1\\..*_proj";
        model.attachLora(settings, 1);
        QCOMPARE(model.modules().size(), std::size_t(7));
    }

    void idsOutsideOfTheVocabularyAreRefused()
    {
        Model model = tinyModel();
        Batch batch = tinyBatch();
        batch.ids[0][3] = 60;
        QVERIFY(messageOf([&] { model.lossSum(batch); }).find("vocabulary of 60") != std::string::npos);
        batch = tinyBatch();
        batch.labels[0][5] = 60;
        QVERIFY_EXCEPTION_THROWN(model.lossSum(batch), Error);
        QVERIFY_EXCEPTION_THROWN(model.generate({}, {}), Error);
        QVERIFY_EXCEPTION_THROWN(model.generate({1, -1}, {}), Error);
    }

    void samplingFollowsItsSeedAndTheDistribution()
    {
        Model model = tinyModel();
        GenerateOptions options;
        options.maxNewTokens = 12;
        options.temperature = 1;
        options.seed = 4;
        const auto first = model.generate({1, 2, 3}, options);
        QCOMPARE(model.generate({1, 2, 3}, options), first);
        options.seed = 5;
        QVERIFY(model.generate({1, 2, 3}, options) != first);
        // The share of the likeliest token among many single draws.
        Batch batch;
        batch.ids = at::tensor({1, 2, 3}, at::kLong).view({1, 3});
        const at::Tensor p = model.logits(batch)[0][2].to(at::kDouble).softmax(0);
        const double top = p.max().item<double>();
        const std::int64_t likeliest = p.argmax().item<std::int64_t>();
        options.maxNewTokens = 1;
        int hits = 0;
        for (options.seed = 0; options.seed < 2000; ++options.seed)
            hits += model.generate({1, 2, 3}, options)[0] == likeliest ? 1 : 0;
        QVERIFY(std::abs(hits / 2000.0 - top) < 5 * std::sqrt(top * (1 - top) / 2000));
    }

    void cachedGenerationIsTheWholeForwardPass()
    {
        Json config = kTinyConfig;
        config["use_sliding_window"] = true;
        config["sliding_window"] = 4;
        config["max_window_layers"] = 1;
        Model model = tinyModel(config);
        std::vector<std::int64_t> ids{5, 9, 2};
        GenerateOptions options;
        options.maxNewTokens = 20;
        const auto generated = model.generate(ids, options);
        for (const std::int64_t id : generated) {
            Batch batch;
            batch.ids = at::tensor(ids, at::kLong).unsqueeze(0);
            QCOMPARE(model.logits(batch)[0][static_cast<std::int64_t>(ids.size()) - 1]
                         .argmax()
                         .item<std::int64_t>(),
                     id);
            ids.push_back(id);
        }
        QCOMPARE(generated.size(), std::size_t(20));
    }

    void baseNormIsThatOfTheStoredWeights()
    {
        const auto source = test::dataFolder() / "models/llama";
        const SafetensorsFile file(source / "model.safetensors");
        Model model = Model::load(source, StorageType::Float32, at::kCPU);
        model.attachAdapter(source / "lora", 0);
        for (std::size_t i = 0; i < model.modules().size(); ++i) {
            const auto bytes = file.at(model.modules()[i].path + ".weight").bytes;
            double sum = 0;
            for (std::size_t offset = 0; offset < bytes.size(); offset += 4) {
                float value = 0;
                std::memcpy(&value, bytes.data() + offset, 4);
                sum += static_cast<double>(value) * static_cast<double>(value);
            }
            QVERIFY(std::abs(model.baseNorm(i) / std::sqrt(sum) - 1) < 1e-12);
        }
    }
};

QTEST_APPLESS_MAIN(TestModel)
#include "test_model.moc"
