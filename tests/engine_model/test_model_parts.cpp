// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The hand-written gradients against autograd on the plain formulas in float64, and the rotary frequencies
// against their definition.

// Before Qt, whose keywords are names in ATen.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/base/error.h"
#include "core/engine/model/attention.h"
#include "core/engine/model/feed_forward.h"
#include "core/engine/model/head_loss.h"
#include "core/engine/model/linear.h"
#include "core/engine/model/norm.h"
#include "core/engine/model/parameter_buffer.h"
#include "core/engine/model/rotary.h"
#include "core/engine/model/target_matcher.h"
#include "core/engine/torch_compat.h"
#include "core/model_files/lora_config.h"
#include "tests/engine_model/golden_model.h"

#include <QTest>

#include <cmath>
#include <functional>
#include <numbers>

using namespace lens;
using test::relativeDeviation;

namespace {

using Tensors = std::vector<at::Tensor>;
using Formula = std::function<at::Tensor(const Tensors&)>;

constexpr double kClose = 2e-6;

at::Tensor random(std::vector<std::int64_t> shape, std::uint64_t seed)
{
    at::Generator generator = newGenerator(at::kCPU, seed);
    return at::empty(shape, at::kFloat).normal_(0, 1, generator);
}

bool matches(const LoraConfig& config, const std::string& path, bool isHead)
{
    return TargetMatcher(config).matches(path, isHead);
}

Tensors leavesOf(const Tensors& values, at::ScalarType type)
{
    Tensors leaves;
    for (const at::Tensor& value : values)
        leaves.push_back(value.to(type).clone().set_requires_grad(true));
    return leaves;
}

// The worst relative deviation of value and gradients of `ours` (float32) from `reference` (float64), with a
// random upstream gradient.
double deviation(const Tensors& inputs, const Formula& ours, const Formula& reference)
{
    const Tensors narrow = leavesOf(inputs, at::kFloat);
    const Tensors wide = leavesOf(inputs, at::kDouble);
    const at::Tensor y = ours(narrow);
    const at::Tensor expected = reference(wide);
    double worst = relativeDeviation(y, expected);
    const at::Tensor upstream = y.dim() == 0 ? at::full({}, 0.37F) : random(y.sizes().vec(), 99);
    y.backward(upstream);
    expected.backward(upstream.to(at::kDouble));
    for (std::size_t i = 0; i < inputs.size(); ++i)
        worst = std::max(worst, relativeDeviation(narrow[i].grad(), wide[i].grad()));
    return worst;
}

// The textbook form, heads repeated, in the inputs' own type.
at::Tensor plainAttention(const Tensors& in, std::optional<std::int64_t> window)
{
    const std::int64_t group = in[0].size(1) / in[1].size(1);
    const at::Tensor k = in[1].repeat_interleave(group, 1);
    const at::Tensor v = in[2].repeat_interleave(group, 1);
    const std::int64_t time = k.size(2);
    at::Tensor scores = in[0].matmul(k.transpose(2, 3)) / std::sqrt(static_cast<double>(in[0].size(3)));
    at::Tensor hidden = at::ones({time, time}, at::kBool);
    for (std::int64_t i = 0; i < time; ++i) {
        const std::int64_t first = window ? std::max<std::int64_t>(0, i - *window + 1) : 0;
        hidden[i].narrow(0, first, i - first + 1).fill_(false);
    }
    scores = scores.masked_fill(hidden, -std::numeric_limits<double>::infinity());
    return scores.softmax(-1).matmul(v).transpose(1, 2).flatten(2);
}

} // namespace

