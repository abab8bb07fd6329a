// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Adapters beyond what the golden folders show: DoRA's gradients against autograd in float64, PiSSA from its
// start to its files, PEFT's rules of matching, forms of keys, what is refused.
// Before Qt, whose keywords are names in ATen.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/engine/model/adapter_file.h"
#include "core/engine/model/dora_branch.h"
#include "core/engine/model/linear.h"
#include "core/engine/model/model.h"
#include "core/engine/model/target_matcher.h"
#include "core/engine/model/tensor_list.h"
#include "core/engine/model/weight_files.h"
#include "core/engine/torch_compat.h"
#include "tests/engine_model/golden_model.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <cmath>
#include <functional>

using namespace lens;
namespace fs = std::filesystem;
using test::relativeDeviation;
using test::tensorOf;

namespace {

at::Tensor random(std::vector<std::int64_t> shape, std::uint64_t seed)
{
    at::Generator generator = newGenerator(at::kCPU, seed);
    return at::empty(shape, at::kFloat).normal_(0, 1, generator);
}

fs::path modelFolder(const char* name)
{
    return test::dataFolder() / "models" / name;
}

Model load(const char* name)
{
    return Model::load(modelFolder(name), StorageType::Float32, at::kCPU);
}

Batch batchOf(const char* name)
{
    return test::goldenBatch(SafetensorsFile(modelFolder(name) / "golden.safetensors"));
}

// An adapter folder: one of the project's own with a changed configuration, its tensors made anew by
// `change`.
void copyAdapter(const fs::path& from, const fs::path& to, const Json& settings,
                 const std::function<void(const std::string&, const at::Tensor&, TensorList&)>& change)
{
    Json config = readJsonFile(from / "adapter_config.json");
    config.update(settings);
    makeFolder(to);
    writeFileAtomically(to / "adapter_config.json", toJsonText(config));
    const SafetensorsFile file(from / "adapter_model.safetensors");
    TensorList list;
    for (const auto& [name, entry] : file.tensors())
        change(name, tensorOf(file, name), list);
    list.write(to / "adapter_model.safetensors");
}

std::string errorOf(const std::function<void()>& action)
{
    try {
        action();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

// One optimizer's step worth of change.
void disturb(Model& model)
{
    const at::NoGradGuard guard;
    at::Generator generator = newGenerator(at::kCPU, 5);
    at::Tensor& values = model.parameters().values();
    values.add_(at::empty_like(values).normal_(0, 0.01, generator));
}

} // namespace

class TestAdapters : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { at::set_num_threads(1); }

    void doraMatchesFormula_data()
    {
        QTest::addColumn<bool>("inputMajor");
        QTest::addColumn<bool>("dropping");
        for (const bool inputMajor : {false, true})
            for (const bool dropping : {false, true})
                QTest::addRow("%s, %s", inputMajor ? "(in, out)" : "(out, in)",
                              dropping ? "dropout" : "no dropout")
                    << inputMajor << dropping;
    }

    // As in PEFT's DoraLinearLayer, with the norm taken out of the graph.
    void doraMatchesFormula()
    {
        QFETCH(bool, inputMajor);
        QFETCH(bool, dropping);
        const at::Tensor weight = random({20, 12}, 1);
        const at::Tensor bias = random({20}, 2);
        const std::vector<at::Tensor> inputs{random({10, 12}, 3), random({4, 12}, 4), random({20, 4}, 5),
                                             random({20}, 6).abs() + 0.5};
        const double scale = 0.7;
        const auto leaves = [&](at::ScalarType type) {
            std::vector<at::Tensor> list;
            for (const at::Tensor& input : inputs)
                list.push_back(input.to(type).clone().set_requires_grad(true));
            return list;
        };
        const auto ours = leaves(at::kFloat);
        Linear linear;
        linear.inputMajor = inputMajor;
        linear.weight = inputMajor ? weight.t().contiguous() : weight;
        linear.bias = bias;
        LoraBranch branch{ours[1], ours[2], scale, dropping ? 0.25 : 0};
        branch.magnitude = ours[3];
        branch.rowSquares = squaredRows(linear.matrix());
        linear.lora = branch;
        at::Generator generator = newGenerator(at::kCPU, 8);
        AdapterPass pass;
        pass.dropout = dropping ? &generator : nullptr;
        const at::Tensor y = linear.forward(ours[0], pass);

        const auto wide = leaves(at::kDouble);
        at::Generator same = newGenerator(at::kCPU, 8);
        const at::Tensor keep = at::empty({10, 12}, at::kBool).bernoulli_(0.75, same);
        const at::Tensor dropped = dropping ? wide[0] * keep / 0.75 : wide[0];
        const at::Tensor w = weight.to(at::kDouble);
        const at::Tensor whole = w + scale * wide[2].mm(wide[1]);
        const at::Tensor gain = wide[3] / whole.detach().norm(2, 1);
        const at::Tensor expected = wide[0].mm(w.t()) + bias + (gain - 1) * dropped.mm(w.t()) +
                                    gain * dropped.mm(wide[1].t()).mm(wide[2].t()) * scale;
        QVERIFY(relativeDeviation(y, expected) < 2e-6);
        const at::Tensor upstream = random({10, 20}, 9);
        y.backward(upstream);
        expected.backward(upstream.to(at::kDouble));
        for (std::size_t i = 0; i < inputs.size(); ++i)
            QVERIFY(relativeDeviation(ours[i].grad(), wide[i].grad()) < 2e-6);

        // The norms follow A and B.
        const at::NoGradGuard guard;
        at::Tensor a = ours[1];
        a.mul_(2);
        const at::Tensor moved = (w + scale * wide[2].mm(2 * wide[1])).norm(2, 1);
        const at::Tensor again = linear.forward(ours[0], {});
        const at::Tensor z = wide[0].mm((w + scale * wide[2].mm(2 * wide[1])).t()) * (wide[3] / moved) + bias;
        QVERIFY(relativeDeviation(again, z) < 2e-6);
    }

    void freshDoraIsTheBase()
    {
        Model model = load("gpt2");
        const Batch batch = batchOf("gpt2");
        const at::Tensor base = model.logits(batch);
        AdapterSettings settings;
        settings.useDora = true;
        model.attachLora(settings, 1);
        QVERIFY(relativeDeviation(model.logits(batch), base) < 2e-6);
    }

    void freshPissa_data()
    {
        QTest::addColumn<QString>("start");
        QTest::addColumn<bool>("dora");
        QTest::addColumn<bool>("rslora");
        QTest::newRow("exact") << "pissa" << false << false;
        QTest::newRow("by iteration") << "pissa_niter_8" << false << false;
        QTest::newRow("exact, dora, rslora") << "pissa" << true << true;
    }

    // At the start the model is the base's; s B A is the best approximation of rank r of every weight; what
    // is written is right beside the untouched base, and read again goes on bit for bit.
    void freshPissa()
    {
        QFETCH(QString, start);
        QFETCH(bool, dora);
        QFETCH(bool, rslora);
        const Batch batch = batchOf("gpt2");
        Model model = load("gpt2");
        const at::Tensor base = model.logits(batch);
        AdapterSettings settings;
        settings.r = 4;
        settings.loraAlpha = 6;
        settings.initLoraWeights = start.toStdString();
        settings.useDora = dora;
        settings.useRslora = rslora;
        settings.rankPattern = {{"c_fc", 6}};
        model.attachLora(settings, 3);
        QVERIFY(relativeDeviation(model.logits(batch), base) < 1e-5);
        const WeightFiles files(modelFolder("gpt2"));
        for (const AdaptedModule& module : model.modules()) {
            QCOMPARE(module.rank, module.kind == "c_fc" ? 6 : 4);
            const auto part = [&](int slice) {
                return model.parameters().parameter(static_cast<std::size_t>(slice)).detach().to(at::kDouble);
            };
            const std::string name = module.path + ".weight";
            const at::Tensor weight = mappedTensor(*files.tensors().at(name), name).t().to(at::kDouble);
            const auto [u, s, v] = at::linalg_svd(weight, false);
            const double left = (weight - module.scale * part(module.sliceB).mm(part(module.sliceA)))
                                    .square()
                                    .sum()
                                    .item<double>();
            const double best =
                s.narrow(0, module.rank, s.size(0) - module.rank).square().sum().item<double>();
            QVERIFY(left < best * (start == "pissa" ? 1 + 1e-5 : 1.02));
        }
        disturb(model);
        const at::Tensor trained = model.logits(batch);
        model.setAdapterActive(false);
        QVERIFY(at::equal(model.logits(batch), base));
        model.setAdapterActive(true);

        const test::TemporaryFolder folder;
        model.saveTrained(folder.path() / "a", "base");
        Model second = load("gpt2");
        second.attachAdapter(folder.path() / "a", 0);
        QVERIFY(at::equal(second.parameters().values(), model.parameters().values()));
        QVERIFY(at::equal(second.logits(batch), trained));
        QCOMPARE(second.modules().front().scale, model.modules().front().scale);
        QVERIFY(at::equal(second.initialFactors(0)->b, model.initialFactors(0)->b));

        mergeAdapter(modelFolder("gpt2"), folder.path() / "a", folder.path() / "m");
        Model merged = Model::load(folder.path() / "m", StorageType::Float32, at::kCPU);
        QVERIFY(relativeDeviation(merged.logits(batch), trained) < 1e-5);
        fs::remove(folder.path() / "a" / kInitialAdapterConfig);
        Model plain = load("gpt2");
        plain.attachAdapter(folder.path() / "a", 0);
        QCOMPARE(plain.modules().front().rank, 2 * model.modules().front().rank);
        QVERIFY(relativeDeviation(plain.logits(batch), trained) < 1e-5);
    }

    void pissaNeedsSingularValues()
    {
        Model model = load("gpt2");
        AdapterSettings settings;
        settings.r = 1000;
        settings.initLoraWeights = "pissa";
        QVERIFY(errorOf([&] { model.attachLora(settings, 1); }).find("singular values") != std::string::npos);
    }

    // In a tied model a trained copy of the embedding leaves the head as it was, and the other way around.
    void savedModulesOfATiedModel()
    {
        const Batch batch = batchOf("qwen2");
        for (const char* name : {"embed_tokens", "lm_head"}) {
            Model model = load("qwen2");
            const at::Tensor base = model.logits(batch);
            AdapterSettings settings;
            settings.modulesToSave = {name};
            model.attachLora(settings, 1);
            QVERIFY(relativeDeviation(model.logits(batch), base) < 1e-6);
            disturb(model);
            const at::Tensor trained = model.logits(batch);
            const test::TemporaryFolder folder;
            model.saveTrained(folder.path() / "a", "base");
            const SafetensorsFile file(folder.path() / "a/adapter_model.safetensors");
            const bool isHead = std::string(name) == "lm_head";
            QVERIFY(file.tensors().contains("base_model.model.lm_head.weight") == isHead);
            QVERIFY(file.tensors().contains("base_model.model.model.embed_tokens.weight") == !isHead);
            mergeAdapter(modelFolder("qwen2"), folder.path() / "a", folder.path() / "m");
            QVERIFY(readJsonFile(folder.path() / "m/config.json")["tie_word_embeddings"] == false);
            Model merged = Model::load(folder.path() / "m", StorageType::Float32, at::kCPU);
            QVERIFY(relativeDeviation(merged.logits(batch), trained) < 1e-5);
            const WeightFiles ours(folder.path() / "m");
            const WeightFiles theirs(modelFolder("qwen2"));
            const std::string kept = isHead ? "model.embed_tokens.weight" : "lm_head.weight";
            QVERIFY(at::equal(mappedTensor(*ours.tensors().at(kept), kept),
                              mappedTensor(*theirs.tensors().at("model.embed_tokens.weight"), kept)));
        }
    }

    // Beside bfloat16 weights what is trained stays float32 and is rounded for use: the gradients point where
    // those of the float32 model do.
    void trainedBesideBFloat16()
    {
        const Batch batch = batchOf("qwen2");
        AdapterSettings settings;
        settings.useDora = true;
        settings.bias = BiasTraining::All;
        settings.modulesToSave = {"lm_head", "embed_tokens", "norm"};
        Model narrow = Model::load(modelFolder("qwen2"), StorageType::BFloat16, at::kCPU);
        Model wide = load("qwen2");
        for (Model* model : {&narrow, &wide}) {
            model->attachLora(settings, 1);
            disturb(*model);
            model->lossSum(batch).backward();
        }
        for (std::size_t i = 0; i < wide.parameters().slices().size(); ++i) {
            const at::Tensor a = narrow.parameters().parameter(i).grad().to(at::kDouble);
            const at::Tensor b = wide.parameters().parameter(i).grad().to(at::kDouble);
            const double cosine = ((a * b).sum() / (a.norm() * b.norm())).item<double>();
            QVERIFY2(cosine > 0.99, wide.parameters().slices()[i].key.c_str());
        }
    }

    // Names with PEFT's adapter name in them, and half precision.
    void otherFormsOfTheFile()
    {
        const fs::path from = modelFolder("llama") / "lora";
        const test::TemporaryFolder folder;
        copyAdapter(from, folder.path(), {{"task_type", nullptr}},
                    [](const std::string& name, const at::Tensor& tensor, TensorList& list) {
                        std::string named = name;
                        named.insert(named.rfind(".weight"), ".default");
                        list.add(named, tensor.to(at::kBFloat16));
                    });
        Model model = load("llama");
        model.attachAdapter(folder.path(), 0);
        const SafetensorsFile file(from / "adapter_model.safetensors");
        for (std::size_t i = 0; i < model.parameters().slices().size(); ++i)
            QVERIFY(at::equal(
                model.parameters().parameter(i).detach(),
                tensorOf(file, model.parameters().slices()[i].key).to(at::kBFloat16).to(at::kFloat)));
    }

    void keysInAllForms()
    {
        const std::string path = "base_model.model.model.layers.0.mlp.up_proj";
        QCOMPARE(canonicalKey(path + ".lora_A.default.weight"), path + ".lora_A.weight");
        QCOMPARE(canonicalKey(path + ".lora_B.weight"), path + ".lora_B.weight");
        for (const char* end : {"", ".default", ".default.weight", ".weight"})
            QCOMPARE(canonicalKey(path + ".lora_magnitude_vector" + end), path + ".lora_magnitude_vector");
        const std::string head = "base_model.model.lm_head";
        for (const char* middle : {"", ".modules_to_save", ".modules_to_save.default"})
            QCOMPARE(canonicalKey(head + middle + ".weight"), head + ".weight");
        QCOMPARE(canonicalKey(path + ".base_layer.bias"), path + ".base_layer.bias");
    }

    // A head among the targets: PEFT writes its frozen weight along, and it counts.
    void weightsThatCameAlong()
    {
        const Batch batch = batchOf("llama");
        Model model = load("llama");
        AdapterSettings settings;
        settings.targetModules = {"lm_head"};
        model.attachLora(settings, 1);
        disturb(model);
        const test::TemporaryFolder folder;
        model.saveTrained(folder.path() / "plain", "base");
        const WeightFiles files(modelFolder("llama"));
        const at::Tensor head = mappedTensor(*files.tensors().at("lm_head.weight"), "").clone();
        copyAdapter(folder.path() / "plain", folder.path() / "along", Json::object(),
                    [&](const std::string& name, const at::Tensor& tensor, TensorList& list) {
                        list.add(name, tensor);
                        if (name.find("lora_A") != std::string::npos)
                            list.add("base_model.model.lm_head.base_layer.weight", head * 2);
                    });
        Model along = load("llama");
        along.attachAdapter(folder.path() / "along", 0);
        const at::Tensor base = load("llama").logits(batch);
        QVERIFY(relativeDeviation(along.logits(batch) - model.logits(batch), base) < 1e-5);
        along.saveTrained(folder.path() / "again", "base");
        QVERIFY(SafetensorsFile(folder.path() / "again/adapter_model.safetensors")
                    .tensors()
                    .contains("base_model.model.lm_head.base_layer.weight"));
        mergeAdapter(modelFolder("llama"), folder.path() / "along", folder.path() / "m");
        Model merged = Model::load(folder.path() / "m", StorageType::Float32, at::kCPU);
        QVERIFY(relativeDeviation(merged.logits(batch), along.logits(batch)) < 1e-5);
    }

    void layersAndExclusionsAsInPeft()
    {
        LoraConfig config;
        config.targets = {"q_proj", "model.layers.3.mlp.up_proj"};
        config.layers = {1, 12};
        const auto matches = [&](const std::string& path) {
            return TargetMatcher(config).matches(path, false);
        };
        QVERIFY(matches("model.layers.1.self_attn.q_proj"));
        QVERIFY(matches("model.layers.12.self_attn.q_proj"));
        QVERIFY(!matches("model.layers.2.self_attn.q_proj"));
        QVERIFY(matches("model.layers.3.mlp.up_proj")); // a whole name is not held against the layers
        config.layersPatterns = {"h"};
        QVERIFY(!matches("model.layers.1.self_attn.q_proj"));
        QVERIFY(matches("transformer.h.1.attn.q_proj"));
        config.layers.clear();
        config.excluded = {"layers.1.self_attn.q_proj"};
        QVERIFY(!matches("model.layers.1.self_attn.q_proj"));
        QVERIFY(matches("model.layers.11.self_attn.q_proj"));
        config.excludedRegex = "model\\.layers\\.1";
        QVERIFY(matches("model.layers.11.self_attn.q_proj"));
        config.modulesToSave = {"self_attn"};
        QVERIFY(!matches("model.layers.11.self_attn.q_proj"));

        const PathPattern pattern({{"layers.0.mlp.up_proj", 1}, {"^up_proj", 2}, {"(up|down)_proj", 3}}, "x");
        QCOMPARE(pattern.find("model.layers.0.mlp.up_proj").value_or(0), 1.0);
        QCOMPARE(pattern.find("model.layers.1.mlp.up_proj").value_or(0), 3.0);
        QCOMPARE(pattern.find("up_proj").value_or(0), 2.0);
        QVERIFY(!pattern.find("model.layers.1.mlp.up_proj_2"));
    }

    void refusedByName_data()
    {
        QTest::addColumn<QString>("settings");
        QTest::addColumn<QString>("named");
        const auto row = [](const char* settings, const char* named) {
            QTest::newRow(settings) << settings << named;
        };
        row("{\"trainable_token_indices\": [1]}", "trainable_token_indices");
        row("{\"lora_bias\": true}", "lora_bias");
        row("{\"use_qalora\": true}", "use_qalora");
        row("{\"layer_replication\": [[0, 1]]}", "layer_replication");
        row("{\"something_new\": 7}", "something_new");
        row("{\"eva_config\": {\"rho\": 2}}", "eva_config");
        row("{\"init_lora_weights\": \"olora\"}", "init_lora_weights");
        row("{\"init_lora_weights\": \"pissa_niter_4\"}", "init_lora_weights");
        row("{\"bias\": \"some\"}", "bias");
        row("{\"ensure_weight_tying\": true}", "ensure_weight_tying");
        row("{\"target_parameters\": [\"x\"]}", "target_parameters");
        row("{\"rank_pattern\": {\"q_proj\": 0.5}}", "rank_pattern");
        row("{\"alpha_pattern\": {\"q_proj\": \"x\"}}", "alpha_pattern");
        row("{\"layers_to_transform\": [-1]}", "layers_to_transform");
        row("{\"layers_pattern\": [\"h\"]}", "layers_pattern");
        row("{\"modules_to_save\": [\"nothing\"]}", "nothing");
        row("{\"modules_to_save\": [\"layers\"]}", "model.layers");
        row("{\"modules_to_save\": [\"proj\"]}", "_proj");
        row("{\"target_modules\": [\"q_proj\", \"embed_tokens\"]}", "model.embed_tokens");
        row("{\"target_modules\": \".*norm|.*q_proj\"}", "norm");
        row("{\"rank_pattern\": {\"(\": 4}}", "rank_pattern");
        row("{\"task_type\": \"SEQ_CLS\"}", "task_type");
    }

    void refusedByName()
    {
        QFETCH(QString, settings);
        QFETCH(QString, named);
        const test::TemporaryFolder folder;
        copyAdapter(modelFolder("llama") / "lora", folder.path(), parseJson(settings.toStdString(), "test"),
                    [](const std::string& name, const at::Tensor& tensor, TensorList& list) {
                        list.add(name, tensor);
                    });
        Model model = load("llama");
        const std::string error = errorOf([&] { model.attachAdapter(folder.path(), 0); });
        QVERIFY2(QString::fromStdString(error).contains(named), error.c_str());
    }

    void harmlessKeysArePassedOver()
    {
        const Json settings = {{"megatron_core", "megatron.core"},
                               {"qalora_group_size", 16},
                               {"loftq_config", Json::object()},
                               {"arrow_config", nullptr},
                               {"kasa_config", nullptr},
                               {"use_bdlora", false},
                               {"peft_version", "0.20.0"},
                               {"auto_mapping", {{"parent_library", "x"}}},
                               {"something_new", Json::array()},
                               {"fan_in_fan_out", true},
                               {"task_type", nullptr},
                               {"inference_mode", false}};
        const test::TemporaryFolder folder;
        copyAdapter(modelFolder("llama") / "lora", folder.path(), settings,
                    [](const std::string& name, const at::Tensor& tensor, TensorList& list) {
                        list.add(name, tensor);
                    });
        Model model = load("llama");
        QCOMPARE(errorOf([&] { model.attachAdapter(folder.path(), 0); }), std::string());
    }
};

QTEST_APPLESS_MAIN(TestAdapters)
#include "test_adapters.moc"
