// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// `bench` as a user runs it: its document is complete, its arithmetic right, its counts those of a
// computation by hand, and the padded path computes the packed one's loss. Never how fast anything is.
#include "core/base/json.h"
#include "core/engine/command/bench_arguments.h"
#include "core/engine/command/bench_presets.h"
#include "core/engine/command/bench_processes.h"
#include "core/engine/command/bench_table.h"
#include "core/model_files/model_config.h"
#include "tests/engine_command/engine_process.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <cmath>

using namespace lens;
using test::EngineAnswer;
using test::runEngine;

namespace {

BenchCommand commandOf(const std::vector<std::string>& words)
{
    return benchCommandOf(Arguments(*commandSpec("bench"), words));
}

Json document(const QStringList& words)
{
    const EngineAnswer answer = runEngine(QStringList{"bench", "--preset", "demo", "--json"} + words);
    return answer.code == 0 ? parseJson(answer.out.toStdString(), "bench")
                            : Json{{"failed", answer.err.toStdString()}};
}

double median(const Json& spread)
{
    return spread["median"].get<double>();
}

bool near(double a, double b, double tolerance = 1e-9)
{
    return std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b));
}

std::string wrongUsage(const std::vector<std::string>& words)
{
    try {
        commandOf(words);
    } catch (const UsageError& error) {
        return error.what();
    }
    return "accepted";
}

// Of a document with one measured step.
void aStepIsTheSumOfItsParts(const Json& variant)
{
    const Json& seconds = variant["seconds"];
    double sum = 0;
    for (const char* part : {"data", "forward", "backward", "optimizer", "monitor", "rest"}) {
        QVERIFY(median(seconds[part]) >= 0);
        sum += median(seconds[part]);
    }
    const double step = median(seconds["step"]);
    QVERIFY(step > 0 && near(sum, step));
    QVERIFY(near(median(variant["tokens_per_second"]) * step, variant["tokens"].get<double>()));
    QVERIFY(near(median(variant["gflops_per_second"]) * step * 1e9, variant["flops"]["total"].get<double>()));
    const Json& monitor = variant["monitor"];
    QVERIFY(near(monitor["difference_seconds"].get<double>() + median(monitor["off_seconds"]),
                 median(monitor["on_seconds"])));
    QVERIFY(near(median(monitor["on_seconds"]), step));
    QVERIFY(near(monitor["share"].get<double>() * median(monitor["off_seconds"]),
                 monitor["difference_seconds"].get<double>()));
    QVERIFY(variant["memory"]["peak_bytes"].get<double>() > 1e6);
    QVERIFY(variant["start"]["seconds"].get<double>() > variant["start"]["model_seconds"].get<double>());
}

} // namespace

