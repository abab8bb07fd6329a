// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The terms of the memory estimate against numbers worked out by hand, weights against files.
#include "core/model_files/memory_estimate.h"
#include "core/safetensors/safetensors.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

using namespace lens;

namespace {

// SmolLM-135M.
ModelConfig smollm()
{
    ModelConfig config;
    config.family = "llama";
    config.hiddenSize = 576;
    config.intermediateSize = 1536;
    config.layers = 30;
    config.heads = 9;
    config.keyValueHeads = 3;
    config.headDim = 64;
    config.vocabularySize = 49152;
    config.maxPositions = 2048;
    config.rope.rotaryDim = 64;
    config.tiedEmbeddings = true;
    return config;
}

// r 16 on all seven modules of a layer, 4 rows of 256 tokens, 300 of them trained.
TrainingLoad loadOf(std::size_t elementBytes)
{
    TrainingLoad load;
    load.weightBytes = 134515008 * elementBytes;
    load.trainedElements = 4884480; // 30 · 16 · (1152 + 2 · 768 + 1152 + 3 · 2112)
    load.rank = 16;
    load.tokens = 1024;
    load.trainedTokens = 300;
    load.longestRow = 256;
    load.elementBytes = elementBytes;
    load.programBytes = 1000;
    return load;
}

struct Written {
    std::string name;
    DType type;
    std::vector<std::int64_t> shape;
};

void writeModel(const std::filesystem::path& folder, const std::vector<Written>& tensors)
{
    std::vector<TensorToWrite> list;
    std::vector<std::vector<std::byte>> bytes;
    for (const Written& tensor : tensors) {
        std::size_t count = dtypeBytes(tensor.type);
        for (const std::int64_t size : tensor.shape)
            count *= static_cast<std::size_t>(size);
        bytes.emplace_back(count);
    }
    for (std::size_t i = 0; i < tensors.size(); ++i)
        list.push_back({tensors[i].name, tensors[i].type, tensors[i].shape, bytes[i]});
    writeSafetensors(folder / "model.safetensors", list);
}

} // namespace

class TestMemoryEstimate : public QObject {
    Q_OBJECT
private slots:
    void bfloat16();
    void float32();
    void growsWithItsParts();
    void choosesRecompute();
    void weightsFromHeaders();
};

void TestMemoryEstimate::bfloat16()
{
    const MemoryEstimate off = estimateMemory(smollm(), loadOf(2), false);
    QCOMPARE(off.weights, std::uint64_t(269030016));
    QCOMPARE(off.adapters, std::uint64_t(126996480)); // 26 bytes each
    // A token of a layer: 2 · (4 · 576 + 3 · 48 + 2 · 576 + 2 · 192 + 2 · 1536 + 7 · 32) + 4 · 9 + 8 = 14604.
    QCOMPARE(off.activations, std::uint64_t(30) * 1024 * 14604);
    QCOMPARE(off.layer, std::uint64_t(1024) * (2 * 7296 + 256));
    // 128 rows of logits (6.5 · 2²⁰ / 49152 = 138, in whole 128), 6 bytes each; 900 rows of targets and 1024
    // of gradient.
    QCOMPARE(off.loss, std::uint64_t(128) * 49152 * 6 + std::uint64_t(1924) * 576 * 2);
    QCOMPARE(off.program, std::uint64_t(1000));
    QCOMPARE(off.total(), off.weights + off.adapters + off.activations + off.loss + 1000);

    const MemoryEstimate on = estimateMemory(smollm(), loadOf(2), true);
    QCOMPARE(on.activations, std::uint64_t(30) * 1024 * 1152);
    QCOMPARE(on.layer, off.layer + 1024 * 14604);
    QCOMPARE(on.weights + on.adapters + on.loss, off.weights + off.adapters + off.loss);
}

void TestMemoryEstimate::float32()
{
    const MemoryEstimate off = estimateMemory(smollm(), loadOf(4), false);
    QCOMPARE(off.weights, std::uint64_t(538060032));
    QCOMPARE(off.adapters, std::uint64_t(117227520)); // 24 bytes each
    // 4 · (4 · 576 + 3 · 16 + 2 · 576 + 2 · 192 + 2 · 1536 + 7 · 16) + 44 = 28332
    QCOMPARE(off.activations, std::uint64_t(30) * 1024 * 28332);
    QCOMPARE(off.loss, std::uint64_t(128) * 49152 * 4 + std::uint64_t(1924) * 576 * 4);
}

