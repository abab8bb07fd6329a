// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Rows that are tokens already, from safetensors files.
#include "core/base/error.h"
#include "core/dataset/dataset.h"
#include "core/safetensors/safetensors.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <cstring>
#include <span>

using namespace lens;

namespace {

using Shape = std::vector<std::int64_t>;

TensorToWrite tensor(const char* name, const Shape& shape, const std::vector<std::int64_t>& numbers)
{
    return {name, DType::I64, shape, std::as_bytes(std::span(numbers))};
}

} // namespace

class TestTokenBatches : public QObject {
    Q_OBJECT

private:
    test::TemporaryFolder m_folder;

    DataSettings settingsFor(const std::vector<TensorToWrite>& tensors)
    {
        DataSettings settings;
        settings.trainFile = (m_folder.path() / "batches.safetensors").string();
        settings.evalSplit = 0;
        writeSafetensors(settings.trainFile, tensors);
        return settings;
    }

    std::string problemsOf(const DataSettings& settings)
    {
        try {
            loadDataset(settings, nullptr, 1);
        } catch (const Error& error) {
            std::string text;
            for (const Problem& problem : error.problems())
                text += problem.where.substr(problem.where.rfind('/') + 1) + ": " + problem.what + "\n";
            return text;
        }
        return "no error";
    }

private slots:
    void batchesKeepTheirRowsAndOrder()
    {
        const Shape shape{2, 2, 3};
        const std::vector<std::int64_t> ids{1, 2, 3, 4, 5, 0, 6, 7, 8, 9, 10, 11};
        const std::vector<std::int64_t> mask{1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1};
        const std::vector<std::int64_t> labels{-100, -100, 3, 4, 5, -100, -100, 7, 8, -100, -100, -100};
        const Dataset dataset =
            loadDataset(settingsFor({tensor("input_ids", shape, ids), tensor("attention_mask", shape, mask),
                                     tensor("labels", shape, labels)}),
                        nullptr, 1);
        QCOMPARE(dataset.format, DataFormat::TokenBatches);
        QCOMPARE(dataset.fixedBatchRows, std::size_t(2));
        QCOMPARE(dataset.train.size(), std::size_t(4)); // the last row trains nothing and stays in its batch
        QCOMPARE(dataset.train[1].ids, (std::vector<TokenId>{4, 5}));
        QCOMPARE(dataset.train[0].trained, (std::vector<std::uint8_t>{0, 0, 1}));
        QCOMPARE(dataset.train[1].trained, (std::vector<std::uint8_t>{0, 1})); // position 0 never is a target
        QCOMPARE(dataset.trainTrainedTokens, std::uint64_t(1 + 1 + 2));
        QCOMPARE(dataset.trainTokens, std::uint64_t(11));
        QCOMPARE(dataset.largestId, TokenId(11));
        QCOMPARE(dataset.train[3].sourceLine, std::uint64_t(4));
    }

