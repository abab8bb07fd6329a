// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What is learned does not depend on which rows go through the model together: loss and gradient of a step,
// and the evaluation, against those of the rows one by one, added up in float64.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/engine/train/accumulation.h"
#include "core/engine/train/evaluator.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <cmath>
#include <numeric>
#include <random>

using namespace lens;

namespace {

constexpr std::size_t kRows = 24;
constexpr double kTolerance = 2e-6; // float32 sums in another order, relative

Model adaptedModel(const QString& name)
{
    const auto folder = test::dataFolder() / "models" / name.toStdString();
    Model model = Model::load(folder, StorageType::Float32, at::kCPU);
    model.attachAdapter(folder / "lora", 0);
    return model;
}

// Rows of 2 to 31 tokens, mostly short; the first half of each is not trained, some not at all.
std::vector<TokenRow> randomRows(std::int64_t vocabulary)
{
    std::mt19937 random(11);
    std::vector<TokenRow> rows(kRows);
    for (std::size_t i = 0; i < kRows; ++i) {
        const std::size_t length = i == 5 ? 31 : 2 + random() % (i % 4 == 0 ? 30 : 9);
        for (std::size_t token = 0; token < length; ++token) {
            rows[i].ids.push_back(static_cast<TokenId>(random() % static_cast<std::uint64_t>(vocabulary)));
            rows[i].trained.push_back(token > 0 && 2 * token >= length && i % 7 != 6);
        }
    }
    return rows;
}

Window windowOf(const std::vector<TokenRow>& rows, Bins microBatches)
{
    Window window;
    for (const auto& batch : microBatches)
        for (const std::uint32_t row : batch) {
            window.tokens += static_cast<std::int64_t>(rows[row].ids.size());
            window.trainedTokens += static_cast<std::int64_t>(rows[row].trainedTokens());
        }
    window.microBatches = std::move(microBatches);
    return window;
}

struct Step {
    double loss = 0;
    at::Tensor gradient; // float64
};

Step stepOf(Model& model, const std::vector<TokenRow>& rows, const Window& window)
{
    const WindowResult result = accumulate(model, rows, window);
    return {result.loss, model.parameters().gradient().to(at::kDouble)};
}

// Every row for itself.
Step expectedStep(Model& model, const std::vector<TokenRow>& rows)
{
    Step sum;
    std::size_t trained = 0;
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
        const auto own = static_cast<double>(rows[row].trainedTokens());
        if (own == 0)
            continue;
        const Step one = stepOf(model, rows, windowOf(rows, {{row}}));
        sum.loss += one.loss * own;
        sum.gradient = sum.gradient.defined() ? sum.gradient + one.gradient * own : one.gradient * own;
        trained += rows[row].trainedTokens();
    }
    sum.loss /= static_cast<double>(trained);
    sum.gradient = sum.gradient / static_cast<double>(trained);
    return sum;
}

double deviation(const at::Tensor& value, const at::Tensor& expected)
{
    return ((value - expected).norm() / expected.norm()).item<double>();
}

TrainingSettings settingsOf(int batchSize, bool packing)
{
    TrainingSettings settings;
    settings.batchSize = batchSize;
    settings.gradientAccumulationSteps = static_cast<int>(kRows) / batchSize;
    settings.packing = packing;
    return settings;
}

} // namespace

class TestPackedSteps : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }
    void oneStep_data() { families(); }
    void oneStep();
    void anyOrder_data() { families(); }
    void anyOrder();
    void evaluation_data() { families(); }
    void evaluation();
    void evaluationStopsBetweenBatches();
    void nothingTrained();
    void stopsBetweenBatches();

private:
    static void families();
    static void compare(const Step& step, const Step& expected);
};

void TestPackedSteps::families()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"llama", "gemma2", "qwen2", "gpt2"})
        QTest::newRow(name) << QString(name);
}

