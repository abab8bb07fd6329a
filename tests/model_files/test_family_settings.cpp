// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What each family's config.json means: defaults as in transformers' configuration_<family>.py, its own names
// of settings, and what is refused.
#include "core/base/error.h"
#include "core/model_files/model_config.h"

#include <QTest>

#include <cmath>

using namespace lens;

namespace {

// The sizes alone; everything else is the family's default.
Json minimal(const std::string& family)
{
    return Json{{"model_type", family},          {"hidden_size", 64},
                {"intermediate_size", 96},       {"vocab_size", 100},
                {"num_hidden_layers", 4},        {"num_attention_heads", 4},
                {"num_key_value_heads", nullptr}};
}

ModelConfig read(const std::string& family, const char* patch = "{}")
{
    Json json = minimal(family);
    const Json changes = Json::parse(patch);
    for (const auto& item : changes.items())
        json[item.key()] = item.value(); // a null stays one
    return parseModelConfig(json, "config.json");
}

std::string refusal(const std::string& family, const char* patch)
{
    try {
        read(family, patch);
    } catch (const Error& error) {
        return error.what() + std::string(" ") + error.first().hint;
    }
    return "accepted";
}

bool close(double a, double b)
{
    return std::abs(a - b) < 1e-12 * std::abs(b);
}

std::int64_t idOf(const std::optional<std::int64_t>& id)
{
    return id.value_or(-1);
}

} // namespace

class TestFamilySettings : public QObject {
    Q_OBJECT

private slots:
    void defaultsAreThoseOfTransformers_data()
    {
        QTest::addColumn<int>("maxPositions");
        QTest::addColumn<int>("headDim");
        QTest::addColumn<double>("normEps");
        QTest::addColumn<int>("activation");
        QTest::addColumn<bool>("tied");
        QTest::addColumn<int>("biases"); // 1: query, key, value; 2: output; 4: feed-forward
        QTest::addColumn<int>("window");
        QTest::addColumn<QString>("ids"); // begin, end, padding
        const auto row = [](const char* family, int positions, int headDim, double eps, Activation activation,
                            bool tied, int biases, int window, const char* ids) {
            QTest::newRow(family) << positions << headDim << eps << static_cast<int>(activation) << tied
                                  << biases << window << QString(ids);
        };
        row("llama", 2048, 16, 1e-6, Activation::Silu, false, 0, 0, "1 2 -1");
        row("mistral", 131072, 16, 1e-6, Activation::Silu, false, 0, 4096, "1 2 -1");
        row("qwen2", 32768, 16, 1e-6, Activation::Silu, false, 1, 0, "-1 -1 -1");
        row("qwen3", 32768, 128, 1e-6, Activation::Silu, false, 0, 0, "-1 -1 -1");
        row("gemma", 8192, 256, 1e-6, Activation::GeluTanh, true, 0, 0, "2 1 0");
        row("gemma2", 8192, 256, 1e-6, Activation::GeluTanh, true, 0, 4096, "2 1 0");
        row("phi3", 4096, 16, 1e-5, Activation::Silu, false, 0, 0, "1 32000 32000");
        row("gpt2", 1024, 16, 1e-5, Activation::GeluTanh, true, 7, 0, "50256 50256 -1");
        row("gpt_neox", 2048, 16, 1e-5, Activation::Gelu, false, 7, 0, "0 2 -1");
    }

    void defaultsAreThoseOfTransformers()
    {
        QFETCH(int, maxPositions);
        QFETCH(int, headDim);
        QFETCH(double, normEps);
        QFETCH(int, activation);
        QFETCH(bool, tied);
        QFETCH(int, biases);
        QFETCH(int, window);
        QFETCH(QString, ids);
        const ModelConfig config = read(QTest::currentDataTag());
        QCOMPARE(config.maxPositions, maxPositions);
        QCOMPARE(config.headDim, headDim);
        QCOMPARE(config.normEps, normEps);
        QCOMPARE(static_cast<int>(config.activation), activation);
        QCOMPARE(config.tiedEmbeddings, tied);
        QCOMPARE((config.queryKeyValueBias ? 1 : 0) + (config.outputBias ? 2 : 0) + (config.mlpBias ? 4 : 0),
                 biases);
        QCOMPARE(config.slidingWindow.value_or(0), window);
        QCOMPARE(config.keyValueHeads, 4); // an explicit null: as many as heads
        QCOMPARE(QString("%1 %2 %3")
                     .arg(idOf(config.bosId))
                     .arg(config.eosIds.empty() ? -1 : config.eosIds.front())
                     .arg(idOf(config.padId)),
                 ids);
    }

