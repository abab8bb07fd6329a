// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Attention and its hand-written gradient against the textbook formula in float64.

// Before Qt, whose keywords are names in ATen.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/engine/model/attention.h"
#include "core/engine/torch_compat.h"
#include "tests/engine_model/formula_deviation.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace lens;
using test::deviation;
using test::random;
using test::Tensors;

namespace {

struct Form {
    double scale = 1;
    double softcap = 0;
    double dropout = 0;
    std::optional<std::int64_t> window;
};

constexpr std::uint64_t kSeed = 8;

// Which probabilities stay: drawn for the heads that share keys one below the other, which is their order.
at::Tensor stays(const Tensors& in, double dropout)
{
    at::Generator generator = newGenerator(at::kCPU, kSeed);
    const std::int64_t group = in[0].size(1) / in[1].size(1);
    const std::int64_t time = in[0].size(2);
    return at::empty({in[0].size(0) * in[1].size(1), group * time, time}, at::kBool)
        .bernoulli_(1 - dropout, generator)
        .view({in[0].size(0), in[0].size(1), time, time});
}

// The textbook form, heads repeated, in the inputs' own type.
at::Tensor plainAttention(const Tensors& in, const Form& form)
{
    const std::int64_t group = in[0].size(1) / in[1].size(1);
    const at::Tensor k = in[1].repeat_interleave(group, 1);
    const at::Tensor v = in[2].repeat_interleave(group, 1);
    const std::int64_t time = k.size(2);
    at::Tensor scores = in[0].matmul(k.transpose(2, 3)) * form.scale;
    if (form.softcap > 0)
        scores = (scores / form.softcap).tanh() * form.softcap;
    at::Tensor hidden = at::ones({time, time}, at::kBool);
    for (std::int64_t i = 0; i < time; ++i) {
        const std::int64_t first = form.window ? std::max<std::int64_t>(0, i - *form.window + 1) : 0;
        hidden[i].narrow(0, first, i - first + 1).fill_(false);
    }
    scores = scores.masked_fill(hidden, -std::numeric_limits<double>::infinity());
    at::Tensor p = scores.softmax(-1);
    if (form.dropout > 0)
        p = p * stays(in, form.dropout) / (1 - form.dropout);
    return p.matmul(v).transpose(1, 2).flatten(2);
}

double deviationOf(const Tensors& inputs, const Form& form)
{
    const std::int64_t time = inputs[0].size(2);
    const auto ours = [&](const Tensors& in) {
        at::Generator generator = newGenerator(at::kCPU, kSeed);
        AttentionForm all;
        all.scale = form.scale;
        all.softcap = form.softcap;
        all.dropout = form.dropout;
        all.generator = &generator;
        all.mask = visibility(time, time, form.window, at::kFloat);
        return attend(in[0], in[1], in[2], all);
    };
    return deviation(inputs, ours, [&](const Tensors& in) { return plainAttention(in, form); });
}

Tensors inputsOf(std::int64_t rows, std::int64_t time, std::int64_t heads, std::int64_t keyHeads)
{
    return {random({rows, heads, time, 8}, 1), random({rows, keyHeads, time, 8}, 2),
            random({rows, keyHeads, time, 8}, 3)};
}

} // namespace

class TestAttention : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { at::set_num_threads(1); }

    void attentionMatchesFormula_data()
    {
        QTest::addColumn<int>("time");
        QTest::addColumn<int>("heads");
        QTest::addColumn<int>("keyHeads");
        QTest::addColumn<int>("window");
        QTest::addColumn<double>("softcap");
        QTest::newRow("one head each") << 7 << 3 << 3 << 0 << 0.0;
        QTest::newRow("grouped") << 9 << 6 << 2 << 0 << 0.0;
        QTest::newRow("window") << 12 << 4 << 2 << 5 << 0.0;
        QTest::newRow("narrowest window") << 6 << 4 << 1 << 2 << 0.0;
        QTest::newRow("window wider than the row") << 6 << 2 << 1 << 50 << 0.0;
        QTest::newRow("one position") << 1 << 4 << 2 << 0 << 0.0;
        QTest::newRow("in pieces, computed again") << 1500 << 8 << 2 << 0 << 0.0;
        QTest::newRow("capped") << 9 << 6 << 2 << 0 << 1.5;
        QTest::newRow("capped, window") << 12 << 4 << 2 << 5 << 0.7;
        QTest::newRow("capped, in pieces") << 1100 << 8 << 2 << 0 << 1.5;
    }

    void attentionMatchesFormula()
    {
        QFETCH(int, time);
        QFETCH(int, heads);
        QFETCH(int, keyHeads);
        QFETCH(int, window);
        QFETCH(double, softcap);
        Form form;
        form.scale = 1 / std::sqrt(8.0);
        form.softcap = softcap;
        if (window > 0)
            form.window = window;
        QVERIFY(deviationOf(inputsOf(time > 1000 ? 1 : 2, time, heads, keyHeads), form) < 5e-6);
    }

    void scaleIsThatOfTheForm()
    {
        Form form;
        form.scale = 0.8;
        QVERIFY(deviationOf(inputsOf(2, 7, 4, 2), form) < 5e-6);
    }

    void dropoutMatchesFormula_data()
    {
        QTest::addColumn<int>("time");
        QTest::addColumn<double>("softcap");
        QTest::newRow("kept") << 9 << 0.0;
        QTest::newRow("kept, capped") << 9 << 1.5;
        QTest::newRow("in pieces") << 1500 << 0.0;
    }

    void dropoutMatchesFormula()
    {
        QFETCH(int, time);
        QFETCH(double, softcap);
        Form form;
        form.scale = 1 / std::sqrt(8.0);
        form.softcap = softcap;
        form.dropout = 0.3;
        const Tensors inputs = inputsOf(time > 1000 ? 1 : 2, time, 8, 2);
        QVERIFY(deviationOf(inputs, form) < 5e-6);
        const double share = stays(inputs, 0.3).to(at::kDouble).mean().item<double>();
        QVERIFY(std::abs(share - 0.7) < 0.05);
    }
};

QTEST_APPLESS_MAIN(TestAttention)
#include "test_attention.moc"