    void theSplitTakesTheLastBatches()
    {
        const Shape shape{3, 2, 2};
        const std::vector<std::int64_t> ids{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        DataSettings settings = settingsFor({tensor("input_ids", shape, ids)});
        settings.evalSplit = 0.1;
        const Dataset dataset = loadDataset(settings, nullptr, 1);
        QCOMPARE(dataset.train.size(), std::size_t(4));
        QCOMPARE(dataset.evaluation.size(), std::size_t(2));
        QCOMPARE(dataset.evaluation[0].ids, (std::vector<TokenId>{9, 10}));
    }

    void rowsWithoutBatchesAreFree()
    {
        const std::vector<std::int64_t> ids{1, 2, 3, 4, 5, 6};
        DataSettings settings = settingsFor({tensor("input_ids", {2, 3}, ids)});
        settings.maxLength = 2;
        const Dataset dataset = loadDataset(settings, nullptr, 1);
        QCOMPARE(dataset.fixedBatchRows, std::size_t(0));
        QCOMPARE(dataset.train[0].ids, (std::vector<TokenId>{1, 2}));
        QCOMPARE(dataset.train[0].cutTokens, 1u);
        QCOMPARE(dataset.warnings.size(), std::size_t(1));
    }

    void everyFaultIsNamed()
    {
        const Shape shape{3, 3};
        const std::vector<std::int64_t> ids{1, -2, 3, 4, 5, 6, 7, 8, 9};
        const std::vector<std::int64_t> mask{1, 1, 1, 0, 1, 1, 0, 0, 0};
        const std::vector<std::int64_t> labels{-100, -100, 4, -100, 5, 6, -100, -100, -100};
        QCOMPARE(
            problemsOf(settingsFor({tensor("input_ids", shape, ids), tensor("attention_mask", shape, mask),
                                    tensor("labels", shape, labels)})),
            std::string(
                "batches.safetensors:1: input_ids: the id -2 at position 1 cannot be a token\n"
                "batches.safetensors:1: labels: the label 4 at position 2 is neither −100 nor the token "
                "there (3)\n"
                "batches.safetensors:2: attention_mask: has a 0 before a 1; padding is known on the right "
                "only\n"
                "batches.safetensors:3: attention_mask: the row has no token\n"));
    }

    // A file of a hundred bytes that names more rows than memory holds, all of them without a token.
    void rowsOfNothingAreRefusedAtOnce()
    {
        const std::int64_t many = std::int64_t{1} << 40;
        QCOMPARE(problemsOf(settingsFor({tensor("input_ids", {many, 0}, {})})),
                 std::string("batches.safetensors: input_ids: is empty\n"));
        QCOMPARE(problemsOf(settingsFor({tensor("input_ids", {0, many, many}, {})})),
                 std::string("batches.safetensors: input_ids: is empty\n"));
    }

    void tensorsThatDoNotFitAreRefused()
    {
        const std::vector<std::int64_t> four{1, 2, 3, 4};
        QCOMPARE(problemsOf(settingsFor({tensor("input_ids", {2, 2}, four), tensor("labels", {4, 1}, four)})),
                 std::string("batches.safetensors: labels: has another shape than input_ids\n"));
        QCOMPARE(problemsOf(settingsFor({tensor("input_ids", {4}, four)})),
                 std::string(
                     "batches.safetensors: input_ids: has 1 dimensions, not [batches, rows, time] or [rows, "
                     "time]\n"));
        const std::vector<float> floats{1, 2};
        QCOMPARE(
            problemsOf(settingsFor({{"input_ids", DType::F32, {1, 2}, std::as_bytes(std::span(floats))}})),
            std::string("batches.safetensors: input_ids: is F32, not I64 or I32\n"));
        QVERIFY2(problemsOf(settingsFor({tensor("ids", {2, 2}, four)})).find("input_ids") !=
                     std::string::npos,
                 problemsOf(settingsFor({tensor("ids", {2, 2}, four)})).c_str());
        const std::vector<std::int64_t> none(4, -100);
        QCOMPARE(problemsOf(settingsFor({tensor("input_ids", {2, 2}, four), tensor("labels", {2, 2}, none)})),
                 std::string("batches.safetensors: no token would be trained\n"));
    }

    // The golden batches: 20 × 2 rows, right padding, position 0 never a target.
    void goldenBatches()
    {
        if (!test::goldenFolder())
            QSKIP("the golden data is not here");
        DataSettings settings;
        settings.trainFile = (*test::goldenFolder() / "models/llama/train_batches.safetensors").string();
        settings.evalSplit = 0;
        const Dataset dataset = loadDataset(settings, nullptr, 1);
        QCOMPARE(dataset.fixedBatchRows, std::size_t(2));
        QCOMPARE(dataset.train.size(), std::size_t(40));
        const SafetensorsFile golden(*test::goldenFolder() / "models/llama/lora/train_tokens.safetensors");
        const auto bytes = golden.at("num_items").bytes;
        std::vector<std::int64_t> items(bytes.size() / 8);
        std::memcpy(items.data(), bytes.data(), bytes.size());
        for (std::size_t step = 0; step < items.size(); ++step) { // two batches of two rows a step
            std::size_t trained = 0;
            for (std::size_t row = step * 4; row < step * 4 + 4; ++row)
                trained += dataset.train[row].trainedTokens();
            QCOMPARE(static_cast<std::int64_t>(trained), items[step]);
        }
    }
};

QTEST_APPLESS_MAIN(TestTokenBatches)
#include "test_token_batches.moc"
