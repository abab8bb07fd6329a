// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Models whose weights are quantised, at load or as bitsandbytes stored them: they compute what the
// dequantised weights compute, adapters train beside them, and damaged files are refused.
// tests/data/quantised is made by tests/data/oracle/make_quantised.py.

// Before Qt, whose keywords are names in ATen.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/engine/model/model.h"
#include "core/engine/model/quantised_files.h"
#include "core/engine/model/quantised_weight.h"
#include "core/engine/torch_compat.h"
#include "tests/engine_model/golden_model.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <random>

using namespace lens;
namespace fs = std::filesystem;
using test::relativeDeviation;
using test::tensorOf;

namespace {

constexpr WeightQuantisation kNested{Quantisation::Nf4, true};
constexpr const char* kState = ".quant_state.bitsandbytes__nf4";
constexpr const char* kSomeWeight = "model.layers.1.mlp.down_proj.weight";

fs::path modelFolder(const std::string& name)
{
    return test::dataFolder() / "models" / name;
}

fs::path quantisedFolder(const std::string& name)
{
    return test::dataFolder() / "quantised" / name;
}

struct Stored {
    DType type = DType::F32;
    std::vector<std::int64_t> shape;
    std::string bytes;
};
using StoredTensors = std::map<std::string, Stored>;

StoredTensors storedTensors(const fs::path& file)
{
    const SafetensorsFile source(file);
    StoredTensors tensors;
    for (const auto& [name, entry] : source.tensors())
        tensors[name] = {
            entry.type, entry.shape, {reinterpret_cast<const char*>(entry.bytes.data()), entry.bytes.size()}};
    return tensors;
}

Stored storedOf(const at::Tensor& tensor)
{
    const at::Tensor flat = tensor.to(at::kFloat).contiguous();
    return {DType::F32, tensor.sizes().vec(), {static_cast<const char*>(flat.data_ptr()), flat.nbytes()}};
}

void writeModel(const fs::path& folder, const StoredTensors& tensors, const Json& config)
{
    fs::create_directories(folder);
    std::vector<TensorToWrite> list;
    for (const auto& [name, tensor] : tensors)
        list.push_back({name, tensor.type, tensor.shape,
                        std::as_bytes(std::span(tensor.bytes.data(), tensor.bytes.size()))});
    writeSafetensors(folder / "model.safetensors", list);
    writeFileAtomically(folder / "config.json", toJsonText(config));
}

// The model's folder with the weights of the layers as they are after quantising, unquantised.
void writeDequantised(const fs::path& source, const fs::path& folder, bool turned, bool nested)
{
    StoredTensors tensors = storedTensors(source / "model.safetensors");
    const SafetensorsFile file(source / "model.safetensors");
    for (auto& [name, tensor] : tensors) {
        const bool isLinear = tensor.shape.size() == 2 && (name.find(".layers.") != std::string::npos ||
                                                           name.find(".h.") != std::string::npos);
        if (!isLinear)
            continue;
        at::Tensor weight = tensorOf(file, name);
        weight = turned ? weight.t() : weight;
        const at::Tensor values = QuantisedWeight::of(weight, nested, at::kCPU, name).dequantised(at::kFloat);
        tensor = storedOf(turned ? values.t() : values);
    }
    writeModel(folder, tensors, readJsonFile(source / "config.json"));
}

Batch batchOf(const std::string& name)
{
    return test::goldenBatch(SafetensorsFile(modelFolder(name) / "golden.safetensors"));
}

at::Tensor logitsOf(const fs::path& folder, const Batch& batch, WeightQuantisation quantisation = {},
                    StorageType type = StorageType::Float32)
{
    return Model::load(folder, type, at::kCPU, {}, quantisation).logits(batch);
}

AdapterSettings adapterSettings()
{
    AdapterSettings settings;
    settings.r = 4;
    settings.loraAlpha = 8;
    return settings;
}

double lossOf(Model& model, const Batch& batch)
{
    const at::NoGradGuard guard;
    return model.lossSum(batch).item<double>();
}

// Steps down the gradient, each of a length that is no more than `length`.
void descend(Model& model, const Batch& batch, int steps, double length)
{
    ParameterBuffer& parameters = model.parameters();
    for (int i = 0; i < steps; ++i) {
        parameters.zeroGradient();
        model.lossSum(batch).backward();
        const at::NoGradGuard guard;
        parameters.values().sub_(parameters.gradient() *
                                 (length / parameters.gradient().norm().item<double>()));
    }
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

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

// What loading the 4-bit llama says after a change of its tensors.
std::string loadAfter(const std::function<void(StoredTensors&)>& change)
{
    const test::TemporaryFolder folder;
    StoredTensors tensors = storedTensors(quantisedFolder("llama") / "model.safetensors");
    change(tensors);
    writeModel(folder.path(), tensors, readJsonFile(quantisedFolder("llama") / "config.json"));
    return messageOf([&] { Model::load(folder.path(), StorageType::Float32, at::kCPU); });
}

// Fewer bytes, in a list of the same type.
void cut(Stored& tensor, std::size_t bytes)
{
    tensor.bytes.resize(bytes);
    tensor.shape = {static_cast<std::int64_t>(bytes / dtypeBytes(tensor.type))};
}

void setState(StoredTensors& tensors, const std::string& text)
{
    Stored& state = tensors.at(std::string(kSomeWeight) + kState);
    state.bytes = text;
    state.shape = {static_cast<std::int64_t>(text.size())};
}

template <typename T>
void setNumber(Stored& tensor, std::size_t index, T value)
{
    std::memcpy(tensor.bytes.data() + index * sizeof(T), &value, sizeof(T));
}

} // namespace

class TestQuantisedModel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { at::set_num_threads(1); }