    void absentKeyValueHeadsAreTheFamilys()
    {
        const auto heads = [](const std::string& family) {
            Json json = minimal(family);
            json["num_attention_heads"] = 32;
            json["hidden_size"] = 1024;
            json.erase("num_key_value_heads");
            return parseModelConfig(json, "c").keyValueHeads;
        };
        QCOMPARE(heads("llama"), 32);
        QCOMPARE(heads("mistral"), 8);
        QCOMPARE(heads("qwen3"), 32);
        QCOMPARE(heads("gemma"), 16);
        QCOMPARE(heads("gemma2"), 4);
        QCOMPARE(heads("phi3"), 32);
        QCOMPARE(heads("gpt_neox"), 32);
    }

    void gpt2HasItsOwnNames()
    {
        const Json json{{"model_type", "gpt2"},
                        {"n_embd", 48},
                        {"n_head", 6},
                        {"n_layer", 3},
                        {"n_positions", 77},
                        {"n_inner", nullptr},
                        {"vocab_size", 100},
                        {"activation_function", "relu"},
                        {"layer_norm_epsilon", 1e-4}};
        const ModelConfig config = parseModelConfig(json, "c");
        QCOMPARE(config.hiddenSize, 48);
        QCOMPARE(config.heads, 6);
        QCOMPARE(config.headDim, 8);
        QCOMPARE(config.layers, 3);
        QCOMPARE(config.maxPositions, 77);
        QCOMPARE(config.intermediateSize, 192);
        QVERIFY(config.activation == Activation::Relu);
        QCOMPARE(config.normEps, 1e-4);
        QCOMPARE(config.rope.rotaryDim, 0);
        QCOMPARE(config.attentionDropout, 0.1);
        QCOMPARE(config.residualDropout, 0.1);
        QCOMPARE(config.embeddingDropout, 0.1);
    }

    void scoreScales()
    {
        QVERIFY(close(read("llama").scoreScales.at(3), 0.25));
        QVERIFY(close(read("gemma2").scoreScales.at(0), 1 / 16.0));
        QVERIFY(close(read("gemma2", R"({"query_pre_attn_scalar": 144})").scoreScales.at(0), 1 / 12.0));
        const auto gpt = read("gpt2", R"({"scale_attn_by_inverse_layer_idx": true})").scoreScales;
        QVERIFY(close(gpt.at(0), 0.25) && close(gpt.at(2), 0.25 / 3));
        QCOMPARE(read("gpt2", R"({"scale_attn_weights": false})").scoreScales.at(1), 1.0);
    }

    void gemmasActivationsHaveTwoNames()
    {
        const char* both = R"({"hidden_act": "gelu", "hidden_activation": "silu"})";
        QVERIFY(read("gemma", both).activation == Activation::Gelu);
        QVERIFY(read("gemma2", both).activation == Activation::Silu);
        QVERIFY(read("gemma2", R"({"hidden_act": "relu"})").activation == Activation::GeluTanh);
        QVERIFY(close(read("gemma").embeddingScale, 8));
        QVERIFY(close(read("gemma2").embeddingScale, 8));
        QCOMPARE(read("llama").embeddingScale, 1.0);
    }

