// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What `evaluate` refuses, and that it says all of it at once. Its numbers: test_golden_commands.
#include "core/base/error.h"
#include "core/dataset/evaluation_batch.h"
#include "core/safetensors/safetensors.h"
#include "tests/engine_command/engine_process.h"
#include "tests/support/test_paths.h"

#include <QTest>

using namespace lens;
using test::EngineAnswer;
using test::runEngine;

namespace {

using Numbers = std::vector<std::int64_t>;

struct Tensor {
    std::string name;
    std::vector<std::int64_t> shape;
    Numbers values;
};

std::filesystem::path written(const std::filesystem::path& folder, const std::vector<Tensor>& tensors)
{
    std::vector<TensorToWrite> all;
    for (const Tensor& tensor : tensors)
        all.push_back({tensor.name, DType::I64, tensor.shape, std::as_bytes(std::span(tensor.values))});
    writeSafetensors(folder / "batch.safetensors", all);
    return folder / "batch.safetensors";
}

std::string problemsOf(const std::vector<Tensor>& tensors)
{
    const test::TemporaryFolder folder;
    const auto file = written(folder.path(), tensors);
    try {
        readEvaluationBatch(file, 10);
    } catch (const Error& error) {
        QString text = QString::fromStdString(error.what());
        return text.replace(test::word(file), "B").toStdString();
    }
    return {};
}

} // namespace

class TestEvaluateCommand : public QObject {
    Q_OBJECT

private slots:
    void aBatchIsReadAsItStands()
    {
        const test::TemporaryFolder folder;
        const auto file = written(folder.path(), {{"input_ids", {2, 3}, {1, 2, 3, 4, 5, 99}},
                                                  {"attention_mask", {2, 3}, {1, 1, 1, 1, 1, 0}},
                                                  {"labels", {2, 3}, {1, 9, -100, 4, -100, -100}},
                                                  {"other", {1}, {7}}});
        const EvaluationBatch batch = readEvaluationBatch(file, 10);
        QCOMPARE(batch.rows, std::size_t(2));
        QCOMPARE(batch.time, std::size_t(3));
        QCOMPARE(batch.ids, (Numbers{1, 2, 3, 4, 5, 0})); // what stands at padding is nobody's business
        QCOMPARE(batch.labels, (Numbers{1, 9, -100, 4, -100, -100}));
        QCOMPARE(batch.lengths, (Numbers{3, 2}));
        QCOMPARE(batch.targets(), std::uint64_t(1)); // nothing predicts position 0
        const auto plain = readEvaluationBatch(written(folder.path(), {{"input_ids", {1, 2}, {0, 9}}}), 10);
        QCOMPARE(plain.lengths, (Numbers{2}));
        QVERIFY(!plain.hasLabels());
    }

    void problemsAreNamed_data()
    {
        QTest::addColumn<QString>("found");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const std::vector<Tensor>& tensors, const char* expected) {
            QTest::newRow(name) << QString::fromStdString(problemsOf(tensors)) << QString(expected);
        };
        row("nothing", {{"ids", {1, 1}, {1}}}, "B: input_ids: is missing");
        row("shape", {{"input_ids", {2}, {1, 2}}}, "B: input_ids: has 1 dimensions, not [rows, time]");
        row("empty", {{"input_ids", {0, 2}, {}}}, "B: input_ids: is empty");
        row("shapes", {{"input_ids", {1, 2}, {1, 2}}, {"attention_mask", {2}, {1, 1}}, {"labels", {1}, {1}}},
            "B: attention_mask: has another shape than input_ids\n"
            "B: labels: has another shape than input_ids");
        row("vocabulary", {{"input_ids", {2, 2}, {1, 10, -1, 3}}, {"labels", {2, 2}, {1, 11, -100, -2}}},
            "B:1: input_ids: the id 10 at position 1 is outside of the model's vocabulary of 10\n"
            "B:1: labels: the id 11 at position 1 is outside of the model's vocabulary of 10\n"
            "B:2: input_ids: the id -1 at position 0 is outside of the model's vocabulary of 10\n"
            "B:2: labels: the id -2 at position 1 is outside of the model's vocabulary of 10");
        row("left padding", {{"input_ids", {2, 2}, {1, 2, 1, 2}}, {"attention_mask", {2, 2}, {0, 1, 0, 0}}},
            "B:1: attention_mask: has a 0 before a 1 (padding belongs to the right of a row)\n"
            "B:2: attention_mask: the row has no token");
        row("mask", {{"input_ids", {1, 2}, {1, 2}}, {"attention_mask", {1, 2}, {1, 2}}},
            "B:1: attention_mask: found 2 at position 1, allowed 0 and 1");
        row("label of padding",
            {{"input_ids", {1, 2}, {1, 2}}, {"attention_mask", {1, 2}, {1, 0}}, {"labels", {1, 2}, {1, 2}}},
            "B:1: labels: position 1 is padding and has a label (the label of padding is -100)");
    }
    void problemsAreNamed()
    {
        QFETCH(QString, found);
        QTEST(found, "expected");
    }

    void allFilesAreCheckedTogetherWithoutLibTorch()
    {
        const test::TemporaryFolder folder;
        written(folder.path(), {{"input_ids", {2}, {1, 2}}});
        const EngineAnswer answer = runEngine({"evaluate", "--model", "nowhere", "--adapter", "nothing",
                                               "--batch", "batch.safetensors", "--out", "no/where.st"},
                                              {folder.path(), {}, {"LD_DEBUG=files"}});
        QCOMPARE(answer.code, 1);
        for (const char* part : {"nowhere: ", "nothing: ", "input_ids: has 1 dimensions", "/no: there is no"})
            QVERIFY2(answer.err.contains(part), part);
        QVERIFY(!answer.err.contains("libtorch"));
    }

    void wrongUsageIsSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("line");
        const QStringList whole{"--model", "m", "--batch", "b", "--out", "o"};
        QTest::newRow("no model") << whole.mid(2) << "--model: is needed";
        QTest::newRow("no batch") << whole.mid(0, 2) << "--batch: is needed";
        QTest::newRow("no out") << whole.mid(0, 4) << "--out: is needed";
        QTest::newRow("dtype") << whole + QStringList{"--dtype", "float23"} << "did you mean float32?";
        QTest::newRow("threads") << whole + QStringList{"--threads", "-1"} << "--threads: found \"-1\"";
    }
    void wrongUsageIsSaid()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, line);
        const EngineAnswer answer = runEngine(QStringList{"evaluate"} + arguments);
        QCOMPARE(answer.code, 2);
        QVERIFY2(answer.err.contains(line), qPrintable(answer.err));
    }
};

QTEST_GUILESS_MAIN(TestEvaluateCommand)
#include "test_evaluate_command.moc"
