// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Adapted modules that share their input, as one function: values and gradients against autograd on the plain
// formula in float64.
#include "core/engine/model/module_group.h"
#include "core/engine/model/roomy_rows.h"
#include "tests/engine_model/formula_deviation.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <QTest>

#include <cmath>
#include <deque>
#include <vector>

using namespace lens;
using test::random;

namespace {

struct Part {
    std::int64_t out = 0;
    std::int64_t rank = 0; // 0: no adapter
    bool bias = false;
    bool inputMajor = false;
};

at::Tensor leaf(const at::Tensor& x)
{
    return x.detach().clone().set_requires_grad(true);
}

// Modules with values of this type and their factors, and the same in float64.
struct Modules {
    std::deque<Linear> linears;
    std::vector<Linear*> pointers;
    std::vector<at::Tensor> weights, biases, a, b; // float64
    std::vector<double> scales;

    Modules(const std::vector<Part>& parts, std::int64_t in, at::ScalarType type)
    {
        std::uint64_t seed = 10;
        const auto factorType = type == at::kDouble ? at::kDouble : at::kFloat;
        for (const Part& part : parts) {
            Linear& linear = linears.emplace_back();
            const at::Tensor weight = random({part.out, in}, ++seed).div(std::sqrt(double(in))).to(type);
            weights.push_back(weight.to(at::kDouble));
            linear.inputMajor = part.inputMajor;
            linear.weight = part.inputMajor ? weight.t().contiguous() : weight.clone();
            biases.emplace_back();
            if (part.bias) {
                linear.bias = random({part.out}, ++seed).to(type);
                biases.back() = linear.bias.to(at::kDouble);
            }
            a.emplace_back();
            b.emplace_back();
            scales.push_back(1.5);
            if (part.rank > 0) {
                LoraBranch branch;
                branch.a = leaf(random({part.rank, in}, ++seed).div(std::sqrt(double(in))).to(factorType));
                branch.b = leaf(random({part.out, part.rank}, ++seed).to(factorType));
                branch.scale = scales.back();
                a.back() = leaf(branch.a.to(at::kDouble));
                b.back() = leaf(branch.b.to(at::kDouble));
                linear.lora = branch;
            }
            pointers.push_back(&linear);
        }
    }

    // Σ over modules of (y ∘ upstream).
    at::Tensor plainSum(const at::Tensor& x, const std::vector<at::Tensor>& upstream) const
    {
        at::Tensor sum = at::zeros({}, at::kDouble);
        for (std::size_t i = 0; i < weights.size(); ++i) {
            at::Tensor y = x.mm(weights[i].t());
            if (a[i].defined())
                y = y + scales[i] * x.mm(a[i].t()).mm(b[i].t());
            if (biases[i].defined())
                y = y + biases[i];
            sum = sum + (y * upstream[i].to(at::kDouble)).sum();
        }
        return sum;
    }
};

double relative(const at::Tensor& found, const at::Tensor& expected)
{
    return (found.to(at::kDouble) - expected).norm().item<double>() / expected.norm().item<double>();
}

struct Bounds {
    double value = 0;
    double factor = 0; // gradients of A and B
};

Bounds boundsOf(at::ScalarType type)
{
    if (type == at::kDouble)
        return {1e-13, 1e-13};
    // x and g are exact in bfloat16: the float32 gradients of the factors are as good as hi + lo, 2⁻¹⁶.
    return type == at::kBFloat16 ? Bounds{3e-3, 2e-5} : Bounds{1e-6, 1e-6};
}

} // namespace

