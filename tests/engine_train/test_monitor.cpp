// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What the monitor measures of gradients and adapted modules against dense float64 arithmetic; the same bits
// on any number of threads.

// Before Qt, whose keywords are names in ATen.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/engine/torch_compat.h"
#include "core/engine/train/training_step.h"
#include "core/engine/train/vector_sums.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

#include <cmath>
#include <limits>

using namespace lens;

namespace {

const Json kConfig = Json::parse(R"({
    "model_type": "llama", "vocab_size": 61, "hidden_size": 36, "intermediate_size": 53,
    "num_hidden_layers": 2, "num_attention_heads": 6, "num_key_value_heads": 2,
    "max_position_embeddings": 64, "rms_norm_eps": 1e-6, "tie_word_embeddings": true,
    "hidden_act": "silu", "initializer_range": 0.3})");

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

Model makeModel(const AdapterSettings& settings)
{
    const test::TemporaryFolder folder;
    writeFileAtomically(folder.path() / "config.json", toJsonText(kConfig));
    Model model = Model::initialise(folder.path() / "config.json", 5, at::kCPU);
    model.attachLora(settings, 3);
    return model;
}

AdapterSettings adapterOf(int rank)
{
    AdapterSettings settings;
    settings.r = rank;
    settings.loraAlpha = 3 * rank;
    return settings;
}

void randomise(at::Tensor& flat, double size, std::uint64_t seed)
{
    at::Generator generator = newGenerator(at::kCPU, seed);
    flat.copy_(at::empty_like(flat).normal_(0, size, generator));
}

at::Tensor factor(const ParameterBuffer& parameters, const at::Tensor& flat, int index)
{
    const ParameterSlice& slice = parameters.slices()[static_cast<std::size_t>(index)];
    return flat.narrow(0, slice.offset, slice.elements).view(slice.shape).to(at::kDouble);
}

double valueOf(const std::vector<float>& values, std::size_t module, ModuleField field)
{
    return static_cast<double>(values[module * kModuleFieldCount + static_cast<std::size_t>(field)]);
}

// As stored: float32.
bool near(double actual, double expected)
{
    return std::abs(actual - expected) <= 1e-7 * std::abs(expected);
}

double normOf(const at::Tensor& x)
{
    return x.norm().item<double>();
}

// Everything of a step that is needed to compute its numbers again.
struct Step {
    at::Tensor before;
    at::Tensor after;
    at::Tensor gradient;
    at::Tensor previous; // undefined: none
    GradientNumbers numbers;
    std::vector<float> modules;
};

Step takeStep(Model& model, TrainingStep& training, std::uint64_t seed, double rate = 1e-2)
{
    ParameterBuffer& parameters = model.parameters();
    Step step;
    if (training.gradient().hasPrevious())
        step.previous = training.gradient().previous().clone();
    randomise(parameters.gradient(), 0.1, seed);
    step.gradient = parameters.gradient().clone();
    step.before = parameters.values().clone();
    step.numbers = training.measure();
    step.modules = training.update(step.numbers, {rate, true, true}).modules.value();
    step.after = parameters.values().clone();
    return step;
}

