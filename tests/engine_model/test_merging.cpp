// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Merging beyond what the golden folders show: shards, stored types, folders that are there already.
// Before Qt, whose keywords are names in ATen.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/engine/model/model.h"
#include "core/engine/model/tensor_list.h"
#include "core/engine/model/weight_files.h"
#include "tests/engine_model/golden_model.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <functional>
#include <set>

using namespace lens;
namespace fs = std::filesystem;
using test::tensorOf;

namespace {

fs::path modelFolder(const char* name)
{
    return test::dataFolder() / "models" / name;
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

} // namespace

class TestMerging : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { at::set_num_threads(1); }

    void mergedIntoShards()
    {
        const fs::path adapter = modelFolder("gpt2") / "lora";
        const test::TemporaryFolder folder;
        MergeOptions options;
        mergeAdapter(modelFolder("gpt2"), adapter, folder.path() / "one", options);
        options.shardBytes = 40'000;
        mergeAdapter(modelFolder("gpt2"), adapter, folder.path() / "many", options);
        const Json index = readJsonFile(folder.path() / "many/model.safetensors.index.json");
        std::uint64_t bytes = 0;
        const WeightFiles one(folder.path() / "one");
        const WeightFiles many(folder.path() / "many");
        QCOMPARE(one.tensors().size(), many.tensors().size());
        for (const auto& [name, entry] : one.tensors()) {
            QVERIFY(at::equal(mappedTensor(*entry, name), mappedTensor(*many.tensors().at(name), name)));
            bytes += entry->bytes.size();
        }
        QCOMPARE(index["metadata"]["total_size"].get<std::uint64_t>(), bytes);
        std::set<std::string> shards;
        for (const auto& [name, shard] : index["weight_map"].items())
            shards.insert(shard.get<std::string>());
        QVERIFY(shards.size() > 1);
        for (std::size_t i = 0; i < shards.size(); ++i)
            QVERIFY(shards.contains(
                QString::asprintf("model-%05zu-of-%05zu.safetensors", i + 1, shards.size()).toStdString()));
        QVERIFY(fs::exists(folder.path() / "many/generation_config.json"));

        // What is there stays as it is, and nothing half-made is left.
        const auto count = [&] {
            return std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator());
        };
        const auto before = count();
        QVERIFY(!errorOf([&] { mergeAdapter(modelFolder("gpt2"), adapter, folder.path() / "one"); }).empty());
        QVERIFY(!errorOf([&] {
                     mergeAdapter(modelFolder("gpt2"), modelFolder("llama") / "lora", folder.path() / "x");
                 }).empty());
        QCOMPARE(count(), before);
        makeFolder(folder.path() / "empty");
        mergeAdapter(modelFolder("gpt2"), adapter, folder.path() / "empty");
        QVERIFY(fs::exists(folder.path() / "empty/model.safetensors"));
    }

    // bfloat16 weights keep their type; the sum is made in float32 and rounded once.
    void mergedInTheStoredType()
    {
        const test::TemporaryFolder folder;
        const fs::path base = folder.path() / "base";
        fs::create_directories(base);
        fs::copy_file(modelFolder("llama") / "config.json", base / "config.json");
        const SafetensorsFile file(modelFolder("llama") / "model.safetensors");
        TensorList list;
        for (const auto& [name, entry] : file.tensors())
            list.add(name, tensorOf(file, name).to(at::kBFloat16));
        list.write(base / "model.safetensors");
        const fs::path adapter = modelFolder("llama") / "lora";
        mergeAdapter(base, adapter, folder.path() / "merged");
        const SafetensorsFile merged(folder.path() / "merged/model.safetensors");
        const SafetensorsFile lora(adapter / "adapter_model.safetensors");
        const std::string path = "model.layers.1.mlp.down_proj";
        const auto factor = [&](const char* part) {
            return tensorOf(lora, "base_model.model." + path + part).to(at::kDouble);
        };
        const at::Tensor weight = tensorOf(file, path + ".weight").to(at::kBFloat16).to(at::kDouble);
        const at::Tensor exact = weight + 2 * factor(".lora_B.weight").mm(factor(".lora_A.weight"));
        const at::Tensor ours = tensorOf(merged, path + ".weight");
        QVERIFY(ours.scalar_type() == at::kBFloat16);
        // Half a unit in the last of 8 bits.
        QVERIFY(
            ((ours.to(at::kDouble) - exact).abs() <= exact.abs() * (1.0 / 256) + 1e-9).all().item<bool>());
        QVERIFY(tensorOf(merged, "model.norm.weight").scalar_type() == at::kBFloat16);
    }
};

QTEST_APPLESS_MAIN(TestMerging)
#include "test_merging.moc"
