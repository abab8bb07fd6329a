// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What has to hold for every family, with fresh random weights: gradients against differences of the loss,
// generation with a cache against whole forward passes, reading and writing of files.

// Before Qt, whose keywords are names in ATen.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/engine/model/decoder.h"
#include "core/engine/model/model.h"
#include "core/engine/torch_compat.h"
#include "tests/engine_model/golden_model.h"
#include "tests/support/test_paths.h"

#include <QTest>
#undef slots // Qt's keyword; the decoder's tensors have that name

#include <cmath>
#include <functional>

using namespace lens;
using test::relativeDeviation;

namespace {

struct Case {
    const char* name;
    const char* patch; // of kCommon
};

constexpr const char* kCommon = R"({"vocab_size": 60, "hidden_size": 32, "intermediate_size": 48,
    "num_hidden_layers": 2, "num_attention_heads": 4, "max_position_embeddings": 64,
    "initializer_range": 0.3})";

constexpr Case kCases[] = {
    {"llama",
     R"({"model_type": "llama", "num_key_value_heads": 2, "attention_bias": true, "mlp_bias": true})"},
    {"llama yarn", R"({"model_type": "llama", "rope_parameters": {"rope_type": "yarn", "factor": 4,
        "original_max_position_embeddings": 16}})"},
    {"mistral", R"({"model_type": "mistral", "num_key_value_heads": 2, "sliding_window": 4})"},
    {"qwen2", R"({"model_type": "qwen2", "num_key_value_heads": 2, "tie_word_embeddings": true})"},
    {"qwen3", R"({"model_type": "qwen3", "num_key_value_heads": 2, "head_dim": 12})"},
    {"gemma", R"({"model_type": "gemma", "num_key_value_heads": 1, "head_dim": 16})"},
    {"gemma2", R"({"model_type": "gemma2", "num_key_value_heads": 2, "head_dim": 12, "sliding_window": 4,
        "attn_logit_softcapping": 2, "final_logit_softcapping": 3, "query_pre_attn_scalar": 9})"},
    {"phi3", R"({"model_type": "phi3", "num_key_value_heads": 2, "partial_rotary_factor": 0.5,
        "sliding_window": 6, "original_max_position_embeddings": 8, "rope_scaling": {"type": "su",
        "short_factor": [1, 1.5], "long_factor": [2, 4]}})"},
    {"gpt2", R"({"model_type": "gpt2", "intermediate_size": null, "resid_pdrop": 0, "attn_pdrop": 0,
        "embd_pdrop": 0})"},
    {"gpt2 with other scores", R"({"model_type": "gpt2", "scale_attn_weights": false,
        "scale_attn_by_inverse_layer_idx": true, "activation_function": "quick_gelu", "resid_pdrop": 0,
        "attn_pdrop": 0, "embd_pdrop": 0})"},
    {"gpt_neox", R"({"model_type": "gpt_neox", "rotary_pct": 0.5})"},
    {"gpt_neox in sequence", R"({"model_type": "gpt_neox", "use_parallel_residual": false,
        "attention_bias": false, "hidden_act": "gelu_fast"})"},
};

Json configOf(const QString& name)
{
    for (const Case& one : kCases)
        if (name == one.name) {
            Json json = Json::parse(kCommon);
            json.merge_patch(Json::parse(one.patch));
            return json;
        }
    return {};
}

Model freshModel(const Json& config)
{
    const test::TemporaryFolder folder;
    writeFileAtomically(folder.path() / "config.json", toJsonText(config));
    return Model::initialise(folder.path() / "config.json", 5, at::kCPU);
}

Batch smallBatch()
{
    Batch batch;
    batch.ids = at::arange(20, at::kLong).mul(17).remainder(60).view({2, 10});
    batch.labels = batch.ids.clone();
    batch.labels.narrow(1, 0, 3).fill_(-100);
    batch.labels[1].narrow(0, 7, 3).fill_(-100);
    return batch;
}

void randomise(at::Tensor& values, double size)
{
    at::Generator generator = newGenerator(at::kCPU, 77);
    values.add_(at::empty_like(values).normal_(0, size, generator));
}

double lossOf(Model& model, const Batch& batch)
{
    const at::NoGradGuard guard;
    return model.lossSum(batch).item<double>();
}