class TestBenchCommand : public QObject {
    Q_OBJECT

private slots:
    void presetsAreModels_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<double>("weights");
        // As the models' pages state them.
        QTest::newRow("smollm-135m") << "smollm-135m" << 134515008.0;
        QTest::newRow("qwen2.5-0.5b") << "qwen2.5-0.5b" << 494032768.0;
        QTest::newRow("llama-1b") << "llama-1b" << 1235814400.0;
    }
    void presetsAreModels()
    {
        QFETCH(QString, name);
        QFETCH(double, weights);
        const BenchPreset* preset = benchPreset(name.toStdString());
        QVERIFY(preset);
        const ModelConfig c = parseModelConfig(parseJson(preset->config, "preset"), "preset");
        const std::int64_t q = c.heads * c.headDim;
        const std::int64_t k = c.keyValueHeads * c.headDim;
        const std::int64_t biases = c.queryKeyValueBias ? q + 2 * k : 0;
        const std::int64_t layer =
            2 * c.hiddenSize * (q + k) + 3 * c.hiddenSize * c.intermediateSize + 2 * c.hiddenSize + biases;
        QVERIFY(c.tiedEmbeddings);
        QCOMPARE(static_cast<double>(c.vocabularySize * c.hiddenSize + c.layers * layer + c.hiddenSize),
                 weights);
    }

    // hidden 192, feed-forward 512, 4 layers, 6 heads of 32, 2 of keys, vocabulary 1280; 2 rows of 8 tokens
    // (7 targets each), rank 4. Per layer q 36864, k and v 12288 each, o 36864, three of 98304 weights.
    //   frozen forward   2 · 16 · 393216 · 3 + 2 · 16 · 61440 + 2 · 14 · 331776       (last layer: o … on
    //   targets) frozen backward  the same but q, k, v of the first layer: − 2 · 16 · 61440 adapter 6 · T · 4
    //   · (in + out): 6 · 4 · (16 · 3392 · 3 + 16 · 896 + 14 · 2496) − 2 · 16 · 4 · 576 attention        2
    //   rows · 6 heads · 4 layers · 7 products · 2 · 32 · (8 · 9 / 2) pairs head             2 products · 2 ·
    //   14 · 192 · 1280
    void countsAreThoseByHand()
    {
        const Json json = document({"--rows", "2", "--length", "8", "--rank", "4", "--dtype", "float32",
                                    "--steps", "1", "--monitor", "both"});
        QVERIFY2(!json.contains("failed"), toJsonText(json).c_str());
        const Json& variant = json["variants"][0];
        const Json& flops = variant["flops"];
        QCOMPARE(flops["frozen_forward"].get<double>(), 49004544.0);
        QCOMPARE(flops["frozen_backward"].get<double>(), 47038464.0);
        QCOMPARE(flops["adapter"].get<double>(), 5016576.0);
        QCOMPARE(flops["attention"].get<double>(), 774144.0);
        QCOMPARE(flops["head"].get<double>(), 13762560.0);
        QCOMPARE(flops["total"].get<double>(), 115596288.0);
        double sum = 0;
        double seconds = 0;
        for (const Json& product : variant["gemm_bound"]["products"]) {
            const double one = 2 * product["m"].get<double>() * product["k"].get<double>() *
                               product["n"].get<double>() * product["count"].get<double>();
            QCOMPARE(product["flops"].get<double>(), one);
            QVERIFY(near(product["gflops_per_second"].get<double>() * product["seconds"].get<double>() * 1e9,
                         one));
            sum += one;
            seconds += product["seconds"].get<double>();
        }
        QCOMPARE(sum, 115596288.0);
        QVERIFY(near(seconds, median(variant["gemm_bound"]["seconds"])));
        aStepIsTheSumOfItsParts(variant);
        QCOMPARE(variant["tokens"].get<double>(), 16.0);
        QCOMPARE(variant["trained_tokens"].get<double>(), 14.0);
        QCOMPARE(json["model"]["parameters"].get<std::int64_t>(), 1820352); // 393600 · 4 + 1280 · 192 + 192
        QCOMPARE(json["model"]["trained"].get<std::int64_t>(), 54272);      // 4 · 4 · 3392
        for (const char* key :
             {"cpu", "physical_cores", "threads", "libtorch", "onednn", "blas", "load_average"})
            QVERIFY2(json["machine"].contains(key), key);
        QVERIFY(json["machine"]["matmul_peak"]["bfloat16_gflops"].get<double>() > 0);
    }

    void thePaddedPathComputesThePackedLoss()
    {
        const Json json = document({"--lengths", "real", "--tokens-per-step", "300", "--compare-padded",
                                    "--dtype", "float32", "--steps", "2", "--monitor", "off"});
        QVERIFY2(!json.contains("failed"), toJsonText(json).c_str());
        const Json& variants = json["variants"];
        QCOMPARE(variants.size(), std::size_t(3));
        QVERIFY(variants[0]["path"] == "packed");
        QVERIFY(variants[0]["computed_tokens"] == variants[0]["tokens"]);
        for (const std::size_t i : {1u, 2u}) {
            QVERIFY(variants[i]["path"] == "padded");
            QVERIFY(variants[i]["tokens"] == variants[0]["tokens"]);
            QVERIFY(variants[i]["computed_tokens"].get<double>() > variants[0]["tokens"].get<double>());
            QVERIFY(variants[i]["flops"]["head"].get<double>() >
                    3 * variants[0]["flops"]["head"].get<double>());
            QVERIFY(
                near(variants[i]["first_loss"].get<double>(), variants[0]["first_loss"].get<double>(), 2e-6));
            const Json& comparison = json["comparisons"][i - 1];
            QVERIFY(near(comparison["ratio"].get<double>() * median(variants[i]["tokens_per_second"]),
                         median(variants[0]["tokens_per_second"])));
        }
        const std::string text = benchText(json);
        QVERIFY(text.find("padded together") != std::string::npos);
        QVERIFY(text.find("packed over padded, column 1 against 3") != std::string::npos);
    }

    void variantsDifferInSpeedOnly()
    {
        const Json json = document({"--rows", "3", "--length", "20", "--answers", "0.5", "--dtype", "float32",
                                    "--steps", "1", "--recompute", "both", "--monitor", "on"});
        QVERIFY2(!json.contains("failed"), toJsonText(json).c_str());
        const Json& variants = json["variants"];
        QCOMPARE(variants.size(), std::size_t(2));
        QCOMPARE(variants[0]["trained_tokens"].get<double>(), 30.0);
        QVERIFY(near(variants[0]["first_loss"].get<double>(), variants[1]["first_loss"].get<double>(), 2e-6));
        QVERIFY(near(json["comparisons"][0]["ratio"].get<double>() * median(variants[0]["seconds"]["step"]),
                     median(variants[1]["seconds"]["step"])));
        const Json unpacked = document({"--rows", "3", "--length", "20", "--answers", "0.5", "--dtype",
                                        "float32", "--steps", "1", "--packing", "off", "--monitor", "off"});
        QVERIFY2(!unpacked.contains("failed"), toJsonText(unpacked).c_str());
        QVERIFY(near(unpacked["variants"][0]["first_loss"].get<double>(),
                     variants[0]["first_loss"].get<double>(), 2e-6));
        QVERIFY(!unpacked["variants"][0].contains("monitor"));
    }

    void theTableIsForReading()
    {
        const EngineAnswer answer = runEngine({"bench", "--preset", "demo", "--rows", "1", "--length", "16",
                                               "--steps", "1", "--dtype", "bfloat16"});
        QCOMPARE(answer.code, 0);
        for (const char* part : {"Processor", "Square products, GFLOP/s", "step, ms", "tokens/s",
                                 "GEMM bound", "monitoring costs", "peak memory of steps, MiB", "bfloat16"})
            QVERIFY2(answer.out.contains(part), part);
        Json busy = document({"--rows", "1", "--length", "16", "--steps", "1", "--dtype", "float32"});
        QVERIFY2(!busy.contains("failed"), toJsonText(busy).c_str());
        QCOMPARE(busy["warnings"].empty() || busy["machine"]["blas_fast"] == false,
                 busy["machine"]["load_average"].get<double>() <= 0.5 ||
                     busy["machine"]["blas_fast"] == false);
    }

    void whereAPresetIsWritten()
    {
        const test::TemporaryFolder folder;
        QCOMPARE(
            wrongUsage({"--preset", "demo", "--write-model", "x"}),
            std::string("--write-model: needs a preset without weights of its own (--preset smollm-135m)"));
        QCOMPARE(wrongUsage({"--preset", "llama-1b", "--write-model", "/"}),
                 std::string("--write-model: is not an empty or a new folder"));
        const BenchCommand command =
            commandOf({"--preset", "llama-1b", "--write-model", test::word(folder.path()).toStdString()});
        QCOMPARE(command.variants.size(), std::size_t(1));
        QVERIFY(command.variants[0].dtype == StorageType::BFloat16);
        QVERIFY(command.writeModel == folder.path());
    }

    void asksForVariants()
    {
        QCOMPARE(commandOf({"--preset", "demo"}).variants.size(), std::size_t(2));
        QCOMPARE(commandOf({"--preset", "demo", "--recompute", "both"}).variants.size(), std::size_t(4));
        const BenchCommand sweep = commandOf({"--preset", "demo", "--sweep", "--dtype", "auto"});
        QCOMPARE(sweep.variants.size(), std::size_t(4));
        for (const BenchVariant& variant : sweep.variants)
            QCOMPARE(variant.rows * variant.length, std::int64_t(2048));
        const BenchCommand real = commandOf({"--preset", "demo", "--lengths", "real", "--compare-padded",
                                             "--dtype", "bfloat16", "--rank", "8", "--steps", "7"});
        QCOMPARE(real.answers, 0.3);
        for (const BenchVariant& variant : real.variants) {
            const BenchCommand again = commandOf(wordsOf(real, variant));
            QCOMPARE(again.variants.size(), std::size_t(1));
            QVERIFY(again.variants[0].paddedBatch == variant.paddedBatch);
            QCOMPARE(again.variants[0].packing, variant.packing);
            QCOMPARE(again.answers, 0.3);
            QCOMPARE(again.rank, 8);
            QCOMPARE(again.steps, 7);
            QVERIFY(again.realLengths && again.json);
        }
    }

    void wrongUsageIsSaidAtOnce()
    {
        QCOMPARE(wrongUsage({}), std::string("--preset, --model: one of them is needed"));
        QCOMPARE(
            wrongUsage({"--preset", "smollm"}),
            std::string("--preset: found \"smollm\", allowed demo, smollm-135m, qwen2.5-0.5b, llama-1b"));
        QCOMPARE(wrongUsage({"--preset", "demo", "--model", "x"}),
                 std::string("--preset: cannot be used together with --model"));
        QCOMPARE(
            wrongUsage({"--preset", "lama-1b", "--dtype", "float23", "--steps", "0", "--sweep", "--rows", "2",
                        "--compare-padded"}),
            std::string("--preset: found \"lama-1b\", allowed demo, smollm-135m, qwen2.5-0.5b, llama-1b (did "
                        "you mean llama-1b?)\n"
                        "--steps: found \"0\", allowed a number from 1 to 100000\n"
                        "--compare-padded: needs rows of different lengths (--lengths real)\n"
                        "--sweep: sets the rows itself: leave --rows and --length out\n"
                        "--dtype: found \"float23\", allowed both, float32, bfloat16, auto (did you mean "
                        "float32?)"));
        QCOMPARE(runEngine({"bench", "--preset", "x"}).code, 2);
        const EngineAnswer nowhere = runEngine({"bench", "--model", "/nowhere/at/all"});
        QCOMPARE(nowhere.code, 1);
        QVERIFY(nowhere.err.contains("/nowhere/at/all"));
    }
};

QTEST_GUILESS_MAIN(TestBenchCommand)
#include "test_bench_command.moc"