    // 4 bits and a scale of 32 or 8 bits for 64 numbers, and 32 bits for 256 scales.
    void bytesOfANumber()
    {
        const at::Tensor weight = at::empty({2048, 2048}, at::kFloat).normal_();
        const double count = 2048.0 * 2048.0;
        const auto bytes = [&](bool nested) {
            return static_cast<double>(QuantisedWeight::of(weight, nested, at::kCPU, "w").bytes()) / count;
        };
        QCOMPARE(bytes(false), 0.5 + 4.0 / 64);
        QCOMPARE(bytes(true), 0.5 + 1.0 / 64 + 4.0 / (64 * 256) + 1024 / count);
    }

    void anotherShapeIsRefused()
    {
        const QuantisedWeight weight = QuantisedWeight::of(at::ones({4, 6}), true, at::kCPU, "w");
        QVERIFY(messageOf([&] { weight.dequantiseInto(at::empty({6, 4})); }) != "accepted");
        Nf4Tensors tensors = quantiseNf4(at::ones({4, 6}), false, "w");
        QVERIFY(messageOf([&] { QuantisedWeight(4, 5, at::kFloat, tensors, "w"); }) != "accepted");
        QVERIFY(messageOf([&] {
                    QuantisedWeight(std::int64_t{1} << 40, std::int64_t{1} << 40, at::kFloat, tensors, "w");
                }) != "accepted");
        tensors.block = 48;
        QVERIFY(messageOf([&] { QuantisedWeight(4, 6, at::kFloat, tensors, "w"); }) != "accepted");
    }

