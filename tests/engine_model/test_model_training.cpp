// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Training layer by layer: the loss and the gradient are those of one graph over the whole model, whatever is
// computed again, however rows lie together, and whichever layers are trained.
#include "core/engine/model/model.h"
#include "tests/support/test_paths.h"

#include <ATen/ATen.h>

#include <QTest>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace lens;

namespace {

constexpr double kClose = 2e-6;

Model demoModel()
{
    return Model::initialise(test::sourceFolder() / "resources/demo/model/config.json", 3, at::kCPU);
}

// Rows of these lengths, padded; a third of the tokens is not trained.
Batch rowsOf(const std::vector<std::int64_t>& lengths, std::int64_t vocabulary)
{
    at::manual_seed(5);
    const std::int64_t time = *std::max_element(lengths.begin(), lengths.end());
    const auto rows = static_cast<std::int64_t>(lengths.size());
    Batch batch;
    batch.ids = at::zeros({rows, time}, at::kLong);
    batch.labels = at::full({rows, time}, -100, at::kLong);
    batch.lengths = lengths;
    for (std::int64_t row = 0; row < rows; ++row) {
        const std::int64_t length = lengths[static_cast<std::size_t>(row)];
        const at::Tensor ids = at::randint(0, vocabulary, {length}, at::kLong);
        batch.ids[row].narrow(0, 0, length).copy_(ids);
        const std::int64_t first = length / 3;
        batch.labels[row].narrow(0, first, length - first).copy_(ids.narrow(0, first, length - first));
        batch.tokens += length;
        batch.trainedTokens += length - std::max<std::int64_t>(1, first);
    }
    return batch;
}

double relative(const at::Tensor& found, const at::Tensor& expected)
{
    return (found - expected).norm().item<double>() / expected.norm().item<double>();
}

enum class Kind { Lora, Dropout, Dora, TopLayer, SavedModules, Biases, Pissa, Full };

// An adapter whose B is not 0.
void prepare(Model& model, Kind kind)
{
    if (kind == Kind::Full) {
        model.trainAllWeights();
    } else {
        AdapterSettings settings;
        settings.r = 4;
        settings.loraDropout = kind == Kind::Dropout ? 0.3 : 0;
        settings.useDora = kind == Kind::Dora;
        if (kind == Kind::TopLayer)
            settings.layersToTransform = {1};
        if (kind == Kind::SavedModules)
            settings.modulesToSave = {"embed_tokens"};
        if (kind == Kind::Biases)
            settings.bias = BiasTraining::All;
        if (kind == Kind::Pissa)
            settings.initLoraWeights = "pissa";
        model.attachLora(settings, 1);
        at::manual_seed(9);
        for (std::size_t i = 0; i < model.parameters().slices().size(); ++i) {
            const ParameterSlice& slice = model.parameters().slices()[i];
            if (slice.isB)
                model.parameters().values().narrow(0, slice.offset, slice.elements).normal_(0, 0.05);
        }
    }
    model.setTraining(true);
    model.seedGenerator(11);
}

struct Outcome {
    double loss = 0;
    at::Tensor gradient;
};

Outcome wholeGraph(Kind kind, const Batch& batch)
{
    Model model = demoModel();
    prepare(model, kind);
    const at::Tensor loss = model.lossSum(batch);
    loss.mul(0.25).backward();
    return {loss.item<double>(), model.parameters().gradient().clone()};
}

Outcome layerByLayer(Kind kind, const Batch& batch, bool recompute)
{
    Model model = demoModel();
    prepare(model, kind);
    const auto trained = model.trainOn(batch, {0.25, recompute, {}});
    return {trained.value().lossSum.item<double>(), model.parameters().gradient().clone()};
}

} // namespace

class TestModelTraining : public QObject {
    Q_OBJECT

private slots:
    void agreesWithOneGraph_data()
    {
        QTest::addColumn<int>("kind");
        const auto add = [](const char* name, Kind kind) { QTest::newRow(name) << static_cast<int>(kind); };
        add("LoRA", Kind::Lora);
        add("dropout", Kind::Dropout);
        add("DoRA", Kind::Dora);
        add("top layer", Kind::TopLayer);
        add("saved embedding", Kind::SavedModules);
        add("biases", Kind::Biases);
        add("PiSSA", Kind::Pissa);
        add("all weights", Kind::Full);
    }