void verifyModules(const Model& model, const Step& step)
{
    const ParameterBuffer& parameters = model.parameters();
    for (std::size_t i = 0; i < model.modules().size(); ++i) {
        const AdaptedModule& module = model.modules()[i];
        const at::Tensor a = factor(parameters, step.before, module.sliceA);
        const at::Tensor b = factor(parameters, step.before, module.sliceB);
        const at::Tensor newA = factor(parameters, step.after, module.sliceA);
        const at::Tensor newB = factor(parameters, step.after, module.sliceB);
        const at::Tensor gradA = factor(parameters, step.gradient, module.sliceA).flatten();
        const at::Tensor gradB = factor(parameters, step.gradient, module.sliceB).flatten();
        const auto value = [&](ModuleField field) { return valueOf(step.modules, i, field); };
        QVERIFY(near(value(ModuleField::NormA), normOf(newA)));
        QVERIFY(near(value(ModuleField::NormB), normOf(newB)));
        at::Tensor change = newB.mm(newA);
        if (const auto initial = model.initialFactors(i))
            change -= initial->b.to(at::kDouble).mm(initial->a.to(at::kDouble));
        QVERIFY(near(value(ModuleField::NormDelta), module.scale * normOf(change)));
        QVERIFY(near(value(ModuleField::GradNormA), normOf(gradA)));
        QVERIFY(near(value(ModuleField::GradNormB), normOf(gradB)));
        const at::Tensor moved = newB.mm(newA) - b.mm(a);
        QVERIFY(near(value(ModuleField::UpdateRatio), module.scale * normOf(moved) / model.baseNorm(i)));
        if (!step.previous.defined()) {
            QVERIFY(std::isnan(value(ModuleField::GradCosine)));
            continue;
        }
        const at::Tensor before = at::cat({factor(parameters, step.previous, module.sliceA).flatten(),
                                           factor(parameters, step.previous, module.sliceB).flatten()});
        const at::Tensor now = at::cat({gradA, gradB});
        const double cosine = at::dot(now, before).item<double>() / (normOf(now) * normOf(before));
        QVERIFY(std::abs(value(ModuleField::GradCosine) - cosine) < 1e-7);
    }
}

} // namespace

class TestMonitor : public QObject {
    Q_OBJECT
private slots:
    void longVectors();
    void sumsNoticeNonFinite();
    void cosineIsUndefinedForZero();
    void slices();
    void gradient();
    void gradientWithoutLength();
    void nonFiniteGradient();
    void keptGradientLeavesTheViews();
    void restoredGradient();
    void modules_data();
    void modules();
    void observedUpdateIsTheUpdate();
    void threadsDoNotMatter();
    void zeroGradientsOfModules();
    void atenComputesTheSame();
    void graphicsProcessorComputesTheSame();
};

void TestMonitor::longVectors()
{
    const std::int64_t count = 1'000'003; // several blocks, no multiple of a vector register
    const at::Tensor a = at::randn({count});
    long double squares = 0;
    for (std::int64_t i = 0; i < count; ++i)
        squares += static_cast<long double>(a.data_ptr<float>()[i]) *
                   static_cast<long double>(a.data_ptr<float>()[i]);
    QVERIFY(std::abs(sumOfSquares(a) - static_cast<double>(squares)) < 1e-12 * sumOfSquares(a));
}

