// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/file.h"
#include "core/run/launch_check.h"
#include "core/safetensors/safetensors.h"
#include "tests/support/test_paths.h"

#include <QTest>

using namespace lens;

namespace {

// A model folder that can be used, a data file, and the configuration that names them.
class Setup {
public:
    Setup()
    {
        makeFolder(folder() / "model");
        writeFileAtomically(folder() / "model/config.json",
                            "{\"model_type\": \"llama\", \"hidden_size\": 8, \"intermediate_size\": 16,"
                            " \"num_hidden_layers\": 1, \"num_attention_heads\": 2, \"vocab_size\": 11}");
        writeFileAtomically(folder() / "model/tokenizer.json", "{}");
        const std::vector<std::byte> zeros(16);
        writeSafetensors(folder() / "model/model.safetensors", {{"w", DType::F32, {4}, zeros}});
        writeFileAtomically(folder() / "rows.jsonl", "{}\n");
        config.model.path = (folder() / "model").string();
        config.data.trainFile = (folder() / "rows.jsonl").string();
    }
    const std::filesystem::path& folder() const { return m_folder.path(); }
    // "where: what" of all problems.
    std::string problems() const
    {
        std::string text;
        for (const Problem& problem : checkFiles(config))
            text += problem.text() + "\n";
        return text;
    }
    bool tells(const std::string& part) const { return problems().find(part) != std::string::npos; }

    RunConfig config;

private:
    test::TemporaryFolder m_folder;
};

} // namespace

class TestLaunchCheck : public QObject {
    Q_OBJECT

private slots:
    void whatIsThereIsGood()
    {
        const Setup setup;
        QCOMPARE(setup.problems(), std::string());
        QVERIFY(checkFiles(RunConfig{}).empty()); // what is not given is another check's
    }

    void everythingMissingIsNamed()
    {
        Setup setup;
        setup.config.model.path += "x";
        setup.config.data.trainFile += "x";
        setup.config.data.evalFile = setup.folder().string();
        setup.config.adapter.startFrom = setup.folder().string();
        QVERIFY(setup.tells("model.path: ") && setup.tells("is no folder"));
        QVERIFY(setup.tells("data.train_file: there is no such file"));
        QVERIFY(setup.tells("data.eval_file: is a folder, a file is needed"));
        QVERIFY(setup.tells("adapter.start_from: ") && setup.tells("neither a model"));
    }

    void modelsAndAdaptersAreToldApart()
    {
        Setup setup;
        setup.config.adapter.startFrom = setup.config.model.path;
        QVERIFY(setup.tells("adapter.start_from: this folder holds a model"));
        makeFolder(setup.folder() / "adapter");
        writeFileAtomically(setup.folder() / "adapter/adapter_config.json", "{}");
        setup.config.model.path = (setup.folder() / "adapter").string();
        QVERIFY(setup.tells("model.path: this folder holds an adapter"));
    }

    void textNeedsATokenizer()
    {
        Setup setup;
        std::filesystem::remove(setup.folder() / "model/tokenizer.json");
        QVERIFY(setup.tells("no tokenizer.json"));
        setup.config.data.format = DataFormat::TokenBatches;
        QCOMPARE(setup.problems(), std::string());
    }

    void trainingFromScratchNeedsNoWeights()
    {
        Setup setup;
        std::filesystem::remove(setup.folder() / "model/model.safetensors");
        QVERIFY(setup.tells("has neither model.safetensors"));
        setup.config.adapter.method = Method::Full;
        QCOMPARE(setup.problems(), std::string());
        writeFileAtomically(setup.folder() / "model/model.safetensors", "broken");
        QVERIFY(setup.tells("model.path: "));
    }

    void anEmptyFileIsNoData()
    {
        Setup setup;
        writeFileAtomically(setup.config.data.trainFile, "");
        QVERIFY(setup.tells("data.train_file: the file is empty"));
    }
};

QTEST_GUILESS_MAIN(TestLaunchCheck)
#include "test_launch_check.moc"
