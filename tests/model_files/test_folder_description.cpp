// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/model_files/folder_description.h"
#include "core/model_files/weight_index.h"
#include "core/safetensors/safetensors.h"
#include "tests/support/test_paths.h"

#include <QTest>

using namespace lens;

namespace {

std::string textOf(const std::vector<Problem>& problems)
{
    std::string text;
    for (const Problem& problem : problems)
        text += problem.text() + "\n";
    return text;
}

bool tells(const FolderDescription& description, const std::string& part)
{
    return textOf(description.problems).find(part) != std::string::npos ||
           textOf(description.weightProblems).find(part) != std::string::npos;
}

void writeTensors(const std::filesystem::path& file, DType type, std::vector<std::int64_t> shape)
{
    std::int64_t elements = 1;
    for (const std::int64_t size : shape)
        elements *= size;
    const std::vector<std::byte> zeros(static_cast<std::size_t>(elements) * dtypeBytes(type));
    writeSafetensors(file, {{"w", type, std::move(shape), zeros}});
}

const char* const kLlama = "{\"model_type\": \"llama\", \"hidden_size\": 8, \"intermediate_size\": 16,"
                           " \"num_hidden_layers\": 3, \"num_attention_heads\": 2, \"vocab_size\": 11,"
                           " \"max_position_embeddings\": 64}";
const char* const kAdapter =
    "{\"peft_type\": \"LORA\", \"r\": 4, \"lora_alpha\": 8, \"target_modules\": [\"q_proj\"],"
    " \"base_model_name_or_path\": \"org/base\", \"megatron_core\": \"megatron.core\"";

} // namespace

class TestFolderDescription : public QObject {
    Q_OBJECT

private slots:
    void aModelIsDescribed()
    {
        const test::TemporaryFolder folder;
        writeFileAtomically(folder.path() / "config.json", kLlama);
        writeTensors(folder.path() / "model.safetensors", DType::BF16, {7, 9});
        writeFileAtomically(folder.path() / "tokenizer_config.json", "{\"chat_template\": \"{{ x }}\"}");
        const FolderDescription found = describeFolder(folder.path());
        QVERIFY(found.kind == FolderKind::Model);
        QVERIFY2(found.problems.empty(), textOf(found.problems).c_str());
        QCOMPARE(found.family, std::string("llama"));
        QCOMPARE(found.parameters, 63);
        QCOMPARE(found.storage, std::string("bfloat16"));
        QCOMPARE(found.layers, 3);
        QCOMPARE(found.contextLength, 64);
        QVERIFY(found.hasChatTemplate && !found.hasTokenizer && found.config.has_value());
        writeFileAtomically(folder.path() / "tokenizer.model", "");
        QVERIFY(describeFolder(folder.path()).hasTokenizer);
        QVERIFY(found.weightBytes > 126);
    }

    // Two numbers lie in a byte of codes; scales and the like are none.
    void aModelInFourBitsIsDescribed()
    {
        const FolderDescription plain = describeFolder(test::dataFolder() / "models/llama");
        const FolderDescription model = describeFolder(test::dataFolder() / "quantised/llama");
        QVERIFY(model.problems.empty() && model.weightProblems.empty());
        QCOMPARE(model.storage, std::string("nf4"));
        QCOMPARE(model.parameters, plain.parameters);
    }

    void anUnknownFamilyIsDescribedAndRefused()
    {
        const test::TemporaryFolder folder;
        writeFileAtomically(
            folder.path() / "config.json",
            "{\"model_type\": \"codegen\", \"n_layer\": 12, \"n_embd\": 768, \"n_positions\": 1024}");
        const FolderDescription found = describeFolder(folder.path());
        QVERIFY(found.kind == FolderKind::Model && !found.config);
        QCOMPARE(found.layers, 12);
        QCOMPARE(found.hiddenSize, 768);
        QCOMPARE(found.contextLength, 1024);
        QVERIFY(tells(found, "\"codegen\" is not supported"));
        QVERIFY(tells(found, "has neither model.safetensors")); // and all else that is wrong
    }

    void anAdapterIsDescribed()
    {
        const test::TemporaryFolder folder;
        writeFileAtomically(folder.path() / "adapter_config.json", std::string(kAdapter) + "}");
        writeFileAtomically(folder.path() / "config.json", kLlama); // some tools save it too
        writeTensors(folder.path() / "adapter_model.safetensors", DType::F32, {4, 8});
        const FolderDescription found = describeFolder(folder.path());
        QVERIFY(found.kind == FolderKind::Adapter);
        QVERIFY2(found.problems.empty(), textOf(found.problems).c_str());
        QCOMPARE(found.baseModel, std::string("org/base"));
        QCOMPARE(found.adapter->r, 4);
        QCOMPARE(found.parameters, 32);
    }

