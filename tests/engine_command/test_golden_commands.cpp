// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// `evaluate` and `tokenize` through the real program, against the results of transformers, PEFT and
// tokenizers. Tolerances: ../shared/golden/README.md.
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/safetensors/safetensors.h"
#include "tests/engine_command/engine_process.h"
#include "tests/support/golden_folders.h"
#include "tests/support/test_paths.h"

#include <QTest>
#include <zlib.h>

#include <array>
#include <cmath>
#include <cstring>
#include <memory>

using namespace lens;
using test::EngineAnswer;
using test::runEngine;

namespace {

namespace fs = std::filesystem;

constexpr double kLogits = 1e-5;
constexpr double kLoss = 2e-6;
// Of a single token's loss, absolute: what kLogits of logits of the size 10 can make of it.
constexpr double kTokenLoss = 1e-4;

template <typename Number>
std::vector<Number> numbersOf(const SafetensorsFile& file, const std::string& name)
{
    const TensorEntry& entry = file.at(name);
    std::vector<Number> numbers(entry.bytes.size() / sizeof(Number));
    std::memcpy(numbers.data(), entry.bytes.data(), entry.bytes.size());
    return numbers;
}

// max|a − b| / max|b| over the positions where the mask is 1, and what is not 0 elsewhere.
struct Deviation {
    double relative = 0;
    bool zeroAtPadding = true;
};

Deviation deviationOf(const std::vector<float>& found, const std::vector<float>& expected,
                      const std::vector<std::int64_t>& mask)
{
    double difference = 0;
    double largest = 0;
    Deviation deviation;
    const std::size_t width = expected.size() / mask.size();
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (mask[i / width] == 0) {
            deviation.zeroAtPadding = deviation.zeroAtPadding && found[i] == 0;
            continue;
        }
        const double apart = std::abs(double(found[i]) - double(expected[i]));
        difference = std::max(difference, std::isnan(apart) ? HUGE_VAL : apart);
        largest = std::max(largest, std::abs(double(expected[i])));
    }
    deviation.relative = difference / largest;
    return deviation;
}

std::string unzipped(const fs::path& path)
{
    const std::unique_ptr<gzFile_s, decltype(&gzclose)> file(gzopen(path.c_str(), "rb"), &gzclose);
    std::string text;
    std::array<char, 1 << 16> buffer;
    for (int read = 0; (read = gzread(file.get(), buffer.data(), buffer.size())) > 0;)
        text.append(buffer.data(), static_cast<std::size_t>(read));
    return text;
}

QString rowName(const fs::path& path)
{
    return test::word(path.parent_path().parent_path().filename() / path.parent_path().filename() /
                      path.filename());
}

} // namespace