    void agreesWithOneGraph()
    {
        QFETCH(int, kind);
        const Batch batch = rowsOf({17, 3, 30, 1, 9}, 1000);
        const Outcome expected = wholeGraph(static_cast<Kind>(kind), batch);
        QVERIFY(expected.gradient.norm().item<double>() > 0.01);
        for (const bool recompute : {false, true}) {
            const Outcome found = layerByLayer(static_cast<Kind>(kind), batch, recompute);
            QVERIFY(std::abs(found.loss - expected.loss) < kClose * expected.loss);
            QVERIFY(relative(found.gradient, expected.gradient) < kClose);
        }
    }

    // One pass over many rows, and a pass for each of them.
    void rowsDoNotSeeEachOther()
    {
        const std::vector<std::int64_t> lengths{17, 3, 30, 9};
        const Batch together = rowsOf(lengths, 1000);
        const Outcome expected = layerByLayer(Kind::Lora, together, false);
        Model model = demoModel();
        prepare(model, Kind::Lora);
        double loss = 0;
        for (std::size_t row = 0; row < lengths.size(); ++row) {
            Batch one;
            const auto index = static_cast<std::int64_t>(row);
            one.ids = together.ids.narrow(0, index, 1).narrow(1, 0, lengths[row]);
            one.labels = together.labels.narrow(0, index, 1).narrow(1, 0, lengths[row]);
            one.lengths = {lengths[row]};
            loss += model.trainOn(one, {0.25, false, {}}).value().lossSum.item<double>();
        }
        QVERIFY(std::abs(loss - expected.loss) < kClose * expected.loss);
        QVERIFY(relative(model.parameters().gradient(), expected.gradient) < kClose);
    }

    // A second pass adds to the gradient of the first.
    void gradientsAddUp()
    {
        const Batch batch = rowsOf({12, 20}, 1000);
        Model model = demoModel();
        prepare(model, Kind::Lora);
        model.trainOn(batch, {1, true, {}});
        const at::Tensor once = model.parameters().gradient().clone();
        model.trainOn(batch, {1, false, {}});
        QVERIFY(relative(model.parameters().gradient(), once * 2) < kClose);
    }

    // Dropout goes on where it would have been, whether layers are computed again or not.
    void recomputingLeavesTheGeneratorAlone()
    {
        const Batch batch = rowsOf({12, 20}, 1000);
        std::vector<std::vector<std::uint8_t>> states;
        for (const bool recompute : {false, true}) {
            Model model = demoModel();
            prepare(model, Kind::Dropout);
            model.trainOn(batch, {1, recompute, {}});
            states.push_back(model.generatorState());
        }
        QVERIFY(states[0] == states[1]);
    }

    void endsBetweenLayers()
    {
        const Batch batch = rowsOf({12, 20}, 1000);
        int questions = 0;
        Model whole = demoModel();
        prepare(whole, Kind::Lora);
        whole.trainOn(batch, {1, false, [&] { return ++questions > 0; }});
        QVERIFY(questions >= 4); // two layers, two passes
        for (int most = 0; most < questions; ++most) {
            Model model = demoModel();
            prepare(model, Kind::Lora);
            int asked = 0;
            QVERIFY(!model.trainOn(batch, {1, false, [&] { return ++asked <= most; }}));
            QCOMPARE(asked, most + 1);
        }
    }

    void nothingTrainedIsNoLoss()
    {
        Batch batch = rowsOf({12}, 1000);
        batch.labels.fill_(-100);
        Model model = demoModel();
        prepare(model, Kind::Lora);
        QCOMPARE(model.trainOn(batch, {1, false, {}}).value().lossSum.item<double>(), 0.0);
        QCOMPARE(model.parameters().gradient().abs().max().item<double>(), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestModelTraining)
#include "test_model_training.moc"