void TestMemoryEstimate::growsWithItsParts()
{
    TrainingLoad load = loadOf(2);
    const MemoryEstimate once = estimateMemory(smollm(), load, false);
    load.tokens *= 2;
    const MemoryEstimate twice = estimateMemory(smollm(), load, false);
    QCOMPARE(twice.activations, 2 * once.activations); // no term of tokens squared
    QCOMPARE(twice.layer, 2 * once.layer);
    load.attentionScores = true; // 2 · 9 heads · 256 keys a token
    QCOMPARE(estimateMemory(smollm(), load, false).activations,
             twice.activations + std::uint64_t(30) * 2048 * 2 * 2 * 9 * 256);
    load = loadOf(4);
    load.rank = 0; // all weights: no copies beside them
    QCOMPARE(estimateMemory(smollm(), load, false).adapters, load.trainedElements * 20);
    load.dequantised = true; // gate and up
    QCOMPARE(estimateMemory(smollm(), load, false).layer,
             estimateMemory(smollm(), loadOf(4), false).layer + std::uint64_t(4) * 576 * 3072);
    load.trainedTokens = 0;
    QCOMPARE(estimateMemory(smollm(), load, false).loss, std::uint64_t(1024) * 576 * 4);
}

void TestMemoryEstimate::choosesRecompute()
{
    MemoryEstimate off;
    off.activations = 750;
    MemoryEstimate on;
    on.activations = 300;
    QVERIFY(!chooseRecompute(Recompute::Auto, off, on, 1000));
    QVERIFY(chooseRecompute(Recompute::Auto, off, on, 999));
    QVERIFY(chooseRecompute(Recompute::On, off, on, 1000000));
    QVERIFY(!chooseRecompute(Recompute::Off, off, on, 1));
    QVERIFY(!chooseRecompute(Recompute::Auto, off, off, 1)); // it would not help
}

void TestMemoryEstimate::weightsFromHeaders()
{
    // SmolLM-135M: all parameters but 49152 · 576 of the embedding and 61 norms.
    QCOMPARE(layerMatrixElements(smollm()), std::uint64_t(134515008 - 49152 * 576 - 61 * 576));
    // Blocks of 64: 32 bytes of codes and a scale; of 256 scales nested a byte each and one float32.
    QCOMPARE(kNf4Bytes * 64, 36.0);
    QCOMPARE(kNestedNf4Bytes * 64 * 256, 32.0 * 256 + 256 + 4);
    const test::TemporaryFolder folder;
    ModelConfig config = smollm();
    config.vocabularySize = 10;
    config.hiddenSize = 4;
    writeModel(folder.path(), {{"model.embed_tokens.weight", DType::BF16, {10, 4}},
                               {"lm_head.weight", DType::BF16, {10, 4}},
                               {"model.layers.0.mlp.up_proj.weight", DType::F32, {6, 4}},
                               {"model.norm.weight", DType::F16, {4}},
                               {"model.layers.0.mlp.down_proj.weight", DType::U8, {7, 1}},
                               {"h.0.attn.bias", DType::F32, {1, 1, 8, 8}}});
    config.tiedEmbeddings = true;
    QCOMPARE(weightBytesInMemory(folder.path(), config, {2, 2}), std::uint64_t(2 * (40 + 24 + 4) + 7));
    QCOMPARE(weightBytesInMemory(folder.path(), config, {4, 4}), std::uint64_t(4 * (40 + 24 + 4) + 7));
    QCOMPARE(weightBytesInMemory(folder.path(), config, {0.5, 2}), std::uint64_t(2 * 44 + 12 + 7));
    config.tiedEmbeddings = false;
    QCOMPARE(weightBytesInMemory(folder.path(), config, {2, 2}), std::uint64_t(2 * (80 + 24 + 4) + 7));
}

QTEST_GUILESS_MAIN(TestMemoryEstimate)
#include "test_memory_estimate.moc"