    void gemma2CapsAndWindows()
    {
        const ModelConfig usual = read("gemma2");
        QCOMPARE(usual.attentionSoftcap.value(), 50.0);
        QCOMPARE(usual.logitSoftcap.value(), 30.0);
        QCOMPARE(usual.windowedLayers, (std::vector<bool>{true, false, true, false}));
        const ModelConfig other = read("gemma2", R"({"attn_logit_softcapping": null,
            "final_logit_softcapping": 7, "layer_types": ["full_attention", "sliding_attention",
            "sliding_attention", "full_attention"]})");
        QVERIFY(!other.attentionSoftcap);
        QCOMPARE(other.logitSoftcap.value(), 7.0);
        QCOMPARE(other.windowedLayers, (std::vector<bool>{false, true, true, false}));
        QVERIFY(!read("gemma2", R"({"sliding_window": null})").slidingWindow);
        QVERIFY(!read("gemma").attentionSoftcap && !read("gemma").logitSoftcap);
    }

    void neoxRotationInBothLayouts()
    {
        const ModelConfig usual = read("gpt_neox");
        QCOMPARE(usual.rope.rotaryDim, 4);
        QCOMPARE(usual.rope.theta, 10000.0);
        QVERIFY(usual.parallelResidual);
        const ModelConfig four = read("gpt_neox", R"({"rotary_pct": 0.5, "rotary_emb_base": 500,
            "partial_rotary_factor": 0.5, "rope_theta": 500, "use_parallel_residual": false,
            "attention_bias": false})");
        const ModelConfig five = read("gpt_neox", R"({"rope_parameters": {"rope_type": "default",
            "partial_rotary_factor": 0.5, "rope_theta": 500}})");
        QCOMPARE(four.rope.rotaryDim, 8);
        QCOMPARE(five.rope.rotaryDim, 8);
        QCOMPARE(four.rope.theta, 500.0);
        QCOMPARE(five.rope.theta, 500.0);
        QVERIFY(!four.parallelResidual && !four.queryKeyValueBias && !four.outputBias && four.mlpBias);
    }

    void phi3LongRope_data()
    {
        QTest::addColumn<QString>("patch");
        QTest::newRow("4.x") << R"({"rope_scaling": {"type": "longrope", "short_factor": [1, 2, 3, 4, 5, 6],
            "long_factor": [2, 3, 4, 5, 6, 7]}, "partial_rotary_factor": 0.75,
            "original_max_position_embeddings": 1024})";
        QTest::newRow("su") << R"({"rope_scaling": {"type": "su", "short_factor": [1, 2, 3, 4, 5, 6],
            "long_factor": [2, 3, 4, 5, 6, 7]}, "partial_rotary_factor": 0.75,
            "original_max_position_embeddings": 1024})";
        QTest::newRow("5.x") << R"({"rope_parameters": {"rope_type": "longrope", "rope_theta": 10000.0,
            "short_factor": [1, 2, 3, 4, 5, 6], "long_factor": [2, 3, 4, 5, 6, 7],
            "partial_rotary_factor": 0.75, "original_max_position_embeddings": 7},
            "original_max_position_embeddings": 1024})";
    }

    void phi3LongRope()
    {
        QFETCH(QString, patch);
        const RopeConfig rope = read("phi3", patch.toStdString().c_str()).rope;
        QVERIFY(rope.kind == RopeKind::LongRope);
        QCOMPARE(rope.rotaryDim, 12);
        QCOMPARE(rope.originalMaxPositions, 1024);
        QCOMPARE(rope.longFactors, (std::vector<double>{2, 3, 4, 5, 6, 7}));
        QVERIFY(close(rope.attentionFactor, std::sqrt(1 + std::log(4.0) / std::log(1024.0))));
    }

    void yarnTemperatures()
    {
        const auto factorOf = [](const char* more) {
            const std::string patch =
                std::string(R"({"max_position_embeddings": 256, "rope_scaling": {"rope_type": "yarn",
                "original_max_position_embeddings": 64)") +
                more + "}}";
            return read("llama", patch.c_str()).rope;
        };
        QVERIFY(close(factorOf(R"(, "factor": 8)").attentionFactor, 0.1 * std::log(8.0) + 1));
        QVERIFY(close(factorOf("").factor, 4));
        QVERIFY(close(factorOf("").attentionFactor, 0.1 * std::log(4.0) + 1));
        QVERIFY(close(factorOf(R"(, "factor": 4, "mscale": 2, "mscale_all_dim": 0.5)").attentionFactor,
                      (0.2 * std::log(4.0) + 1) / (0.05 * std::log(4.0) + 1)));
        QVERIFY(close(factorOf(R"(, "factor": 4, "mscale": 2)").attentionFactor, 0.1 * std::log(4.0) + 1));
        QCOMPARE(factorOf(R"(, "factor": 0.5)").attentionFactor, 1.0);
        QCOMPARE(factorOf(R"(, "factor": 4, "attention_factor": 0.7)").attentionFactor, 0.7);
        QCOMPARE(factorOf(R"(, "factor": 4, "beta_fast": 16, "truncate": false)").betaFast, 16.0);
        QVERIFY(!factorOf(R"(, "factor": 4, "truncate": false, "finetuned": true)").truncate);
    }

    void refusesByName_data()
    {
        QTest::addColumn<QString>("family");
        QTest::addColumn<QString>("patch");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* family, const char* patch, const char* expected) {
            QTest::newRow(name) << family << patch << expected;
        };
        row("both directions", "gemma2", R"({"use_bidirectional_attention": true})",
            "use_bidirectional_attention: is on");
        row("cross attention", "gpt2", R"({"add_cross_attention": true})", "add_cross_attention");
        row("gpt2 activation", "gpt2", R"({"activation_function": "mish"})",
            "activation_function: activation \"mish\" is not supported");
        row("known activations", "gpt2", R"({"activation_function": "mish"})", "silu, swish, gelu");
        row("rope types", "gemma", R"({"rope_scaling": {"type": "ntk"}})",
            "known: default, linear, dynamic, yarn, longrope, llama3");
        row("phi3 knows longrope", "phi3", R"({"rope_scaling": {"type": "linear", "factor": 2}})",
            "known: default, longrope, su, yarn");
        row("a rotary setting", "llama", R"({"rope_scaling": {"type": "linear", "factor": 2, "alpha": 3}})",
            "alpha: this rotary setting is not known");
        row("per layer type", "gemma2", R"({"rope_parameters": {"full_attention": {"rope_theta": 5}}})",
            "full_attention: rotary settings per layer type");
        row("factors missing", "phi3", R"({"rope_scaling": {"type": "longrope", "short_factor": [1]}})",
            "long_factor: is missing");
        row("factors too few", "phi3",
            R"({"rope_scaling": {"type": "longrope", "short_factor": [1], "long_factor": [1, 2]}})",
            "long_factor: has 2 factors for 8 frequencies");
        row("factors no numbers", "phi3",
            R"({"rope_scaling": {"type": "longrope", "short_factor": ["a"], "long_factor": 4}})",
            "a list of positive numbers");
        row("odd share", "gpt_neox", R"({"rotary_pct": 0.2})", "found 3 rotated elements");
        row("no share", "qwen3", R"({"partial_rotary_factor": 0.5})", "partial rotation is not supported");
        row("dynamic of one pair", "gpt_neox",
            R"({"rotary_pct": 0.125, "rope_scaling": {"type": "dynamic", "factor": 2}})", "more than 2");
        row("layer types", "gemma2", R"({"layer_types": ["full_attention"]})", "1 entries for 4 layers");
        row("attention form", "qwen3",
            R"({"use_sliding_window": true, "layer_types": ["full_attention", "full_attention",
            "linear_attention", "full_attention"]})",
            "\"linear_attention\" is not supported");
        row("layer types of a family without", "llama",
            R"({"layer_types": ["full_attention", "full_attention", "full_attention", "sliding_attention"]})",
            "every layer of this family has: full_attention");
        row("pruned heads", "gpt2", R"({"pruned_heads": {"0": [1]}})", "pruned_heads");
        row("no list", "llama", R"({"rope_scaling": [1]})", "an object is needed");
    }

    void refusesByName()
    {
        QFETCH(QString, family);
        QFETCH(QString, patch);
        QFETCH(QString, expected);
        const std::string text = refusal(family.toStdString(), patch.toStdString().c_str());
        QVERIFY2(text.find(expected.toStdString()) != std::string::npos, text.c_str());
    }
};

QTEST_GUILESS_MAIN(TestFamilySettings)
#include "test_family_settings.moc"