class TestModelParts : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { at::set_num_threads(1); }

    void normMatchesFormula()
    {
        const auto reference = [](const Tensors& in) {
            return in[0] * (in[0].square().mean(-1, true) + 1e-3).rsqrt() * in[1];
        };
        const auto ours = [](const Tensors& in) { return rmsNorm(in[0], in[1], 1e-3); };
        QVERIFY(deviation({random({3, 5, 24}, 1), random({24}, 2)}, ours, reference) < kClose);
    }

    void gateMatchesFormula()
    {
        const auto reference = [](const Tensors& in) { return in[0] * in[0].sigmoid() * in[1]; };
        const auto ours = [](const Tensors& in) { return gated(in[0], in[1], Activation::Silu); };
        QVERIFY(deviation({random({4, 30}, 1) * 3, random({4, 30}, 2)}, ours, reference) < kClose);
    }

    void rotationMatchesFormula()
    {
        RopeConfig config;
        config.rotaryDim = 8;
        RotaryTable table(config, at::kCPU, at::kFloat);
        const RotaryAngles angles = table.angles(3, 6);
        const auto ours = [&](const Tensors& in) { return rotate(in[0], angles); };
        const auto reference = [](const Tensors& in) {
            // As complex numbers: (x_i + i x_{i+4}) · e^{i · position · 10000^{−2i/8}}
            const at::Tensor frequency = at::pow(10000.0, at::arange(4, at::kDouble) * -0.25);
            const at::Tensor angle = at::arange(3, 9, at::kDouble).view({6, 1, 1}) * frequency;
            const at::Tensor a = in[0].narrow(-1, 0, 4);
            const at::Tensor b = in[0].narrow(-1, 4, 4);
            return at::cat({a * angle.cos() - b * angle.sin(), a * angle.sin() + b * angle.cos()}, -1)
                .transpose(1, 2);
        };
        QVERIFY(deviation({random({2, 6, 3, 8}, 1)}, ours, reference) < kClose);
        // A table that grew says the same.
        const at::Tensor before = angles.cosine.clone();
        table.angles(0, 9000);
        QVERIFY(at::equal(before, table.angles(3, 6).cosine));
    }

    void rotaryFrequenciesAreScaled()
    {
        RopeConfig config;
        config.theta = 500000;
        config.rotaryDim = 16;
        const auto plain = rotaryFrequencies(config);
        QCOMPARE(plain.size(), std::size_t(8));
        QVERIFY(std::abs(double{plain[3]} - std::pow(500000.0, -6.0 / 16)) < 1e-8);
        config.kind = RopeKind::Linear;
        config.factor = 4;
        QCOMPARE(rotaryFrequencies(config)[5], plain[5] / 4);
        config.kind = RopeKind::Llama3;
        config.factor = 8;
        config.lowFreqFactor = 1;
        config.highFreqFactor = 4;
        config.originalMaxPositions = 64;
        const auto scaled = rotaryFrequencies(config);
        for (std::size_t i = 0; i < scaled.size(); ++i) {
            const double wavelength = 2 * std::numbers::pi / double{plain[i]};
            const double smooth = (64 / wavelength - 1) / 3;
            const double factor = wavelength < 16 ? 1 : wavelength > 64 ? 0.125 : (1 - smooth) / 8 + smooth;
            QVERIFY(std::abs(double{scaled[i]} / double{plain[i]} - factor) < 1e-6);
        }
    }

    void attentionMatchesFormula_data()
    {
        QTest::addColumn<int>("time");
        QTest::addColumn<int>("heads");
        QTest::addColumn<int>("keyHeads");
        QTest::addColumn<int>("window");
        QTest::newRow("one head each") << 7 << 3 << 3 << 0;
        QTest::newRow("grouped") << 9 << 6 << 2 << 0;
        QTest::newRow("window") << 12 << 4 << 2 << 5;
        QTest::newRow("narrowest window") << 6 << 4 << 1 << 2;
        QTest::newRow("window wider than the row") << 6 << 2 << 1 << 50;
        QTest::newRow("one position") << 1 << 4 << 2 << 0;
        QTest::newRow("in pieces, computed again") << 1500 << 8 << 2 << 0;
    }

    void attentionMatchesFormula()
    {
        QFETCH(int, time);
        QFETCH(int, heads);
        QFETCH(int, keyHeads);
        QFETCH(int, window);
        const std::optional<std::int64_t> width = window ? std::optional<std::int64_t>(window) : std::nullopt;
        const std::int64_t rows = time > 1000 ? 1 : 2;
        const Tensors inputs{random({rows, heads, time, 8}, 1), random({rows, keyHeads, time, 8}, 2),
                             random({rows, keyHeads, time, 8}, 3)};
        const auto ours = [&](const Tensors& in) {
            AttentionForm form;
            form.scale = 1 / std::sqrt(8.0);
            form.mask = visibility(time, time, width, at::kFloat);
            return attend(in[0], in[1], in[2], form);
        };
        const auto reference = [&](const Tensors& in) { return plainAttention(in, width); };
        QVERIFY(deviation(inputs, ours, reference) < 5e-6);
    }

    void loraMatchesFormula()
    {
        Linear linear;
        linear.weight = random({20, 12}, 1);
        linear.bias = random({20}, 2);
        const auto branch = [&](const Tensors& in) { return LoraBranch{in[1], in[2], 0.7, 0.25}; };
        const Tensors inputs{random({2, 5, 12}, 3), random({4, 12}, 4), random({20, 4}, 5)};
        const auto plain = [&](const Tensors& in, const at::Tensor& dropped) {
            return in[0].matmul(linear.weight.t().to(at::kDouble)) + linear.bias +
                   0.7 * dropped.matmul(in[1].t()).matmul(in[2].t());
        };
        const auto ours = [&](const Tensors& in) {
            Linear adapted = linear;
            adapted.lora = branch(in);
            return adapted.forward(in[0], {});
        };
        QVERIFY(deviation(inputs, ours, [&](const Tensors& in) { return plain(in, in[0]); }) < kClose);

        const auto dropping = [&](const Tensors& in) {
            Linear adapted = linear;
            adapted.lora = branch(in);
            at::Generator generator = newGenerator(at::kCPU, 8);
            return adapted.forward(in[0], {true, &generator});
        };
        at::Generator generator = newGenerator(at::kCPU, 8);
        const at::Tensor keep = at::empty({10, 12}, at::kBool).bernoulli_(0.75, generator).view({2, 5, 12});
        QVERIFY(keep.sum().item<std::int64_t>() < 120);
        QVERIFY(deviation(inputs, dropping,
                          [&](const Tensors& in) { return plain(in, in[0] * keep / 0.75); }) < kClose);
    }

    // A weight stored (in, out), as Conv1D has it: alone, with a branch, and trained itself.
    void inputMajorMatchesFormula()
    {
        Linear linear;
        linear.weight = random({12, 20}, 1);
        linear.bias = random({20}, 2);
        linear.inputMajor = true;
        QCOMPARE(linear.outFeatures(), std::int64_t(20));
        QCOMPARE(linear.inFeatures(), std::int64_t(12));
        const at::Tensor x = random({2, 5, 12}, 3);
        const auto base = [&](const Tensors& in) {
            return in[0].matmul(linear.weight.to(at::kDouble)) + linear.bias;
        };
        const auto plain = [&](const Tensors& in) { return linear.forward(in[0], {}); };
        QVERIFY(deviation({x}, plain, base) < kClose);
        const auto adapted = [&](const Tensors& in) {
            Linear copy = linear;
            copy.lora = LoraBranch{in[1], in[2], 0.7, 0};
            return copy.forward(in[0], {});
        };
        const auto reference = [&](const Tensors& in) {
            return base(in) + 0.7 * in[0].matmul(in[1].t()).matmul(in[2].t());
        };
        QVERIFY(deviation({x, random({4, 12}, 4), random({20, 4}, 5)}, adapted, reference) < kClose);
        // Trained in full.
        const auto trained = [&](const Tensors& in) {
            Linear copy = linear;
            copy.weight = in[1];
            return copy.forward(in[0], {});
        };
        const auto formula = [&](const Tensors& in) { return in[0].matmul(in[1]) + linear.bias; };
        QVERIFY(deviation({x, linear.weight}, trained, formula) < kClose);
    }

    void loraBranchSwitchedOffIsTheBase()
    {
        Linear linear;
        linear.weight = random({6, 5}, 1);
        const at::Tensor x = random({3, 5}, 2);
        const at::Tensor expected = linear.forward(x, {});
        linear.lora = LoraBranch{random({2, 5}, 3), random({6, 2}, 4), 1, 0};
        QVERIFY(!at::equal(linear.forward(x, {}), expected));
        QVERIFY(at::equal(linear.forward(x, {false, nullptr}), expected));
    }

    void headLossMatchesFormula_data()
    {
        QTest::addColumn<int>("piece");
        for (const int piece : {1, 3, 11, 12, 100})
            QTest::addRow("%d at once", piece) << piece;
    }

    void headLossMatchesFormula()
    {
        QFETCH(int, piece);
        const at::Tensor targets = at::arange(12, at::kLong).mul(7).remainder(31);
        const auto ours = [&](const Tensors& in) { return headLossSum(in[0], in[1], targets, 0, piece); };
        const auto reference = [&](const Tensors& in) {
            return -in[0].matmul(in[1].t()).log_softmax(1).gather(1, targets.unsqueeze(1)).sum();
        };
        QVERIFY(deviation({random({12, 16}, 1), random({31, 16}, 2)}, ours, reference) < kClose);
    }

    void headLossSurvivesHugeLogits()
    {
        const at::Tensor hidden = at::full({1, 1}, 1000.0).set_requires_grad(true);
        const at::Tensor weight = at::arange(3, at::kFloat).unsqueeze(1);
        const at::Tensor loss = headLossSum(hidden, weight, at::zeros({1}, at::kLong));
        QCOMPARE(loss.item<double>(), 2000.0);
        loss.backward();
        QCOMPARE(hidden.grad().item<double>(), 2.0);
    }

    void bufferSharesMemory()
    {
        std::vector<ParameterSlice> slices(2);
        slices[0].key = "a";
        slices[0].shape = {2, 3};
        slices[1].key = "b";
        slices[1].shape = {4};
        ParameterBuffer buffer(slices, at::kCPU);
        QCOMPARE(buffer.elements(), std::int64_t(10));
        QCOMPARE(buffer.slices()[1].offset, std::int64_t(6));
        buffer.values().fill_(2);
        // Used twice, walked twice: the gradients add up.
        for (int round = 0; round < 2; ++round)
            (buffer.parameter(0).sum() * 3 + buffer.parameter(1).square().sum() + buffer.parameter(1).sum())
                .backward();
        QCOMPARE(test::floatsOf(buffer.gradient()), (std::vector<float>{6, 6, 6, 6, 6, 6, 10, 10, 10, 10}));
        QVERIFY(buffer.parameter(0).is_leaf());
        buffer.zeroGradient();
        QCOMPARE(buffer.parameter(1).grad().abs().sum().item<double>(), 0.0);
        buffer.values().narrow(0, 6, 4).fill_(5);
        QCOMPARE(buffer.parameter(1).sum().item<double>(), 20.0);
    }

    void targetsMatchAsInPeft()
    {
        LoraConfig config;
        const std::string path = "model.layers.1.self_attn.q_proj";
        config.targets = {"q_proj"};
        QVERIFY(matches(config, path, false));
        QVERIFY(!matches(config, "model.layers.1.self_attn.eq_proj", false));
        config.targets = {"self_attn.q_proj"};
        QVERIFY(matches(config, path, false));
        config.targets = {};
        config.targetRegex = "q_proj";
        QVERIFY(!matches(config, path, false));
        config.targetRegex = ".*\\.[13]\\..*q_proj";
        QVERIFY(matches(config, path, false));
        config.targetRegex = "(?i).*Q_PROJ|v_proj";
        QVERIFY(matches(config, path, false));
        config.targetRegex = "model|model.*"; // the first alternative alone would not reach the end
        QVERIFY(matches(config, path, false));
        config.targetRegex = "a)(b";
        QVERIFY_EXCEPTION_THROWN(matches(config, path, false), Error);
        config.targetRegex = "(([a-z0-9._]+)+)+[!?]"; // exponential in time without a bound
        QVERIFY_EXCEPTION_THROWN(matches(config, path + path, false), Error);
        config.targetRegex = "(";
        QVERIFY_EXCEPTION_THROWN(matches(config, path, false), Error);
        config.targetRegex = {};
        config.allLinear = true;
        QVERIFY(matches(config, path, false));
        QVERIFY(!matches(config, "lm_head", true));
        config.rankStabilised = true;
        config.r = 16;
        config.alpha = 8;
        QCOMPARE(config.scale(), 2.0);
    }
};

QTEST_APPLESS_MAIN(TestModelParts)
#include "test_model_parts.moc"