    void quantisedAtLoad_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("turned");
        QTest::addColumn<bool>("nested");
        QTest::newRow("llama") << "llama" << false << true;
        QTest::newRow("llama, plain scales") << "llama" << false << false;
        QTest::newRow("gpt2, input-major") << "gpt2" << true << true;
        QTest::newRow("phi3, fused") << "phi3" << false << true;
    }

    void quantisedAtLoad()
    {
        QFETCH(QString, name);
        QFETCH(bool, turned);
        QFETCH(bool, nested);
        const fs::path source = modelFolder(name.toStdString());
        const Batch batch = batchOf(name.toStdString());
        const test::TemporaryFolder folder;
        writeDequantised(source, folder.path() / "plain", turned, nested);
        for (const StorageType type : {StorageType::Float32, StorageType::BFloat16}) {
            const at::Tensor expected = logitsOf(folder.path() / "plain", batch, {}, type);
            const at::Tensor found = logitsOf(source, batch, {Quantisation::Nf4, nested}, type);
            QVERIFY(relativeDeviation(found, expected) <= 1e-6);
            // And something was quantised.
            QVERIFY(relativeDeviation(found, logitsOf(source, batch, {}, type)) > 1e-3);
        }
    }

    void numbersThatAreNotFiniteAreNamed()
    {
        const test::TemporaryFolder folder;
        StoredTensors tensors = storedTensors(modelFolder("llama") / "model.safetensors");
        setNumber(tensors.at(kSomeWeight), 100, std::numeric_limits<float>::quiet_NaN());
        writeModel(folder.path(), tensors, readJsonFile(modelFolder("llama") / "config.json"));
        const std::string message = messageOf([&] { logitsOf(folder.path(), batchOf("llama"), kNested); });
        QVERIFY2(has(message, kSomeWeight), message.c_str());
    }

    void storedByBitsandbytes_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("llama, nested") << "llama";
        QTest::newRow("gpt2, input-major, blocks of 128") << "gpt2";
    }

    void storedByBitsandbytes()
    {
        QFETCH(QString, name);
        const fs::path source = modelFolder(name.toStdString());
        const fs::path stored = quantisedFolder(name.toStdString());
        const Batch batch = batchOf(name.toStdString());
        const test::TemporaryFolder folder;
        StoredTensors tensors = storedTensors(source / "model.safetensors");
        for (auto& [key, tensor] : storedTensors(stored / "dequantised.safetensors")) {
            QVERIFY(tensors.contains(key));
            tensors[key] = tensor;
        }
        writeModel(folder.path(), tensors, readJsonFile(source / "config.json"));
        const at::Tensor expected = logitsOf(folder.path(), batch);
        QVERIFY(relativeDeviation(logitsOf(stored, batch), expected) <= 1e-6);
        // What is quantised stays so.
        QVERIFY(relativeDeviation(logitsOf(stored, batch, kNested), expected) <= 1e-6);
        const Model model = Model::load(stored, StorageType::Float32, at::kCPU);
        QCOMPARE(model.storageName(), std::string("nf4 and float32"));
        const std::uint64_t plain = Model::load(source, StorageType::Float32, at::kCPU).weightBytes();
        QCOMPARE(plain, 4 * static_cast<std::uint64_t>(model.parameterCount()));
        std::uint64_t quantised = 0;
        for (const auto& [key, tensor] : storedTensors(stored / "dequantised.safetensors"))
            quantised += tensor.bytes.size();
        std::uint64_t parts = 0; // codes and scales, without the levels and the text beside them
        for (const auto& [key, tensor] : storedTensors(stored / "model.safetensors"))
            if (tensors.contains(key) ? tensor.type == DType::U8
                                      : !key.ends_with("nf4") && !key.ends_with(".quant_map"))
                parts += tensor.bytes.size();
        QCOMPARE(model.weightBytes(), plain - quantised + parts);
        QCOMPARE(model.parameterCount(),
                 Model::load(source, StorageType::Float32, at::kCPU).parameterCount());
    }

    // Every code, by the script's float64 and our float32.
    void quantisesAsTheReferenceDoes()
    {
        WeightFiles files(quantisedFolder("llama"));
        const SafetensorsFile source(modelFolder("llama") / "model.safetensors");
        int compared = 0;
        for (const auto& [name, entry] : source.tensors()) {
            if (!isQuantised(files, name))
                continue;
            ++compared;
            const at::Tensor weight = tensorOf(source, name);
            const QuantisedWeight stored = readQuantised(files, name, weight.size(0), weight.size(1));
            const QuantisedWeight ours = QuantisedWeight::of(weight, true, at::kCPU, name);
            QVERIFY(at::equal(ours.tensors().codes, stored.tensors().codes));
            QVERIFY(at::equal(ours.tensors().absmax, stored.tensors().absmax));
            QVERIFY(relativeDeviation(ours.tensors().nestedAbsmax, stored.tensors().nestedAbsmax) <= 1e-6);
            QVERIFY(relativeDeviation(ours.dequantised(at::kFloat), stored.dequantised(at::kFloat)) <= 1e-6);
        }
        QCOMPARE(compared, 14);
    }

    void adaptersTrainBesideIt_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<bool>("dora");
        for (const bool dora : {false, true}) {
            QTest::addRow("llama %d", dora) << "models/llama" << dora;
            QTest::addRow("gpt2 %d", dora) << "models/gpt2" << dora;
            QTest::addRow("llama of bitsandbytes %d", dora) << "quantised/llama" << dora;
        }
    }

    void adaptersTrainBesideIt()
    {
        QFETCH(QString, folder);
        QFETCH(bool, dora);
        const fs::path source = test::dataFolder() / folder.toStdString();
        const Batch batch = batchOf(source.filename());
        Model model = Model::load(source, StorageType::Float32, at::kCPU, {}, kNested);
        AdapterSettings settings = adapterSettings();
        settings.useDora = dora;
        model.attachLora(settings, 3);
        const double before = lossOf(model, batch);
        descend(model, batch, 8, 0.3);
        const double after = lossOf(model, batch);
        QVERIFY2(after < before * 0.99, qPrintable(QString("%1 → %2").arg(before).arg(after)));
        // The gradient's length is the slope along it.
        ParameterBuffer& parameters = model.parameters();
        parameters.zeroGradient();
        model.lossSum(batch).backward();
        const double length = parameters.gradient().norm().item<double>();
        const at::Tensor start = parameters.values().clone();
        const at::Tensor direction = parameters.gradient() / length;
        {
            const at::NoGradGuard guard;
            parameters.values().copy_(start + direction * 2e-3);
            const double above = lossOf(model, batch);
            parameters.values().copy_(start - direction * 2e-3);
            const double below = lossOf(model, batch);
            parameters.values().copy_(start);
            QVERIFY(std::abs((above - below) / 4e-3 / length - 1) < 0.02);
        }
        const test::TemporaryFolder saved;
        model.saveTrained(saved.path(), "base");
        Model again = Model::load(source, StorageType::Float32, at::kCPU, {}, kNested);
        again.attachAdapter(saved.path(), 0);
        QCOMPARE(lossOf(again, batch), after);
        QVERIFY(std::abs(model.baseNorm(0) - again.baseNorm(0)) == 0 && model.baseNorm(0) > 0);
    }

    void mergedIntoDequantisedWeights_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::newRow("llama") << "models/llama";
        QTest::newRow("gpt2") << "models/gpt2";
        QTest::newRow("llama of bitsandbytes") << "quantised/llama";
        QTest::newRow("gpt2 of bitsandbytes") << "quantised/gpt2"; // said to have been float16
    }

    void mergedIntoDequantisedWeights()
    {
        QFETCH(QString, folder);
        const fs::path source = test::dataFolder() / folder.toStdString();
        const std::string name = source.filename();
        const Batch batch = batchOf(name);
        const bool isStored = folder.startsWith("quantised");
        Model model = Model::load(source, StorageType::Float32, at::kCPU, {}, kNested);
        model.attachAdapter(modelFolder(name) / "lora", 0);
        const at::Tensor expected = model.logits(batch);
        const test::TemporaryFolder target;
        MergeOptions options;
        options.dtype = StorageType::Float32;
        model.saveMerged(target.path() / "float", options);
        QVERIFY(relativeDeviation(logitsOf(target.path() / "float", batch), expected) <= 1e-5);
        QVERIFY(!readJsonFile(target.path() / "float/config.json").contains("quantization_config"));
        // The stored type is that of before quantising.
        model.saveMerged(target.path() / "auto", {});
        const StoredTensors merged = storedTensors(target.path() / "auto/model.safetensors");
        const bool isHalf = isStored && name == "gpt2";
        const std::string some = name == "gpt2" ? "transformer.h.0.mlp.c_fc.weight" : kSomeWeight;
        QVERIFY(merged.at(some).type == (isHalf ? DType::F16 : DType::F32));
        QVERIFY(relativeDeviation(logitsOf(target.path() / "auto", batch), expected) <=
                (isHalf ? 5e-3 : 1e-5));
        if (!isStored)
            return;
        // By folders alone.
        mergeAdapter(source, modelFolder(name) / "lora", target.path() / "folders", options);
        QVERIFY(relativeDeviation(logitsOf(target.path() / "folders", batch), expected) <= 1e-5);
    }

    void whatCannotBeIsRefused()
    {
        const auto load = [] {
            return Model::load(modelFolder("llama"), StorageType::Float32, at::kCPU, {}, kNested);
        };
        const std::string full = messageOf([&] { load().trainAllWeights(); });
        QVERIFY2(has(full, "quantised weights cannot be trained"), full.c_str());
        AdapterSettings settings = adapterSettings();
        settings.initLoraWeights = "pissa";
        const std::string pissa = messageOf([&] { load().attachLora(settings, 1); });
        QVERIFY2(has(pissa, "PiSSA"), pissa.c_str());
        settings = adapterSettings();
        settings.targetModules = {"q_proj"};
        settings.modulesToSave = {"up_proj"};
        const std::string saved = messageOf([&] { load().attachLora(settings, 1); });
        QVERIFY2(has(saved, "quantised"), saved.c_str());
        // Embeddings and head are not quantised.
        settings.modulesToSave = {"lm_head", "embed_tokens"};
        QCOMPARE(messageOf([&] { load().attachLora(settings, 1); }), std::string("accepted"));
    }

    void damagedFilesAreRefused_data()
    {
        QTest::addColumn<QString>("part");
        QTest::addColumn<QString>("message");
        for (const char* part : {".absmax", ".quant_map", ".nested_absmax", ".nested_quant_map"}) {
            QTest::addRow("%s missing", part + 1) << part << "is missing beside";
            QTest::addRow("%s cut", part + 1) << part << "cut";
        }
        QTest::newRow("codes cut") << ""
                                   << "cut";
        QTest::newRow("state missing") << kState << "has no quant_state";
    }

    void damagedFilesAreRefused()
    {
        QFETCH(QString, part);
        QFETCH(QString, message);
        const std::string key = kSomeWeight + part.toStdString();
        if (message != "cut") {
            const std::string text = loadAfter([&](StoredTensors& tensors) { tensors.erase(key); });
            QVERIFY2(has(text, message.toStdString()) && has(text, kSomeWeight), text.c_str());
            return;
        }
        const Stored whole = storedTensors(quantisedFolder("llama") / "model.safetensors").at(key);
        const std::size_t unit = dtypeBytes(whole.type);
        std::mt19937 random(7);
        for (int i = 0; i < 6; ++i) {
            const std::size_t bytes = i == 0   ? whole.bytes.size() - unit
                                      : i == 1 ? 0
                                               : random() % (whole.bytes.size() / unit) * unit;
            const std::string text = loadAfter([&](StoredTensors& tensors) { cut(tensors.at(key), bytes); });
            QVERIFY2(has(text, kSomeWeight), text.c_str());
        }
        // Of another type.
        const std::string text = loadAfter([&](StoredTensors& tensors) {
            Stored& tensor = tensors.at(key);
            tensor.type = DType::F64;
            cut(tensor, tensor.bytes.size() / 8 * 8);
        });
        // Codes are bytes whatever they are called.
        QVERIFY2(part.isEmpty() ? text == "accepted" : has(text, kSomeWeight), text.c_str());
    }

    void scalesThatAreNotFiniteAreRefused()
    {
        for (const char* part : {".nested_absmax", ".nested_quant_map"}) {
            for (const float bad :
                 {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
                const std::string text = loadAfter([&](StoredTensors& tensors) {
                    setNumber(tensors.at(std::string(kSomeWeight) + part), 0, bad);
                });
                QVERIFY2(has(text, "no finite number") && has(text, kSomeWeight), text.c_str());
            }
        }
        // Finite, but their product is not.
        const std::string text = loadAfter([&](StoredTensors& tensors) {
            setNumber(tensors.at(std::string(kSomeWeight) + ".nested_absmax"), 0, 3e38f);
            for (std::size_t i = 0; i < 256; ++i)
                setNumber(tensors.at(std::string(kSomeWeight) + ".nested_quant_map"), i, 3e38f);
        });
        QVERIFY2(has(text, "no finite numbers"), text.c_str());
        const std::string levels = loadAfter([&](StoredTensors& tensors) {
            setNumber(tensors.at(std::string(kSomeWeight) + ".quant_map"), 3, -0.4f);
        });
        QVERIFY2(has(levels, "16 levels"), levels.c_str());
    }

    void statesThatDoNotFitAreRefused_data()
    {
        QTest::addColumn<QString>("patch");
        QTest::addColumn<QString>("message");
        QTest::newRow("fp4") << R"({"quant_type": "fp4"})"
                             << "allowed nf4";
        QTest::newRow("no type") << R"({"quant_type": null})"
                                 << "quant_type: is missing";
        QTest::newRow("dtype") << R"({"dtype": "int8"})"
                               << "int8";
        QTest::newRow("shape") << R"({"shape": [64, 113]})"
                               << "has the shape (64, 113)";
        QTest::newRow("shape turned") << R"({"shape": [112, 64]})"
                                      << "has the shape (112, 64)";
        QTest::newRow("shape of one") << R"({"shape": 7168})"
                                      << "has the shape (7168)";
        QTest::newRow("no shape") << R"({"shape": null})"
                                  << "has the shape ()";
        QTest::newRow("block") << R"({"blocksize": 63})"
                               << "blocks of a size";
        QTest::newRow("another block") << R"({"blocksize": 128})"
                                       << "absmax has 112 numbers, NF4 needs 56";
        QTest::newRow("no block") << R"({"blocksize": null})"
                                  << "blocksize: is missing";
        QTest::newRow("nested block") << R"({"nested_blocksize": 32})"
                                      << "nested_absmax has 1 numbers, NF4 needs 4";
        QTest::newRow("huge block") << R"({"nested_blocksize": 4611686018427387904})"
                                    << "nested_blocksize";
        QTest::newRow("no offset") << R"({"nested_offset": null})"
                                   << "nested_offset";
        QTest::newRow("offset") << R"({"nested_offset": 1e300})"
                                << "nested_offset";
    }

    void statesThatDoNotFitAreRefused()
    {
        QFETCH(QString, patch);
        QFETCH(QString, message);
        const std::string text = loadAfter([&](StoredTensors& tensors) {
            Json state = Json::parse(tensors.at(std::string(kSomeWeight) + kState).bytes);
            state.merge_patch(Json::parse(patch.toStdString()));
            setState(tensors, state.dump());
        });
        QVERIFY2(has(text, message.toStdString()) && has(text, kSomeWeight), text.c_str());
    }

    // Beginnings of the text are refused; random bytes in it are read or refused.
    void anyStateIsReadOrRefused()
    {
        const SafetensorsFile file(quantisedFolder("llama") / "model.safetensors");
        const StoredTensors original = storedTensors(quantisedFolder("llama") / "model.safetensors");
        const std::string state = original.at(std::string(kSomeWeight) + kState).bytes;
        const auto read = [&](const std::string& text) {
            const test::TemporaryFolder folder;
            StoredTensors tensors;
            for (const char* part :
                 {"", ".absmax", ".quant_map", ".nested_absmax", ".nested_quant_map", kState})
                tensors[kSomeWeight + std::string(part)] = original.at(kSomeWeight + std::string(part));
            setState(tensors, text);
            writeModel(folder.path(), tensors, Json::object());
            const WeightFiles files(folder.path());
            return messageOf([&] { readQuantised(files, kSomeWeight, 64, 112).dequantised(at::kFloat); });
        };
        QCOMPARE(read(state), std::string("accepted"));
        for (std::size_t length = 0; length < state.size(); length += 3)
            QVERIFY(read(state.substr(0, length)) != "accepted");
        std::mt19937 random(11);
        for (int i = 0; i < 60; ++i) {
            std::string text = state;
            for (int changes = 0; changes < 1 + i % 3; ++changes)
                text[random() % text.size()] = static_cast<char>(random() % 256);
            read(text);
        }
    }

    void quantisedInAnotherWayIsRefused()
    {
        const std::string fp4 = loadAfter([](StoredTensors& tensors) {
            auto node = tensors.extract(std::string(kSomeWeight) + kState);
            node.key() = std::string(kSomeWeight) + ".quant_state.bitsandbytes__fp4";
            tensors.insert(std::move(node));
        });
        QVERIFY2(has(fp4, kSomeWeight), fp4.c_str());
        const std::string eight = loadAfter([](StoredTensors& tensors) {
            for (const char* part : {".absmax", ".quant_map", ".nested_absmax", ".nested_quant_map", kState})
                tensors.erase(kSomeWeight + std::string(part));
            tensors.at(kSomeWeight).type = DType::I8;
        });
        QVERIFY2(has(eight, "not to NF4") && has(eight, kSomeWeight), eight.c_str());
        const std::string stray = loadAfter([](StoredTensors& tensors) {
            tensors["model.norm.weight.absmax"] = tensors.at(std::string(kSomeWeight) + ".absmax");
        });
        QVERIFY2(has(stray, "model.norm.weight.absmax"), stray.c_str());
    }
};

QTEST_APPLESS_MAIN(TestQuantisedModel)
#include "test_quantised_model.moc"