    void adaptersThatCannotBeUsedSayWhy_data()
    {
        QTest::addColumn<QString>("config");
        QTest::addColumn<QString>("why");
        QTest::newRow("eva") << kAdapter + QString(", \"eva_config\": {\"rho\": 2.0}}") << "eva_config";
        QTest::newRow("unknown") << kAdapter + QString(", \"use_holography\": 1}") << "use_holography";
        QTest::newRow("mlx") << "{\"fine_tune_type\": \"lora\", \"lora_parameters\": {}}"
                             << "mlx-lm";
        QTest::newRow("other method") << "{\"peft_type\": \"LOHA\"}"
                                      << "peft_type";
        QTest::newRow("not JSON") << "{"
                                  << "not valid JSON";
    }

    void adaptersThatCannotBeUsedSayWhy()
    {
        QFETCH(QString, config);
        QFETCH(QString, why);
        const test::TemporaryFolder folder;
        writeFileAtomically(folder.path() / "adapter_config.json", config.toStdString());
        const FolderDescription found = describeFolder(folder.path());
        QVERIFY(found.kind == FolderKind::Adapter && !found.adapter);
        QVERIFY2(tells(found, why.toStdString()), textOf(found.problems).c_str());
        QVERIFY(tells(found, "has no adapter_model.safetensors"));
    }

    void otherFoldersAreOther()
    {
        const test::TemporaryFolder folder;
        QVERIFY(describeFolder(folder.path()).kind == FolderKind::Other);
        QVERIFY(tells(describeFolder(folder.path()), "neither a model"));
        QVERIFY(tells(describeFolder(folder.path() / "nowhere"), "is no folder"));
    }

    void shardsStayInTheirFolder_data()
    {
        QTest::addColumn<QString>("shard");
        QTest::newRow("parent") << "\"../model.safetensors\"";
        QTest::newRow("absolute") << "\"/etc/passwd\"";
        QTest::newRow("folder") << "\"sub/x.safetensors\"";
        QTest::newRow("dots") << "\"..\"";
        QTest::newRow("empty") << "\"\"";
        QTest::newRow("number") << "5";
    }

    void shardsStayInTheirFolder()
    {
        QFETCH(QString, shard);
        const test::TemporaryFolder folder;
        writeFileAtomically(folder.path() / kWeightsIndexFile,
                            "{\"weight_map\": {\"w\": " + shard.toStdString() + "}}");
        try {
            weightFilesOf(folder.path());
            QFAIL("accepted");
        } catch (const Error& error) {
            QVERIFY(error.first().what.find("not a file name") != std::string::npos);
        }
    }

    void missingShardsAreNamed()
    {
        const test::TemporaryFolder folder;
        writeTensors(folder.path() / "a.safetensors", DType::F32, {2});
        writeFileAtomically(folder.path() / kWeightsIndexFile,
                            "{\"weight_map\": {\"w\": \"a.safetensors\", \"x\": \"b.safetensors\","
                            " \"y\": \"c.safetensors\"}}");
        try {
            weightFilesOf(folder.path());
            QFAIL("accepted");
        } catch (const Error& error) {
            QCOMPARE(error.problems().size(), std::size_t{2});
        }
        writeTensors(folder.path() / "b.safetensors", DType::F32, {2});
        writeTensors(folder.path() / "c.safetensors", DType::F32, {2});
        QCOMPARE(weightFilesOf(folder.path()).size(), std::size_t{3});
    }

    void goldenFoldersAreDescribed()
    {
        const auto golden = test::goldenFolder();
        if (!golden)
            QSKIP("no golden folder");
        const auto models = *golden / "models";
        const FolderDescription llama = describeFolder(models / "llama");
        const FolderDescription sharded = describeFolder(models / "llama_sharded");
        QVERIFY2(llama.problems.empty() && sharded.problems.empty(), textOf(sharded.problems).c_str());
        QVERIFY(llama.weightProblems.empty() && sharded.weightProblems.empty());
        QCOMPARE(sharded.parameters, llama.parameters);
        // The index of the sharded twin states the bytes of all its float32 tensors.
        const Json index = readJsonFile(models / "llama_sharded" / kWeightsIndexFile);
        QCOMPARE(llama.parameters, index["metadata"]["total_size"].get<std::int64_t>() / 4);
        QCOMPARE(describeFolder(models / "llama_bf16").storage, std::string("bfloat16"));
        const FolderDescription adapter = describeFolder(models / "llama/lora");
        QVERIFY(adapter.kind == FolderKind::Adapter && adapter.problems.empty());
        // meta.json of the golden data: trainable_parameters of this adapter.
        const Json meta = readJsonFile(models / "llama/meta.json");
        QCOMPARE(adapter.parameters, meta["lora"]["trainable_parameters"].get<std::int64_t>());
        QVERIFY(describeFolder(models / "llama_v5/lora").problems.empty());
        QVERIFY(describeFolder(models / "llama/dora").problems.empty());
    }
};

QTEST_GUILESS_MAIN(TestFolderDescription)
#include "test_folder_description.moc"