// Slope of the loss along its gradient, by central differences of two widths (Richardson), against the
// gradient's length.
double slopeDeviation(Model& model, const Batch& batch)
{
    ParameterBuffer& parameters = model.parameters();
    parameters.zeroGradient();
    model.lossSum(batch).backward();
    const double length = parameters.gradient().norm().item<double>();
    const at::Tensor start = parameters.values().clone();
    const at::Tensor direction = parameters.gradient() / length;
    const at::NoGradGuard guard;
    const auto slope = [&](double step) {
        parameters.values().copy_(start + direction * step);
        const double above = lossOf(model, batch);
        parameters.values().copy_(start - direction * step);
        return (above - lossOf(model, batch)) / (2 * step);
    };
    const double found = (4 * slope(2e-3) - slope(4e-3)) / 3;
    parameters.values().copy_(start);
    return std::abs(found - length) / length;
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

void addCases()
{
    QTest::addColumn<QString>("name");
    for (const Case& one : kCases)
        QTest::newRow(one.name) << QString(one.name);
}

// Saves all weights, lets `change` work on names and bytes, and writes the folder again.
using Change = std::function<void(std::vector<TensorToWrite>&)>;
void writeChanged(const std::filesystem::path& folder, const Json& config, const Change& change)
{
    Model model = freshModel(config);
    model.trainAllWeights();
    model.saveTrained(folder / "plain", "");
    const SafetensorsFile file(folder / "plain/model.safetensors");
    std::vector<TensorToWrite> tensors;
    for (const auto& [name, entry] : file.tensors())
        tensors.push_back({name, entry.type, entry.shape, entry.bytes});
    change(tensors);
    makeFolder(folder / "changed");
    writeSafetensors(folder / "changed/model.safetensors", tensors);
    writeFileAtomically(folder / "changed/config.json", toJsonText(config));
}

Model load(const std::filesystem::path& folder)
{
    return Model::load(folder, StorageType::Float32, at::kCPU);
}

} // namespace