class TestGoldenCommands : public QObject {
    Q_OBJECT

private slots:
    void evaluate_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("adapter"); // empty: none
        const auto models = test::goldenModels();
        if (!models.missing.empty())
            QSKIP(models.missing.c_str());
        QVERIFY2(!models.paths.empty(), "the golden folder is empty");
        for (const fs::path& model : models.paths) {
            if (!test::goldenResultsOf(model))
                continue;
            QTest::newRow(qPrintable(rowName(model))) << test::word(model) << QString();
            for (const fs::path& adapter : test::goldenAdapters(model))
                QTest::newRow(qPrintable(rowName(adapter))) << test::word(model) << test::word(adapter);
        }
    }

    void evaluate()
    {
        QFETCH(QString, model);
        QFETCH(QString, adapter);
        const fs::path folder = model.toStdString();
        const fs::path results = test::goldenResultsOf(folder).value() / "golden.safetensors";
        const test::TemporaryFolder work;
        const fs::path out = work.path() / "out.safetensors";
        QStringList arguments{"evaluate",          "--model", model,          "--batch",
                              test::word(results), "--out",   test::word(out)};
        if (!adapter.isEmpty())
            arguments += {"--adapter", adapter};
        const EngineAnswer answer = runEngine(arguments);
        QVERIFY2(answer.code == 0, qPrintable(answer.err));
        const SafetensorsFile found(out);
        const SafetensorsFile batch(results);
        const SafetensorsFile expected(
            adapter.isEmpty() ? results : fs::path(adapter.toStdString()) / "lora_golden.safetensors");
        QCOMPARE(found.at("logits").shape, expected.at("logits").shape);
        const auto mask = numbersOf<std::int64_t>(batch, "attention_mask");
        const Deviation logits =
            deviationOf(numbersOf<float>(found, "logits"), numbersOf<float>(expected, "logits"), mask);
        QVERIFY2(logits.relative < kLogits, qPrintable(QString::number(logits.relative)));
        QVERIFY(logits.zeroAtPadding);
        QVERIFY(found.at("loss").shape.empty());
        const double loss = numbersOf<float>(found, "loss")[0];
        const double expectedLoss = numbersOf<float>(expected, "loss")[0];
        QVERIFY2(std::abs(loss - expectedLoss) < kLoss * expectedLoss, qPrintable(QString::number(loss)));
        if (adapter.isEmpty())
            compareTokenLosses(found, expected);
    }

    void tokenize_data()
    {
        QTest::addColumn<QString>("folder");
        const auto tokenizers = test::goldenTokenizers();
        if (!tokenizers.missing.empty())
            QSKIP(tokenizers.missing.c_str());
        QVERIFY2(!tokenizers.paths.empty(), "the golden folder is empty");
        bool any = false;
        for (const fs::path& folder : tokenizers.paths)
            if (fs::exists(folder / "cases.json")) {
                any = true;
                QTest::newRow(qPrintable(rowName(folder))) << test::word(folder);
            }
        if (!any)
            QSKIP("no golden tokenizer has cases.json");
    }

    // The texts of the cases as JSON lines; the ids come line by line.
    void tokenize()
    {
        QFETCH(QString, folder);
        const test::TemporaryFolder unpacked;
        const fs::path source = usable(folder.toStdString(), unpacked.path());
        for (const bool specials : {true, false}) {
            QByteArray input;
            QStringList expected;
            for (const Json& one : readJsonFile(fs::path(folder.toStdString()) / "cases.json")) {
                if (one["add_special_tokens"].get<bool>() != specials)
                    continue;
                input += QByteArray::fromStdString(toJsonLine(one["text"])) + "\n";
                expected += QString::fromStdString(toJsonLine(one["ids"]));
            }
            QStringList arguments{"tokenize", "--model", test::word(source), "--json"};
            if (!specials)
                arguments += "--no-special-tokens";
            const EngineAnswer answer = runEngine(arguments, {work(), input, {}});
            QVERIFY2(answer.code == 0, qPrintable(answer.err));
            const QStringList found = answer.outLines();
            QCOMPARE(found.size(), expected.size());
            for (qsizetype i = 0; i < found.size(); ++i)
                QVERIFY2(found[i] == expected[i], qPrintable(found[i] + " expected " + expected[i]));
        }
    }

private:
    static fs::path work() { return fs::temp_directory_path(); }

    // The folder itself, or a copy in which tokenizer.json is unpacked.
    static fs::path usable(const fs::path& folder, const fs::path& copy)
    {
        if (!fs::exists(folder / "tokenizer.json.gz"))
            return folder;
        writeFileAtomically(copy / "tokenizer.json", unzipped(folder / "tokenizer.json.gz"));
        fs::copy(folder / "tokenizer_config.json", copy);
        return copy;
    }

    static void compareTokenLosses(const SafetensorsFile& found, const SafetensorsFile& expected)
    {
        QCOMPARE(found.at("token_nll").shape, expected.at("token_nll").shape);
        const auto a = numbersOf<float>(found, "token_nll");
        const auto b = numbersOf<float>(expected, "token_nll");
        for (std::size_t i = 0; i < a.size(); ++i) {
            QVERIFY(std::abs(double(a[i]) - double(b[i])) < kTokenLoss);
            QVERIFY(b[i] != 0 || a[i] == 0);
        }
    }
};

QTEST_GUILESS_MAIN(TestGoldenCommands)
#include "test_golden_commands.moc"