void TestMonitor::sumsNoticeNonFinite()
{
    at::Tensor a = at::full({70'000}, 3e38F); // the square overflows a float32
    QVERIFY(std::isfinite(sumOfSquares(a)));
    QCOMPARE(nonFiniteElements(a), std::int64_t(0));
    a[69'999] = kNaN;
    a[3] = std::numeric_limits<float>::infinity();
    QVERIFY(!std::isfinite(sumOfSquares(a)));
    QCOMPARE(nonFiniteElements(a), std::int64_t(2));
}

void TestMonitor::cosineIsUndefinedForZero()
{
    QVERIFY(!cosineOf(0, 0, 1));
    QVERIFY(!cosineOf(0, 1, 0));
    QCOMPARE(*cosineOf(-6, 4, 9), -1.0);
    QVERIFY(std::isnan(*cosineOf(std::nan(""), 1, 1)));
}

void TestMonitor::slices()
{
    std::vector<ParameterSlice> list;
    for (const std::int64_t elements : {1, 70'001, 5, 70'001, 32'768, 5}) {
        list.emplace_back();
        list.back().shape = {elements};
    }
    ParameterBuffer buffer(list, at::kCPU);
    at::Tensor other = at::randn_like(buffer.gradient());
    buffer.gradient().normal_();
    const SliceSummation summation(buffer);
    const std::vector<SliceSums> sums = summation.of(buffer.gradient(), other);
    const std::vector<SliceSums> squares = summation.of(buffer.gradient(), {});
    const std::vector<SliceSums> aten = summation.byAten(buffer.gradient(), other);
    QCOMPARE(sums.size(), list.size());
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const at::Tensor x = factor(buffer, buffer.gradient(), static_cast<int>(i));
        const at::Tensor y = factor(buffer, other, static_cast<int>(i));
        const double expected = at::dot(x, x).item<double>();
        QVERIFY(std::abs(sums[i].squares - expected) <= 1e-12 * expected);
        QVERIFY(std::abs(sums[i].products - at::dot(x, y).item<double>()) <= 1e-12 * expected);
        QVERIFY(squares[i].squares == sums[i].squares);
        QVERIFY(std::abs(aten[i].squares - expected) <= 1e-12 * expected);
        QVERIFY(std::abs(aten[i].products - sums[i].products) <= 1e-12 * expected);
    }
    QVERIFY(summation.byAten(buffer.gradient(), {})[1].products == 0);
}

void TestMonitor::gradient()
{
    Model model = makeModel(adapterOf(3));
    ParameterBuffer& parameters = model.parameters();
    GradientMonitor monitor(parameters);
    randomise(parameters.gradient(), 1, 1);
    const at::Tensor first = parameters.gradient().to(at::kDouble);
    GradientNumbers numbers = monitor.measure(parameters);
    QVERIFY(std::abs(numbers.norm - normOf(first)) < 1e-12 * numbers.norm);
    QVERIFY(!numbers.cosine);
    QCOMPARE(numbers.nonFinite, std::int64_t(0));
    monitor.keep(parameters);
    randomise(parameters.gradient(), 1, 2);
    const at::Tensor second = parameters.gradient().to(at::kDouble);
    numbers = monitor.measure(parameters);
    const double cosine = at::dot(first, second).item<double>() / (normOf(first) * normOf(second));
    QVERIFY(std::abs(numbers.cosine.value() - cosine) < 1e-12);
    monitor.forget();
    QVERIFY(!monitor.measure(parameters).cosine);
    QVERIFY(!monitor.cosine({0, 1}));
}

void TestMonitor::gradientWithoutLength()
{
    Model model = makeModel(adapterOf(2));
    ParameterBuffer& parameters = model.parameters();
    GradientMonitor monitor(parameters);
    QCOMPARE(monitor.measure(parameters).norm, 0.0);
    monitor.keep(parameters);
    randomise(parameters.gradient(), 1, 2);
    QVERIFY(!monitor.measure(parameters).cosine); // the one before has none
    monitor.keep(parameters);
    parameters.zeroGradient();
    QVERIFY(!monitor.measure(parameters).cosine);
}

void TestMonitor::nonFiniteGradient()
{
    Model model = makeModel(adapterOf(2));
    ParameterBuffer& parameters = model.parameters();
    GradientMonitor monitor(parameters);
    randomise(parameters.gradient(), 1, 1);
    monitor.measure(parameters);
    monitor.keep(parameters);
    const at::Tensor previous = monitor.previous().clone();
    randomise(parameters.gradient(), 1, 2);
    const ParameterSlice& slice = parameters.slices()[5];
    parameters.gradient()[slice.offset] = kNaN;
    parameters.gradient()[slice.offset + 1] = std::numeric_limits<float>::infinity();
    const GradientNumbers numbers = monitor.measure(parameters);
    QVERIFY(!std::isfinite(numbers.norm));
    QCOMPARE(numbers.nonFinite, std::int64_t(2));
    QVERIFY(std::isnan(numbers.cosine.value()));
    QCOMPARE(firstNonFiniteTensor(parameters), slice.key);
    QVERIFY(at::equal(monitor.previous(), previous)); // a checkpoint of the step before needs it
}

void TestMonitor::keptGradientLeavesTheViews()
{
    Model model = makeModel(adapterOf(2));
    ParameterBuffer& parameters = model.parameters();
    GradientMonitor monitor(parameters);
    for (std::uint64_t step = 1; step <= 3; ++step) {
        randomise(parameters.gradient(), 1, step);
        const at::Tensor measured = parameters.gradient().clone();
        monitor.measure(parameters);
        monitor.keep(parameters);
        QVERIFY(at::equal(monitor.previous(), measured));
        parameters.zeroGradient();
        QVERIFY(at::equal(monitor.previous(), measured));
        // What autograd adds to is the buffer's gradient.
        parameters.parameter(1).mul(2).sum().backward();
        const ParameterSlice& slice = parameters.slices()[1];
        QCOMPARE(parameters.gradient().sum().item<double>(), 2.0 * static_cast<double>(slice.elements));
        QCOMPARE(parameters.gradient()[slice.offset].item<double>(), 2.0);
        QCOMPARE(parameters.parameter(1).grad().data_ptr<float>(),
                 parameters.gradient().data_ptr<float>() + slice.offset);
    }
}

// The cosine of the first resumed step is that of the run that went on, to the bit.
void TestMonitor::restoredGradient()
{
    Model model = makeModel(adapterOf(2));
    ParameterBuffer& parameters = model.parameters();
    GradientMonitor monitor(parameters);
    randomise(parameters.gradient(), 1, 1);
    monitor.measure(parameters);
    monitor.keep(parameters);
    GradientMonitor resumed(parameters);
    resumed.restore(monitor.previous());
    randomise(parameters.gradient(), 1, 2);
    QVERIFY(monitor.measure(parameters).cosine.value() == resumed.measure(parameters).cosine.value());
    QVERIFY(monitor.cosine({0, 1}).value() == resumed.cosine({0, 1}).value());
}

void TestMonitor::modules_data()
{
    QTest::addColumn<int>("rank");
    QTest::addColumn<bool>("dora");
    QTest::addColumn<QString>("initial");
    for (const int rank : {1, 3, 8, 12})
        QTest::addRow("rank %d", rank) << rank << false << "true";
    QTest::addRow("dora") << 4 << true << "true";
    QTest::addRow("pissa") << 5 << false << "pissa";
}

void TestMonitor::modules()
{
    QFETCH(int, rank);
    QFETCH(bool, dora);
    QFETCH(QString, initial);
    AdapterSettings settings = adapterOf(rank);
    settings.useDora = dora;
    settings.initLoraWeights = initial.toStdString();
    Model model = makeModel(settings);
    QCOMPARE(model.modules().size(), std::size_t(14));
    const TrainingSettings training;
    TrainingStep step(model, training);
    verifyModules(model, takeStep(model, step, 1)); // B is 0 before it
    verifyModules(model, takeStep(model, step, 2));
    if (initial == "true")
        randomise(model.parameters().values(), 1, 9);
    const Step third = takeStep(model, step, 3, 0.1);
    verifyModules(model, third);
    // Beyond the modules' own rows: all of the gradient.
    const at::Tensor wide = third.gradient.to(at::kDouble);
    QVERIFY(std::abs(third.numbers.norm - normOf(wide)) < 1e-12 * normOf(wide));
}

// Observing changes nothing, whatever else is trained beside the factors.
void TestMonitor::observedUpdateIsTheUpdate()
{
    AdapterSettings settings = adapterOf(3);
    settings.useDora = true;
    settings.modulesToSave = {"embed_tokens"};
    TrainingSettings training;
    training.loraplusLrRatio = 4;
    training.weightDecay = 0.1;
    Model observed = makeModel(settings);
    Model plain = makeModel(settings);
    TrainingStep observedStep(observed, training);
    TrainingStep plainStep(plain, training);
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        randomise(observed.parameters().gradient(), 1, seed);
        randomise(plain.parameters().gradient(), 1, seed);
        observedStep.update(observedStep.measure(), {1e-2, true, true});
        plainStep.update(plainStep.measure(), {1e-2, false, true});
        QVERIFY(at::equal(observed.parameters().values(), plain.parameters().values()));
    }
    QCOMPARE(observedStep.optimizer().steps(), std::int64_t(3));
}

void TestMonitor::threadsDoNotMatter()
{
    const int threads = at::get_num_threads();
    std::vector<Step> runs;
    for (const int count : {1, 2, 3}) {
        at::set_num_threads(count);
        Model model = makeModel(adapterOf(7));
        const TrainingSettings training;
        TrainingStep step(model, training);
        takeStep(model, step, 1);
        runs.push_back(takeStep(model, step, 2));
    }
    at::set_num_threads(threads);
    for (const Step& run : runs) {
        QVERIFY(run.numbers.norm == runs.front().numbers.norm);
        QVERIFY(run.numbers.cosine == runs.front().numbers.cosine);
        QVERIFY(run.modules == runs.front().modules);
    }
}

void TestMonitor::zeroGradientsOfModules()
{
    Model model = makeModel(adapterOf(3));
    const TrainingSettings training;
    TrainingStep step(model, training);
    takeStep(model, step, 1);
    model.parameters().zeroGradient();
    const std::vector<float> modules = step.update(step.measure(), {0, true, true}).modules.value();
    for (std::size_t i = 0; i < model.modules().size(); ++i) {
        QCOMPARE(valueOf(modules, i, ModuleField::GradNormA), 0.0);
        QVERIFY(std::isnan(valueOf(modules, i, ModuleField::GradCosine))); // absent, not 0
        QCOMPARE(valueOf(modules, i, ModuleField::UpdateRatio), 0.0);
    }
}

void TestMonitor::atenComputesTheSame()
{
    for (const char* initial : {"true", "pissa"}) {
        AdapterSettings settings = adapterOf(5);
        settings.initLoraWeights = initial;
        Model model = makeModel(settings);
        const TrainingSettings training;
        TrainingStep step(model, training);
        takeStep(model, step, 1);
        const Step taken = takeStep(model, step, 2);
        std::vector<LowRankFactors> factors;
        for (std::size_t i = 0; i < model.modules().size(); ++i)
            if (const auto first = model.initialFactors(i))
                factors.push_back(*first);
        const ModuleNumbers aten = moduleNumbers(model, taken.before, taken.after, factors);
        QCOMPARE(aten.modules.size(), model.modules().size());
        for (std::size_t row = 0; row < aten.modules.size(); ++row) {
            const std::size_t i = aten.modules[row];
            const at::Tensor numbers = aten.numbers[static_cast<std::int64_t>(row)];
            const double scale = model.modules()[i].scale;
            const auto value = [&](ModuleField field) { return valueOf(taken.modules, i, field); };
            QVERIFY(near(value(ModuleField::NormA), numbers[0].item<double>()));
            QVERIFY(near(value(ModuleField::NormB), numbers[1].item<double>()));
            QVERIFY(near(value(ModuleField::NormDelta), scale * numbers[2].item<double>()));
            QVERIFY(
                near(value(ModuleField::UpdateRatio), scale * numbers[3].item<double>() / model.baseNorm(i)));
        }
    }
}

void TestMonitor::graphicsProcessorComputesTheSame()
{
    if (!at::hasCUDA())
        QSKIP("there is no GPU");
    std::vector<Step> runs;
    for (const at::Device device : {at::Device(at::kCPU), at::Device(at::kCUDA)}) {
        const test::TemporaryFolder folder;
        writeFileAtomically(folder.path() / "config.json", toJsonText(kConfig));
        Model model = Model::initialise(folder.path() / "config.json", 5, device);
        model.attachLora(adapterOf(6), 3);
        at::Tensor values = at::empty_like(model.parameters().values(), at::kCPU);
        randomise(values, 1, 8);
        model.parameters().values().copy_(values);
        const TrainingSettings training;
        TrainingStep step(model, training);
        for (std::uint64_t seed = 1; seed <= 2; ++seed) {
            randomise(values, 1, seed);
            model.parameters().gradient().copy_(values);
            runs.emplace_back();
            runs.back().numbers = step.measure();
            runs.back().modules = step.update(runs.back().numbers, {1e-2, true, true}).modules.value();
        }
    }
    for (const std::size_t i : {std::size_t(0), std::size_t(1)}) {
        QVERIFY(near(runs[i + 2].numbers.norm, runs[i].numbers.norm));
        for (std::size_t k = 0; k < runs[i].modules.size(); ++k) {
            const auto expected = static_cast<double>(runs[i].modules[k]);
            const auto actual = static_cast<double>(runs[i + 2].modules[k]);
            // Parameters themselves differ by the rounding of float32.
            QVERIFY(std::isnan(expected) ? std::isnan(actual)
                                         : std::abs(actual - expected) <= 1e-5 * std::abs(expected) + 1e-7);
        }
    }
}

QTEST_GUILESS_MAIN(TestMonitor)
#include "test_monitor.moc"