class TestFamilies : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }

    void allGradientsMatchFiniteDifferences_data() { addCases(); }
    void allGradientsMatchFiniteDifferences()
    {
        QFETCH(QString, name);
        Model model = freshModel(configOf(name));
        model.trainAllWeights();
        randomise(model.parameters().values(), 0.05); // norms and biases off their first values
        const double deviation = slopeDeviation(model, smallBatch());
        QVERIFY2(deviation < 1e-3, qPrintable(QString::number(deviation)));
        for (const ParameterSlice& slice : model.parameters().slices())
            QVERIFY2(model.parameters()
                             .gradient()
                             .narrow(0, slice.offset, slice.elements)
                             .abs()
                             .sum()
                             .item<double>() > 0,
                     slice.key.c_str());
    }

    void adapterGradientsMatchFiniteDifferences_data() { addCases(); }
    void adapterGradientsMatchFiniteDifferences()
    {
        QFETCH(QString, name);
        Model model = freshModel(configOf(name));
        const at::Tensor before = model.logits(smallBatch());
        AdapterSettings settings;
        settings.r = 4;
        settings.loraAlpha = 4;
        model.attachLora(settings, 3);
        QVERIFY(at::equal(model.logits(smallBatch()), before));
        randomise(model.parameters().values(), 0.05);
        const double deviation = slopeDeviation(model, smallBatch());
        QVERIFY2(deviation < 1e-3, qPrintable(QString::number(deviation)));
    }

    void cachedGenerationIsTheWholeForwardPass_data() { addCases(); }
    void cachedGenerationIsTheWholeForwardPass()
    {
        QFETCH(QString, name);
        Model model = freshModel(configOf(name));
        std::vector<std::int64_t> ids{5, 9, 2};
        GenerateOptions options;
        options.maxNewTokens = 20; // past windows, and past the lengths at which rotations change
        const auto generated = model.generate(ids, options);
        QCOMPARE(generated.size(), std::size_t(20));
        for (const std::int64_t id : generated) {
            Batch batch;
            batch.ids = at::tensor(ids, at::kLong).unsqueeze(0);
            const at::Tensor last = model.logits(batch)[0][static_cast<std::int64_t>(ids.size()) - 1];
            QCOMPARE(last.argmax().item<std::int64_t>(), id);
            ids.push_back(id);
        }
    }

    void savedWeightsAreReadAgain_data() { addCases(); }
    void savedWeightsAreReadAgain()
    {
        QFETCH(QString, name);
        const test::TemporaryFolder folder;
        Model model = freshModel(configOf(name));
        model.trainAllWeights();
        randomise(model.parameters().values(), 0.05);
        model.saveTrained(folder.path(), "");
        QVERIFY(at::equal(load(folder.path()).logits(smallBatch()), model.logits(smallBatch())));
    }

    // Every part in bfloat16, forwards, backwards and with a cache.
    void bfloat16StaysClose_data() { addCases(); }
    void bfloat16StaysClose()
    {
        QFETCH(QString, name);
        const test::TemporaryFolder folder;
        Json config = configOf(name);
        config["initializer_range"] = 0.1;
        Model model = freshModel(config);
        model.trainAllWeights();
        model.saveTrained(folder.path(), "");
        Model narrow = Model::load(folder.path(), StorageType::BFloat16, at::kCPU);
        const double deviation = relativeDeviation(narrow.logits(smallBatch()), model.logits(smallBatch()));
        QVERIFY2(deviation < 3e-2, qPrintable(QString::number(deviation)));
        AdapterSettings settings;
        settings.r = 2;
        narrow.attachLora(settings, 1);
        narrow.lossSum(smallBatch()).backward();
        QVERIFY(narrow.parameters().gradient().isfinite().all().item<bool>());
        GenerateOptions options;
        options.maxNewTokens = 6;
        QCOMPARE(narrow.generate({1, 2, 3}, options).size(), std::size_t(6));
    }

    void windowsAndCapsChangeTheResult()
    {
        for (const char* key : {"sliding_window", "attn_logit_softcapping", "final_logit_softcapping"}) {
            Json config = configOf("gemma2");
            const at::Tensor before = freshModel(config).logits(smallBatch());
            config[key] = nullptr;
            QVERIFY2(relativeDeviation(freshModel(config).logits(smallBatch()), before) > 1e-3, key);
        }
    }

    // One layer of gpt_neox, term by term, in float64: x + attention(norm₁ x) + feedForward(norm₂ x).
    void parallelResidualIsTheDenseFormula()
    {
        Json json = configOf("gpt_neox");
        json.merge_patch({{"num_hidden_layers", 1}, {"num_attention_heads", 1}, {"rotary_pct", 0.25}});
        Decoder decoder(parseModelConfig(json, "test"), at::kCPU, at::kFloat);
        std::map<std::string, at::Tensor> w;
        at::Generator generator = newGenerator(at::kCPU, 4);
        for (const WeightSlot& slot : decoder.slots()) {
            *slot.tensor = at::empty(slot.shape).normal_(0, 0.3, generator);
            w[slot.name] = slot.tensor->to(at::kDouble);
        }
        const auto part = [&](const std::string& name) { return w.at("gpt_neox.layers.0." + name); };
        const at::Tensor ids = at::tensor({7, 3, 50, 21}, at::kLong);
        const at::Tensor x = w.at("gpt_neox.embed_in.weight").index_select(0, ids);
        const auto normed = [&](const std::string& name) {
            const at::Tensor centred = x - x.mean(-1, true);
            return centred / (centred.square().mean(-1, true) + 1e-5).sqrt() * part(name + ".weight") +
                   part(name + ".bias");
        };
        const auto linear = [&](const at::Tensor& y, const std::string& name) {
            return y.matmul(part(name + ".weight").t()) + part(name + ".bias");
        };
        const at::Tensor qkv = linear(normed("input_layernorm"), "attention.query_key_value");
        // The first 8 of 32 elements turn: 4 pairs.
        const auto turned = [](const at::Tensor& y) {
            const at::Tensor angle = at::arange(4, at::kDouble).unsqueeze(1) *
                                     at::pow(10000.0, at::arange(4, at::kDouble) * -0.25);
            const at::Tensor a = y.narrow(1, 0, 4);
            const at::Tensor b = y.narrow(1, 4, 4);
            return at::cat(
                {a * angle.cos() - b * angle.sin(), b * angle.cos() + a * angle.sin(), y.narrow(1, 8, 24)},
                1);
        };
        at::Tensor scores =
            turned(qkv.narrow(1, 0, 32)).matmul(turned(qkv.narrow(1, 32, 32)).t()) / std::sqrt(32.0);
        scores = scores.masked_fill(at::ones({4, 4}, at::kBool).triu(1), -1e30);
        const at::Tensor attended =
            linear(scores.softmax(-1).matmul(qkv.narrow(1, 64, 32)), "attention.dense");
        const at::Tensor inner = linear(normed("post_attention_layernorm"), "mlp.dense_h_to_4h");
        const at::Tensor fed =
            linear(inner * 0.5 * (1 + (inner / std::sqrt(2.0)).erf()), "mlp.dense_4h_to_h");
        const at::Tensor found = decoder.forward({ids, {ids.size(0)}}, {});
        QVERIFY(relativeDeviation(found, x + attended + fed) < 2e-6);
    }

    // Some files hold the model without the class that adds a head, and buffers of older versions.
    void namesWithoutTheirFirstPartAreUnderstood()
    {
        const test::TemporaryFolder folder;
        const Json config = configOf("gpt2");
        const std::vector<float> buffer(4, 1);
        writeChanged(folder.path(), config, [&](std::vector<TensorToWrite>& tensors) {
            for (TensorToWrite& tensor : tensors)
                tensor.name = tensor.name.substr(std::string("transformer.").size());
            for (const char* name : {"h.0.attn.bias", "h.1.attn.masked_bias"})
                tensors.push_back({name, DType::F32, {4}, std::as_bytes(std::span(buffer))});
        });
        Model plain = load(folder.path() / "plain");
        Model changed = load(folder.path() / "changed");
        QVERIFY(at::equal(plain.logits(smallBatch()), changed.logits(smallBatch())));
        changed.attachLora({}, 1);
        QCOMPARE(changed.modules().front().path, std::string("transformer.h.0.attn.c_attn"));
    }

    void unknownBuffersAreNamed()
    {
        const test::TemporaryFolder folder;
        const std::vector<float> buffer(4, 1);
        writeChanged(folder.path(), configOf("gpt_neox"), [&](std::vector<TensorToWrite>& tensors) {
            for (const char* name :
                 {"gpt_neox.layers.0.attention.bias", "gpt_neox.layers.1.attention.masked_bias",
                  "gpt_neox.layers.0.attention.rotary_emb.inv_freq", "gpt_neox.layers.0.attn.bias",
                  "gpt_neox.layers.0.mlp.bias"})
                tensors.push_back({name, DType::F32, {4}, std::as_bytes(std::span(buffer))});
        });
        const std::string message = messageOf([&] { load(folder.path() / "changed"); });
        QCOMPARE(std::count(message.begin(), message.end(), '\n'), std::ptrdiff_t(1));
        QVERIFY2(message.find("0.attn.bias: is in") != std::string::npos, message.c_str());
        QVERIFY2(message.find("0.mlp.bias: is in") != std::string::npos, message.c_str());
    }

    void aTiedHeadMustBeTheEmbedding()
    {
        const test::TemporaryFolder folder;
        const Json config = configOf("gemma");
        std::vector<std::byte> other;
        const auto withHead = [&](bool same) {
            writeChanged(folder.path(), config, [&](std::vector<TensorToWrite>& tensors) {
                for (std::size_t i = 0; i < tensors.size(); ++i)
                    if (tensors[i].name == "model.embed_tokens.weight") {
                        TensorToWrite head = tensors[i];
                        head.name = "lm_head.weight";
                        other.assign(head.bytes.begin(), head.bytes.end());
                        other[5] ^= std::byte{1};
                        if (!same)
                            head.bytes = other;
                        tensors.push_back(head);
                        return;
                    }
            });
        };
        withHead(true);
        QVERIFY(at::equal(load(folder.path() / "changed").logits(smallBatch()),
                          load(folder.path() / "plain").logits(smallBatch())));
        withHead(false);
        const std::string message = messageOf([&] { load(folder.path() / "changed"); });
        QVERIFY2(message.find("lm_head.weight: differs from model.embed_tokens.weight") != std::string::npos,
                 message.c_str());
    }

    void learnedPositionsEnd()
    {
        Json config = configOf("gpt2");
        config["max_position_embeddings"] = 10;
        Model model = freshModel(config);
        QCOMPARE(model.positionLimit().value(), std::int64_t(10));
        Batch batch = smallBatch();
        model.logits(batch);
        batch.ids = at::zeros({1, 11}, at::kLong);
        QVERIFY(messageOf([&] { model.logits(batch); }).find("positions end at 10") != std::string::npos);
        GenerateOptions options;
        options.maxNewTokens = 50;
        QCOMPARE(model.generate({1, 2, 3}, options).size(), std::size_t(8)); // the last needs no position
        QVERIFY_EXCEPTION_THROWN(model.generate(std::vector<std::int64_t>(11, 1), options), Error);
        QVERIFY(!freshModel(configOf("llama")).positionLimit());
    }

    void dropoutOfTheModelActsWhileTraining_data()
    {
        QTest::addColumn<QString>("key");
        for (const char* key : {"embd_pdrop", "resid_pdrop", "attn_pdrop"})
            QTest::newRow(key) << QString(key);
    }

    void dropoutOfTheModelActsWhileTraining()
    {
        QFETCH(QString, key);
        Json config = configOf("gpt2");
        const Batch batch = smallBatch();
        const double plain = lossOf(*std::make_unique<Model>(freshModel(config)), batch);
        config[key.toStdString()] = 0.3;
        Model model = freshModel(config);
        QCOMPARE(lossOf(model, batch), plain);
        model.setTraining(true);
        model.seedGenerator(3);
        const double first = lossOf(model, batch);
        QVERIFY(first != plain);
        QVERIFY(lossOf(model, batch) != first);
        model.seedGenerator(3);
        QCOMPARE(lossOf(model, batch), first);
    }

    // torch.nn.Embedding's padding_idx, which the llama-like families set and the GPTs do not.
    void paddingIsNotTrainedByLookups()
    {
        const auto gradientOf = [](Json config, std::int64_t padding) {
            config["pad_token_id"] = padding;
            config["tie_word_embeddings"] = false;
            Model model = freshModel(config);
            model.trainAllWeights();
            Batch batch = smallBatch();
            batch.ids.narrow(1, 2, 2).fill_(59);
            model.lossSum(batch).backward();
            for (std::size_t i = 0; i < model.parameters().slices().size(); ++i)
                if (model.parameters().slices()[i].shape == std::vector<std::int64_t>{60, 32} &&
                    !model.parameters().slices()[i].key.starts_with("lm_head"))
                    return model.parameters().parameter(i).grad()[59].abs().sum().item<double>();
            return -1.0;
        };
        QVERIFY(gradientOf(configOf("llama"), 5) > 0);
        QCOMPARE(gradientOf(configOf("llama"), 59), 0.0);
        QCOMPARE(gradientOf(configOf("gemma"), -1), 0.0);
        QVERIFY(gradientOf(configOf("phi3"), 32000) > 0);
        QVERIFY(gradientOf(configOf("gpt2"), 59) > 0);
    }

    // As transformers draws them: gemma's norms start from 0 (their factor is 1 + weight), modules of GPT-2
    // that add to the residual 1/√(2 · layers) narrower.
    void freshWeightsFollowTheFamily()
    {
        Model gemma = freshModel(configOf("gemma"));
        gemma.trainAllWeights();
        const auto valuesOf = [](const Model& model, const ParameterSlice& slice) {
            return model.parameters().values().narrow(0, slice.offset, slice.elements);
        };
        for (const ParameterSlice& slice : gemma.parameters().slices())
            if (slice.key.ends_with("norm.weight"))
                QVERIFY(valuesOf(gemma, slice).eq(0).all().item<bool>());
        Model gpt = freshModel(configOf("gpt2"));
        gpt.trainAllWeights();
        for (const ParameterSlice& slice : gpt.parameters().slices()) {
            if (slice.shape.size() != 2)
                continue;
            const double wanted = slice.key.ends_with("c_proj.weight") ? 0.3 / 2 : 0.3;
            const double n = static_cast<double>(slice.elements);
            QVERIFY2(std::abs(valuesOf(gpt, slice).std().item<double>() / wanted - 1) < 5 / std::sqrt(2 * n),
                     slice.key.c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestFamilies)
#include "test_families.moc"
