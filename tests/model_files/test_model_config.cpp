// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/model_files/model_config.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <algorithm>

using namespace lens;

namespace {

Json smallLlama()
{
    return Json{{"model_type", "llama"},
                {"hidden_size", 64},
                {"intermediate_size", 112},
                {"num_hidden_layers", 2},
                {"num_attention_heads", 4},
                {"num_key_value_heads", 2},
                {"vocab_size", 240},
                {"rms_norm_eps", 1e-5},
                {"eos_token_id", {2, 7}},
                {"torch_dtype", "bfloat16"},
                {"bos_token_id", 1},
                {"pad_token_id", nullptr},
                {"max_position_embeddings", 512}};
}

// All problems of a text in one string, empty if it was accepted.
std::string refusal(const Json& json)
{
    try {
        parseModelConfig(json, "config.json");
    } catch (const Error& error) {
        return error.what() + std::string(" ") + error.first().hint;
    }
    return {};
}

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class TestModelConfig : public QObject {
    Q_OBJECT

private slots:
    void readsAPlainLlama()
    {
        const ModelConfig config = parseModelConfig(smallLlama(), "config.json");
        QCOMPARE(config.family, std::string("llama"));
        QCOMPARE(config.headDim, 16);
        QCOMPARE(config.keyValueHeads, 2);
        QCOMPARE(config.rope.theta, 10000.0);
        QVERIFY(config.rope.kind == RopeKind::Default);
        QVERIFY(!config.slidingWindow && !config.tiedEmbeddings && !config.queryKeyValueBias);
        QCOMPARE(config.eosIds, (std::vector<std::int64_t>{2, 7}));
        QCOMPARE(config.bosId.value(), 1);
        QVERIFY(!config.padId);
        QCOMPARE(config.dtype, std::string("bfloat16"));
    }

    void fourAndFiveLayoutsSayTheSame()
    {
        Json four = smallLlama();
        four["rope_theta"] = 5e5;
        four["rope_scaling"] = {{"type", "llama3"},
                                {"factor", 8},
                                {"low_freq_factor", 1},
                                {"high_freq_factor", 4},
                                {"original_max_position_embeddings", 64}};
        Json five = smallLlama();
        five.erase("torch_dtype");
        five["dtype"] = "bfloat16";
        five["rope_parameters"] = four["rope_scaling"];
        five["rope_parameters"].erase("type");
        five["rope_parameters"]["rope_type"] = "llama3";
        five["rope_parameters"]["rope_theta"] = 5e5;
        for (const Json& json : {four, five}) {
            const ModelConfig config = parseModelConfig(json, "config.json");
            QVERIFY(config.rope.kind == RopeKind::Llama3);
            QCOMPARE(config.rope.theta, 5e5);
            QCOMPARE(config.rope.factor, 8.0);
            QCOMPARE(config.rope.originalMaxPositions, 64);
            QCOMPARE(config.dtype, std::string("bfloat16"));
        }
    }

    void slidingWindowsFollowTheFamily()
    {
        Json mistral = smallLlama();
        mistral["model_type"] = "mistral";
        QCOMPARE(parseModelConfig(mistral, "c").slidingWindow.value(), 4096);
        mistral["sliding_window"] = nullptr;
        QVERIFY(!parseModelConfig(mistral, "c").slidingWindow);

        Json qwen = smallLlama();
        qwen["model_type"] = "qwen2";
        qwen["sliding_window"] = 8;
        QVERIFY(!parseModelConfig(qwen, "c").slidingWindow);
        QVERIFY(parseModelConfig(qwen, "c").queryKeyValueBias);
        QVERIFY(!parseModelConfig(qwen, "c").outputBias);
        qwen["use_sliding_window"] = true;
        qwen["max_window_layers"] = 1;
        const ModelConfig config = parseModelConfig(qwen, "c");
        QCOMPARE(config.slidingWindow.value(), 8);
        QCOMPARE(config.windowedLayers, (std::vector<bool>{false, true}));
        qwen["layer_types"] = {"sliding_attention", "full_attention"};
        QCOMPARE(parseModelConfig(qwen, "c").windowedLayers, (std::vector<bool>{true, false}));
    }

    // Python asks `if config.key`: null is not true, although the default may be.
    void aNullSwitchIsOff()
    {
        Json neox = smallLlama();
        neox["model_type"] = "gpt_neox";
        const ModelConfig usual = parseModelConfig(neox, "config.json");
        QVERIFY(usual.parallelResidual && usual.queryKeyValueBias && usual.outputBias);
        neox["use_parallel_residual"] = nullptr;
        neox["attention_bias"] = nullptr;
        const ModelConfig off = parseModelConfig(neox, "config.json");
        QVERIFY(!off.parallelResidual && !off.queryKeyValueBias && !off.outputBias);
        Json gpt = smallLlama();
        gpt["model_type"] = "gpt2";
        QVERIFY(parseModelConfig(gpt, "config.json").tiedEmbeddings);
        QCOMPARE(parseModelConfig(gpt, "config.json").scoreScales[0], 0.25);
        gpt["tie_word_embeddings"] = nullptr;
        gpt["scale_attn_weights"] = nullptr;
        QVERIFY(!parseModelConfig(gpt, "config.json").tiedEmbeddings);
        QCOMPARE(parseModelConfig(gpt, "config.json").scoreScales[0], 1.0);
    }

    void namesWhatItDoesNotKnow_data()
    {
        QTest::addColumn<QString>("patch");
        QTest::addColumn<QString>("expected");
        QTest::newRow("family") << "{\"model_type\": \"mamba\"}"
                                << "\"mamba\"";
        QTest::newRow("families listed")
            << "{\"model_type\": \"mamba\"}"
            << "llama, mistral, qwen2, qwen3, gemma, gemma2, phi3, gpt2, gpt_neox";
        QTest::newRow("activation") << "{\"hidden_act\": \"laplace\"}"
                                    << "\"laplace\" is not supported";
        QTest::newRow("rope") << "{\"rope_scaling\": {\"rope_type\": \"ntk_by_parts\"}}"
                              << "\"ntk_by_parts\" is not supported";
        QTest::newRow("quantised") << "{\"quantization_config\": {\"bits\": 4}}"
                                   << "quant_method: does not say how the weights were quantised";
        QTest::newRow("quantised otherwise") << R"({"quantization_config": {"quant_method": "gptq"}})"
                                             << "quantised by \"gptq\"";
        QTest::newRow("8 bits")
            << R"({"quantization_config": {"quant_method": "bitsandbytes", "load_in_8bit": true}})"
            << "quantised to 8 bits";
        QTest::newRow("fp4")
            << R"({"quantization_config": {"load_in_4bit": true, "bnb_4bit_quant_type": "fp4"}})"
            << "quantised to \"fp4\"";
        QTest::newRow("4 bits of the usual type") << R"({"quantization_config": {"load_in_4bit": true}})"
                                                  << "quantised to \"fp4\"";
        QTest::newRow("bits unknown") << R"({"quantization_config": {"quant_method": "bitsandbytes"}})"
                                      << "in how many bits";
        QTest::newRow("quantisation of another kind") << R"({"quantization_config": 4})"
                                                      << "quantization_config";
        QTest::newRow("missing") << "{\"vocab_size\": null}"
                                 << "vocab_size: is missing";
        QTest::newRow("kind") << "{\"hidden_size\": \"64\"}"
                              << "hidden_size: found \"64\"";
        QTest::newRow("negative") << "{\"num_hidden_layers\": -2}"
                                  << "num_hidden_layers: found -2";
        QTest::newRow("heads") << "{\"num_key_value_heads\": 3}"
                               << "not a multiple of 3";
        QTest::newRow("partial") << "{\"partial_rotary_factor\": 0.5}"
                                 << "partial rotation";
        QTest::newRow("llama3 without factors") << "{\"rope_scaling\": {\"type\": \"llama3\", \"factor\": 2}}"
                                                << "low_freq_factor: is missing";
    }

    void namesWhatItDoesNotKnow()
    {
        QFETCH(QString, patch);
        QFETCH(QString, expected);
        Json json = smallLlama();
        json.merge_patch(Json::parse(patch.toStdString()));
        const std::string text = refusal(json);
        QVERIFY2(has(text, expected.toStdString()), text.c_str());
    }

    void reportsAllProblemsAtOnce()
    {
        Json json = smallLlama();
        json["hidden_act"] = "mish";
        json["intermediate_size"] = 0;
        json["rope_scaling"] = {{"type", "su"}};
        const std::string text = refusal(json);
        QVERIFY2(has(text, "mish") && has(text, "intermediate_size") && has(text, "su\" is"), text.c_str());
        QVERIFY(has(refusal(Json::array()), "an object is needed"));
    }

    void generationConfigDecidesWhereGenerationEnds()
    {
        const test::TemporaryFolder folder;
        const ModelConfig config = parseModelConfig(smallLlama(), "c");
        QCOMPARE(readStopIds(folder.path(), config), config.eosIds);
        writeFileAtomically(folder.path() / "generation_config.json", "{\"eos_token_id\": [5, 9]}");
        QCOMPARE(readStopIds(folder.path(), config), (std::vector<std::int64_t>{5, 9}));
    }

    void readsTheGoldenFolders()
    {
        const auto golden = test::goldenFolder();
        if (!golden)
            QSKIP("no golden folder");
        const ModelConfig llama = readModelConfig(*golden / "models/llama");
        const ModelConfig five = readModelConfig(*golden / "models/llama_v5");
        QCOMPARE(five.rope.theta, llama.rope.theta);
        QVERIFY(five.rope.kind == RopeKind::Llama3 && llama.rope.kind == RopeKind::Llama3);
        QCOMPARE(five.rope.originalMaxPositions, llama.rope.originalMaxPositions);
        const ModelConfig mistral = readModelConfig(*golden / "models/mistral/config.json");
        QCOMPARE(mistral.headDim, 12);
        QCOMPARE(mistral.slidingWindow.value(), 8);
        QCOMPARE(mistral.windowedLayers, (std::vector<bool>{true, true}));
        const ModelConfig qwen = readModelConfig(*golden / "models/qwen2");
        QVERIFY(qwen.tiedEmbeddings && qwen.queryKeyValueBias && !qwen.slidingWindow);
    }
};

QTEST_GUILESS_MAIN(TestModelConfig)
#include "test_model_config.moc"