class TestModuleGroup : public QObject {
    Q_OBJECT

private slots:
    void groups_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<int>("form");
        for (const at::ScalarType type : {at::kDouble, at::kFloat, at::kBFloat16})
            for (int form = 0; form < 5; ++form)
                QTest::addRow("%s, form %d", c10::toString(type), form) << static_cast<int>(type) << form;
    }

    void groups()
    {
        QFETCH(int, type);
        QFETCH(int, form);
        const auto kind = static_cast<at::ScalarType>(type);
        const std::vector<std::vector<Part>> forms{
            {{24, 4}, {8, 4}, {8, 4}},
            {{24, 3, true}, {8, 0, true}, {10, 5, true}},
            {{33, 1}},
            {{24, 4, true, true}},
            {{24, 0}, {16, 0}},
        };
        const auto& parts = forms[static_cast<std::size_t>(form)];
        const std::int64_t in = 20;
        Modules modules(parts, in, kind);
        SharedBuffers shared;
        ExtendedWeights weights(modules.pointers, shared);
        const at::Tensor values = random({13, in}, 3).to(kind);
        const at::Tensor x = leaf(values);
        const at::Tensor reference = leaf(values.to(at::kDouble));
        std::vector<at::Tensor> upstream;
        for (std::size_t i = 0; i < parts.size(); ++i)
            upstream.push_back(random({13, parts[i].out}, 50 + i).to(kind));
        const std::vector<at::Tensor> y = groupForward(x, weights);
        torch::autograd::backward({y.begin(), y.end()}, {upstream.begin(), upstream.end()});
        modules.plainSum(reference, upstream).backward();

        const Bounds bounds = boundsOf(kind);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            at::Tensor expected = reference.mm(modules.weights[i].t());
            if (modules.a[i].defined())
                expected = expected + modules.scales[i] * reference.mm(modules.a[i].t()).mm(modules.b[i].t());
            if (modules.biases[i].defined())
                expected = expected + modules.biases[i];
            QVERIFY(relative(y[i].detach(), expected.detach()) < bounds.value);
            if (!modules.a[i].defined())
                continue;
            QVERIFY(relative(modules.linears[i].lora->a.grad(), modules.a[i].grad()) < bounds.factor);
            QVERIFY(relative(modules.linears[i].lora->b.grad(), modules.b[i].grad()) < bounds.factor);
        }
        QVERIFY(relative(x.grad(), reference.grad()) < bounds.value);
    }

    // Gradients go where the parameters keep theirs, and add up.
    void gradientsAddUp()
    {
        Modules modules({{12, 2}, {6, 3}}, 10, at::kFloat);
        SharedBuffers shared;
        ExtendedWeights weights(modules.pointers, shared);
        const at::Tensor place = at::ones({2, 10});
        modules.linears[0].lora->a.mutable_grad() = place;
        const at::Tensor x = random({7, 10}, 1);
        const auto run = [&] {
            const auto y = groupForward(x, weights);
            (y[0].sum() + y[1].sum()).backward();
        };
        run();
        const at::Tensor once = place - 1;
        run();
        QVERIFY(relative(place - 1, once.to(at::kDouble) * 2) < 1e-6);
        QVERIFY(modules.linears[0].lora->a.grad().data_ptr() == place.data_ptr());
    }

    // What an optimizer writes to the factors is seen by the next pass.
    void writtenFactorsAreSeen()
    {
        Modules modules({{12, 2}}, 10, at::kFloat);
        SharedBuffers shared;
        ExtendedWeights weights(modules.pointers, shared);
        const at::NoGradGuard guard;
        const at::Tensor x = random({7, 10}, 1);
        const at::Tensor before = groupForward(x, weights).front().clone();
        modules.linears[0].lora->b.zero_();
        const at::Tensor plain = x.mm(modules.weights[0].to(at::kFloat).t());
        QVERIFY(relative(groupForward(x, weights).front(), plain.to(at::kDouble)) < 1e-6);
        QVERIFY(relative(before, plain.to(at::kDouble)) > 1e-2);
    }

    void gatedGroups_data() { groups_data(); }

    void gatedGroups()
    {
        QFETCH(int, type);
        QFETCH(int, form);
        const auto kind = static_cast<at::ScalarType>(type);
        const std::vector<Activation> activations{Activation::Silu, Activation::Gelu, Activation::GeluTanh,
                                                  Activation::QuickGelu, Activation::Relu};
        const Activation activation = activations[static_cast<std::size_t>(form)];
        const bool isGated = form != 4;
        Modules modules({{18, 3, form == 1, form == 2}}, 25, kind);
        SharedBuffers shared;
        ExtendedWeights weights(modules.pointers, shared);
        const at::Tensor gate = leaf(random({9, 25}, 1).to(kind));
        const at::Tensor up = leaf(random({9, 25}, 2).to(kind));
        const at::Tensor upstream = random({9, 18}, 3).to(kind);
        const at::Tensor y = gatedGroupForward(isGated ? gate : at::Tensor(), up, activation, weights, 30);
        y.backward(upstream);

        const at::Tensor plainGate = leaf(gate.to(at::kDouble));
        const at::Tensor plainUp = leaf(up.to(at::kDouble));
        const auto act = [&](const at::Tensor& v) -> at::Tensor {
            switch (activation) {
            case Activation::Gelu:
                return v * 0.5 * (1 + (v / std::sqrt(2.0)).erf());
            case Activation::GeluTanh:
                return v * 0.5 * (1 + (std::sqrt(2 / M_PI) * (v + 0.044715 * v.pow(3))).tanh());
            case Activation::QuickGelu:
                return v * (v * 1.702).sigmoid();
            case Activation::Relu:
                return v.clamp_min(0);
            case Activation::Silu:
                break;
            }
            return v * v.sigmoid();
        };
        modules.plainSum(isGated ? act(plainGate) * plainUp : act(plainUp), {upstream}).backward();
        // The product of gate and up is rounded to bfloat16 before it is multiplied with the weights.
        const double bound = kind == at::kBFloat16 ? 6e-3 : boundsOf(kind).value;
        if (isGated)
            QVERIFY(relative(gate.grad(), plainGate.grad()) < bound);
        QVERIFY(relative(up.grad(), plainUp.grad()) < bound);
        QVERIFY(relative(modules.linears[0].lora->a.grad(), modules.a[0].grad()) < bound);
        QVERIFY(relative(modules.linears[0].lora->b.grad(), modules.b[0].grad()) < bound);
    }

    // Gradients that lie one beside the other are taken as they are; others give the same.
    void adjacentGradients()
    {
        for (const bool adjacent : {true, false}) {
            Modules modules({{16, 2}, {16, 2}}, 12, at::kDouble);
            SharedBuffers shared;
            ExtendedWeights weights(modules.pointers, shared);
            const at::Tensor x = leaf(random({5, 12}, 1).to(at::kDouble));
            const auto y = groupForward(x, weights);
            const at::Tensor all = roomyEmpty(5, 32, weights.gradientRoom(), at::kDouble);
            all.copy_(random({5, 32}, 2));
            const at::Tensor first = all.narrow(1, 0, 16);
            const at::Tensor second = all.narrow(1, 16, 16);
            torch::autograd::backward(
                {y[0], y[1]}, adjacent ? torch::autograd::variable_list{first, second}
                                       : torch::autograd::variable_list{first.clone(), second.clone()});
            const at::Tensor plain = leaf(x.detach());
            modules.plainSum(plain, {first, second}).backward();
            QVERIFY(relative(x.grad(), plain.grad()) < 1e-13);
        }
    }
};

QTEST_GUILESS_MAIN(TestModuleGroup)
#include "test_module_group.moc"