void TestPackedSteps::compare(const Step& step, const Step& expected)
{
    const double loss = std::abs(step.loss - expected.loss) / expected.loss;
    const double gradient = deviation(step.gradient, expected.gradient);
    QVERIFY2(loss <= kTolerance, qPrintable(QString("loss %1").arg(loss)));
    QVERIFY2(gradient <= kTolerance, qPrintable(QString("gradient %1").arg(gradient)));
}

// As the trainer makes its windows: packing on and off, several batch sizes and with them capacities.
void TestPackedSteps::oneStep()
{
    QFETCH(QString, name);
    Model model = adaptedModel(name);
    const auto rows = randomRows(model.vocabularySize());
    const Step expected = expectedStep(model, rows);
    QVERIFY(expected.gradient.norm().item<double>() > 0);
    for (const bool packing : {true, false})
        for (const int batchSize : {1, 3, 8, 24}) {
            BatchSource source(rows, 0, settingsOf(batchSize, packing), true);
            const Window window = source.next();
            QVERIFY(window.microBatches.size() <= kRows / static_cast<std::size_t>(batchSize));
            compare(stepOf(model, rows, window), expected);
        }
}

// Bins of any capacity, rows and bins in any order.
void TestPackedSteps::anyOrder()
{
    QFETCH(QString, name);
    Model model = adaptedModel(name);
    const auto rows = randomRows(model.vocabularySize());
    const Step expected = expectedStep(model, rows);
    std::vector<std::uint32_t> order(kRows);
    std::iota(order.begin(), order.end(), 0u);
    std::mt19937 random(3);
    for (const std::uint64_t capacity : {1u, 40u, 97u, 1000u}) {
        std::shuffle(order.begin(), order.end(), random);
        Bins bins = microBatches(rows, order, {1, capacity});
        std::shuffle(bins.begin(), bins.end(), random);
        for (auto& bin : bins)
            std::shuffle(bin.begin(), bin.end(), random);
        compare(stepOf(model, rows, windowOf(rows, bins)), expected);
    }
}

void TestPackedSteps::evaluation()
{
    QFETCH(QString, name);
    Model model = adaptedModel(name);
    const auto rows = randomRows(model.vocabularySize());
    const double expected = expectedStep(model, rows).loss;
    for (const bool packing : {true, false})
        for (const int batchSize : {1, 4, 100}) {
            const auto result = Evaluator(rows, batchSize, packing).run(model, false);
            QVERIFY(result);
            QVERIFY(std::abs(result->loss - expected) <= kTolerance * expected);
            QCOMPARE(result->rows, std::uint64_t(kRows));
        }
}

void TestPackedSteps::evaluationStopsBetweenBatches()
{
    Model model = adaptedModel("llama");
    const auto rows = randomRows(model.vocabularySize());
    int asked = 0;
    QVERIFY(!Evaluator(rows, 1, true).run(model, false, [&] { return ++asked < 3; }));
    QCOMPARE(asked, 3);
}

void TestPackedSteps::nothingTrained()
{
    Model model = adaptedModel("llama");
    auto rows = randomRows(model.vocabularySize());
    for (TokenRow& row : rows)
        row.trained.assign(row.ids.size(), 0);
    BatchSource source(rows, 0, settingsOf(3, true), true);
    const Step step = stepOf(model, rows, source.next());
    QVERIFY(std::isnan(step.loss));
    QCOMPARE(step.gradient.abs().max().item<double>(), 0.0);
}

void TestPackedSteps::stopsBetweenBatches()
{
    Model model = adaptedModel("llama");
    const auto rows = randomRows(model.vocabularySize());
    BatchSource source(rows, 0, settingsOf(3, true), true);
    const Window window = source.next();
    QVERIFY(window.microBatches.size() > 1);
    const Step expected = stepOf(model, rows, window);
    int asked = 0;
    QVERIFY(!accumulate(model, rows, window, {false, [&] { return ++asked < 2; }}).whole);
    // What it left behind is of no account.
    const Step again = stepOf(model, rows, window);
    QCOMPARE(again.loss, expected.loss);
    QVERIFY(again.gradient.equal(expected.gradient));
}

QTEST_GUILESS_MAIN(TestPackedSteps)
#include "test_packed_steps.moc"
