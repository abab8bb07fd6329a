// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The hand-written gradients against autograd on the plain formulas in float64.

// Before Qt, whose keywords are names in ATen.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/base/error.h"
#include "core/engine/model/feed_forward.h"
#include "core/engine/model/head_loss.h"
#include "core/engine/model/linear.h"
#include "core/engine/model/norm.h"
#include "core/engine/model/parameter_buffer.h"
#include "core/engine/model/target_matcher.h"
#include "core/engine/torch_compat.h"
#include "core/model_files/lora_config.h"
#include "tests/engine_model/formula_deviation.h"
#include "tests/engine_model/golden_model.h"

#include <QTest>

#include <cmath>
#include <functional>
#include <numbers>

using namespace lens;
using test::deviation;
using test::random;
using test::Tensors;

namespace {

constexpr double kClose = 2e-6;

bool matches(const LoraConfig& config, const std::string& path, bool isHead)
{
    return TargetMatcher(config).matches(path, isHead);
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

    void normsOfOtherKindsMatchTheirFormulas()
    {
        const auto onePlus = [](const Tensors& in) {
            return in[0] * (in[0].square().mean(-1, true) + 1e-3).rsqrt() * (1 + in[1]);
        };
        const auto oursOnePlus = [](const Tensors& in) {
            return normalised(in[0], {in[1], {}}, NormKind::RmsOnePlus, 1e-3);
        };
        QVERIFY(deviation({random({3, 5, 24}, 1), random({24}, 2)}, oursOnePlus, onePlus) < kClose);

        const auto layer = [](const Tensors& in) {
            const at::Tensor centred = in[0] - in[0].mean(-1, true);
            return centred * (centred.square().mean(-1, true) + 1e-3).rsqrt() * in[1] + in[2];
        };
        const auto oursLayer = [](const Tensors& in) {
            return normalised(in[0], {in[1], in[2]}, NormKind::Layer, 1e-3);
        };
        const Tensors inputs{random({3, 5, 24}, 1) + 2, random({24}, 2), random({24}, 3)};
        QVERIFY(deviation(inputs, oursLayer, layer) < kClose);
    }

    // Rounding to bfloat16 comes before the weight, or after 1 + weight, as in transformers.
    void normsRoundWhereTransformersDoes()
    {
        const at::Tensor x = random({4, 64}, 1).to(at::kBFloat16);
        const at::Tensor weight = random({64}, 2).to(at::kBFloat16);
        const at::Tensor wide = x.to(at::kFloat);
        const at::Tensor unit = wide * (wide.square().mean(-1, true) + 1e-6).rsqrt();
        QVERIFY(at::equal(rmsNorm(x, weight, 1e-6), unit.to(at::kBFloat16) * weight));
        QVERIFY(at::equal(rmsNorm(x, weight, 1e-6, true),
                          (unit * (1 + weight.to(at::kFloat))).to(at::kBFloat16)));
    }

    void activationsMatchTheirFormulas_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"silu", "swish", "gelu", "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "quick_gelu", "relu"})
            QTest::newRow(name) << QString(name);
    }

    void activationsMatchTheirFormulas()
    {
        QFETCH(QString, name);
        const Activation activation = activationNamed(name.toStdString()).value();
        const auto formula = [&](const at::Tensor& x) -> at::Tensor {
            if (name == "gelu")
                return x * 0.5 * (1 + (x / std::sqrt(2.0)).erf());
            if (name.startsWith("gelu"))
                return x * 0.5 * (1 + (std::sqrt(2 / std::numbers::pi) * (x + 0.044715 * x.pow(3))).tanh());
            if (name == "relu")
                return x.clamp_min(0);
            return x * (x * (name == "quick_gelu" ? 1.702 : 1)).sigmoid();
        };
        const auto reference = [&](const Tensors& in) { return formula(in[0]) * in[1]; };
        const auto ours = [&](const Tensors& in) { return gated(in[0], in[1], activation); };
        const Tensors inputs{random({4, 30}, 1) * 3, random({4, 30}, 2)};
        QVERIFY(deviation(inputs, ours, reference) < kClose);
        QVERIFY(deviation(
                    {inputs[0]}, [&](const Tensors& in) { return activated(in[0], activation); },
                    [&](const Tensors& in) { return formula(in[0]); }) < kClose);
        // The halves of one tensor, as a fused module gives them.
        const auto halves = [&](const Tensors& in) {
            const auto parts = in[0].chunk(2, -1);
            return gated(parts[0], parts[1], activation);
        };
        const auto plainHalves = [&](const Tensors& in) {
            return formula(in[0].narrow(1, 0, 30)) * in[0].narrow(1, 30, 30);
        };
        QVERIFY(deviation({random({4, 60}, 5)}, halves, plainHalves) < kClose);
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

    void cappedHeadLossMatchesFormula()
    {
        const at::Tensor targets = at::arange(12, at::kLong).mul(7).remainder(31);
        for (const int piece : {5, 100}) {
            const auto ours = [&](const Tensors& in) {
                return headLossSum(in[0], in[1], targets, 2.5, piece);
            };
            const auto reference = [&](const Tensors& in) {
                const at::Tensor logits = (in[0].matmul(in[1].t()) / 2.5).tanh() * 2.5;
                return -logits.log_softmax(1).gather(1, targets.unsqueeze(1)).sum();
            };
            QVERIFY(deviation({random({12, 16}, 1), random({31, 16}, 2)}, ours, reference) < kClose);
        }
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
