// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Attention over flat documents and its hand-written gradient against the textbook formula in float64.

// Before Qt, whose keywords are names in ATen.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/engine/kernels/attention_dropout.h"
#include "core/engine/kernels/instruction_set.h"
#include "core/engine/model/attention.h"
#include "core/engine/model/attention_flat.h"
#include "core/engine/torch_compat.h"
#include "tests/engine_model/formula_deviation.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace lens;
using test::random;
using test::Tensors;

namespace {

struct Case {
    std::vector<std::int64_t> lengths;
    std::int64_t heads = 1;
    std::int64_t keyHeads = 1;
    std::int64_t d = 8;
    std::int64_t window = 0;
    double softcap = 0;
    std::int64_t rotated = 0; // of d

    std::int64_t tokens() const
    {
        std::int64_t sum = 0;
        for (const std::int64_t length : lengths)
            sum += length;
        return sum;
    }
    double scale() const { return 1 / std::sqrt(static_cast<double>(d)); }
};

using Attend = at::Tensor (*)(const at::Tensor&, const at::Tensor&, const at::Tensor&, const AttentionForm&);

struct Results {
    at::Tensor out;
    Tensors gradients; // of q, k and v
};

// Positions restart with every document. (tokens, rotated / 2)
RotaryAngles anglesOf(const Case& c)
{
    if (c.rotated == 0)
        return {};
    std::vector<at::Tensor> positions;
    for (const std::int64_t length : c.lengths)
        positions.push_back(at::arange(length, at::kDouble));
    const at::Tensor turns =
        at::arange(c.rotated / 2, at::kDouble).mul(-2.0 / static_cast<double>(c.rotated));
    const at::Tensor angles = at::cat(positions).unsqueeze(1) * at::pow(100.0, turns);
    return {angles.cos(), angles.sin()};
}

at::Tensor rotatedPlainly(const at::Tensor& x, const RotaryAngles& angles)
{
    if (!angles.cosine.defined())
        return x;
    const std::int64_t half = angles.cosine.size(1);
    const auto parts = x.split_with_sizes({half, half, x.size(2) - 2 * half}, 2);
    const at::Tensor c = angles.cosine.unsqueeze(1);
    const at::Tensor s = angles.sine.unsqueeze(1);
    return at::cat({parts[0] * c - parts[1] * s, parts[1] * c + parts[0] * s, parts[2]}, 2);
}

at::Tensor hiddenOf(std::int64_t time, std::int64_t window)
{
    at::Tensor hidden = at::ones({time, time}, at::kBool);
    for (std::int64_t i = 0; i < time; ++i) {
        const std::int64_t first = window > 0 ? std::max<std::int64_t>(0, i - window + 1) : 0;
        hidden[i].narrow(0, first, i - first + 1).fill_(false);
    }
    return hidden;
}

// The textbook form, heads repeated, one document after the other. `kept`: factors of the probabilities of
// the only document, (heads, time, time).
at::Tensor formula(const Tensors& in, const Case& c, const at::Tensor& kept = {})
{
    const RotaryAngles angles = anglesOf(c);
    const std::int64_t group = c.heads / c.keyHeads;
    const at::Tensor q = rotatedPlainly(in[0], angles).transpose(0, 1);
    const at::Tensor k = rotatedPlainly(in[1], angles).repeat_interleave(group, 1).transpose(0, 1);
    const at::Tensor v = in[2].repeat_interleave(group, 1).transpose(0, 1);
    std::vector<at::Tensor> parts;
    std::int64_t begin = 0;
    for (const std::int64_t time : c.lengths) {
        const auto part = [&](const at::Tensor& x) { return x.narrow(1, begin, time); };
        at::Tensor scores = part(q).matmul(part(k).transpose(1, 2)) * c.scale();
        if (c.softcap > 0)
            scores = (scores / c.softcap).tanh() * c.softcap;
        scores = scores.masked_fill(hiddenOf(time, c.window), -std::numeric_limits<double>::infinity());
        at::Tensor p = scores.softmax(-1);
        if (kept.defined())
            p = p * kept;
        parts.push_back(p.matmul(part(v)).transpose(0, 1).flatten(1));
        begin += time;
    }
    return at::cat(parts);
}

// q, k and v are parts of one buffer, as of a product of all three.
Tensors inputsOf(const Case& c, std::uint64_t seed = 1)
{
    const at::Tensor all = random({c.tokens(), c.heads + 2 * c.keyHeads, c.d}, seed).to(at::kDouble);
    const auto parts = all.split_with_sizes({c.heads, c.keyHeads, c.keyHeads}, 1);
    return {parts[0], parts[1], parts[2]};
}

AttentionForm formOf(const Case& c, at::ScalarType type)
{
    AttentionForm form;
    form.lengths = c.lengths;
    form.scale = c.scale();
    form.softcap = c.softcap;
    if (c.window > 0)
        form.window = c.window;
    form.angles = anglesOf(c);
    if (form.angles.cosine.defined() && type != at::kDouble)
        form.angles = {form.angles.cosine.to(at::kFloat), form.angles.sine.to(at::kFloat)};
    return form;
}

Results resultsOf(const Tensors& in, at::ScalarType type, const std::function<at::Tensor(const Tensors&)>& f)
{
    Tensors leaves;
    for (const at::Tensor& x : in)
        leaves.push_back(x.to(type).clone().set_requires_grad(true));
    Results results;
    results.out = f(leaves);
    results.out.backward(random({in[0].size(0), in[0].size(1) * in[0].size(2)}, 99).to(type));
    for (const at::Tensor& leaf : leaves)
        results.gradients.push_back(leaf.grad());
    return results;
}

// q, k and v are again parts of one buffer, which attend() may overwrite.
Results oursOf(const Tensors& in, const Case& c, at::ScalarType type, Attend attention = attend)
{
    return resultsOf(in, type, [&](const Tensors& leaves) {
        const at::Tensor all = at::cat({leaves[0], leaves[1], leaves[2]}, 1);
        const auto parts = all.split_with_sizes({c.heads, c.keyHeads, c.keyHeads}, 1);
        return attention(parts[0], parts[1], parts[2], formOf(c, type));
    });
}

// What the model's type makes of the inputs is no error of attention.
Results expectedOf(const Tensors& in, const Case& c, at::ScalarType type)
{
    Tensors rounded;
    for (const at::Tensor& x : in)
        rounded.push_back(x.to(type).to(at::kDouble));
    return resultsOf(rounded, at::kDouble, [&](const Tensors& leaves) { return formula(leaves, c); });
}

// Of the 2-norm; the root mean square where nothing is expected.
double relative(const at::Tensor& ours, const at::Tensor& expected)
{
    const double size = expected.to(at::kDouble).norm().item<double>();
    const double error = (ours.to(at::kDouble) - expected.to(at::kDouble)).norm().item<double>();
    return error / (size > 0 ? size : std::sqrt(static_cast<double>(ours.numel())));
}

// With NaN where there is one.
double worst(const Results& ours, const Results& expected)
{
    double worst = relative(ours.out, expected.out);
    for (std::size_t i = 0; i < 3; ++i) {
        const double one = relative(ours.gradients[i], expected.gradients[i]);
        if (!(one <= worst))
            worst = one;
    }
    return worst;
}

// Of the whole in the sense of the 2-norm: rounding of the type (bfloat16: q, k, P, dS and results, 2⁻⁹
// each).
double bound(at::ScalarType type)
{
    return type == at::kDouble ? 1e-12 : type == at::kFloat ? 2e-6 : 1e-2;
}

const at::ScalarType kTypes[] = {at::kDouble, at::kFloat, at::kBFloat16};

Case caseOf(std::vector<std::int64_t> lengths, std::int64_t heads, std::int64_t keyHeads, std::int64_t d,
            std::int64_t window = 0, double softcap = 0, std::int64_t rotated = 0)
{
    return {std::move(lengths), heads, keyHeads, d, window, softcap, rotated};
}

} // namespace

Q_DECLARE_METATYPE(Case)

class TestAttention : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { at::set_num_threads(2); }

    void matchesFormula_data()
    {
        QTest::addColumn<Case>("c");
        const auto add = [](const char* name, const Case& c) { QTest::newRow(name) << c; };
        add("one token", caseOf({1}, 2, 1, 8));
        add("one head, odd d", caseOf({7, 40}, 1, 1, 5));
        add("odd d, an even part rotated", caseOf({70}, 2, 1, 7, 0, 0, 6));
        add("heads of their own", caseOf({33, 5}, 3, 3, 8));
        add("documents of many lengths", caseOf({1, 2, 31, 1, 32, 33, 64, 65, 90, 1, 129}, 6, 2, 8, 0, 0, 8));
        add("empty document", caseOf({3, 0, 4}, 2, 1, 8));
        add("grouped, 9 to 3", caseOf({256, 100}, 9, 3, 64, 0, 0, 64));
        add("grouped, 7 to 1", caseOf({90, 70}, 7, 1, 16));
        add("more than one block of keys", caseOf({600, 30}, 3, 1, 8, 0, 0, 4));
        add("in parts", caseOf({1300, 530}, 2, 1, 8, 0, 0, 8));
        add("window", caseOf({12, 300}, 4, 2, 8, 5));
        add("narrowest window", caseOf({70}, 4, 1, 8, 1));
        add("window over blocks", caseOf({900}, 2, 1, 8, 300, 0, 8));
        add("window wider than the row", caseOf({6, 40}, 2, 1, 8, 50));
        add("capped", caseOf({9, 80}, 6, 2, 8, 0, 1.5));
        add("capped, window", caseOf({12, 600}, 4, 2, 8, 70, 0.7, 8));
    }

    void matchesFormula()
    {
        QFETCH(Case, c);
        const Tensors in = inputsOf(c);
        for (const at::ScalarType type : kTypes) {
            const Results expected = expectedOf(in, c, type);
            for (const kernels::InstructionSet set : kernels::availableSets()) {
                if (type == at::kDouble && set != kernels::availableSets().back())
                    continue; // its loops differ in nothing
                kernels::useSet(set);
                const double ours = worst(oursOf(in, c, type), expected);
                QVERIFY2(ours <= bound(type), qPrintable(QString::number(ours)));
            }
            const double plain = worst(oursOf(in, c, type, attendPlainly), expected);
            QVERIFY2(plain <= bound(type), qPrintable(QString::number(plain)));
        }
    }

    // Scores far apart and far from 0.
    void largeScores()
    {
        const Case c = caseOf({300}, 3, 1, 8);
        Tensors in = inputsOf(c);
        in[0] = in[0] * 40;
        for (const at::ScalarType type : {at::kDouble, at::kFloat}) {
            const double ours = worst(oursOf(in, c, type), expectedOf(in, c, type));
            QVERIFY2(ours <= 30 * bound(type), qPrintable(QString::number(ours)));
        }
    }

    void notANumberStaysOne()
    {
        const Case c = caseOf({40, 40}, 2, 1, 8);
        Tensors in = inputsOf(c);
        in[1][50][0][3] = std::numeric_limits<double>::quiet_NaN();
        for (const at::ScalarType type : kTypes) {
            const at::Tensor out = oursOf(in, c, type).out;
            QVERIFY(!out.narrow(0, 0, 50).isnan().any().item<bool>());
            QVERIFY(out.narrow(0, 50, 30).isnan().all().item<bool>());
        }
    }

    void threadsDoNotMatter()
    {
        const Case c = caseOf({700, 90, 1, 257}, 6, 2, 16, 0, 0, 16);
        const Tensors in = inputsOf(c);
        for (const at::ScalarType type : kTypes) {
            at::set_num_threads(1);
            const Results one = oursOf(in, c, type);
            for (const int threads : {2, 3}) {
                at::set_num_threads(threads);
                const Results many = oursOf(in, c, type);
                QVERIFY(worst(many, one) <= bound(type) / 2);
            }
        }
        at::set_num_threads(2);
    }

    void packedDocumentsAreAsAlone()
    {
        const Case all = caseOf({37, 300, 1, 64}, 6, 2, 16, 0, 0, 8);
        const Tensors in = inputsOf(all);
        const at::Tensor upstream = random({all.tokens(), all.heads * all.d}, 99);
        for (const at::ScalarType type : kTypes) {
            const Results packed = oursOf(in, all, type);
            std::int64_t begin = 0;
            for (const std::int64_t length : all.lengths) {
                Case alone = all;
                alone.lengths = {length};
                const auto part = [&](const at::Tensor& x) { return x.narrow(0, begin, length); };
                Tensors leaves;
                for (const at::Tensor& x : in)
                    leaves.push_back(part(x).to(type).clone().set_requires_grad(true));
                const at::Tensor out =
                    attend(leaves[0].clone(), leaves[1].clone(), leaves[2].clone(), formOf(alone, type));
                out.backward(part(upstream).to(type));
                QVERIFY(relative(out, part(packed.out)) <= bound(type) / 10);
                for (std::size_t i = 0; i < 3; ++i)
                    QVERIFY(relative(leaves[i].grad(), part(packed.gradients[i])) <= bound(type) / 10);
                begin += length;
            }
        }
    }

    void dropout_data()
    {
        QTest::addColumn<Case>("c");
        QTest::newRow("one tile") << caseOf({70}, 6, 2, 8, 0, 0, 8);
        QTest::newRow("tiles") << caseOf({600}, 2, 1, 8);
        QTest::newRow("capped, window") << caseOf({300}, 3, 1, 8, 100, 1.5);
    }

    void dropout()
    {
        QFETCH(Case, c);
        constexpr double kDropout = 0.3;
        const std::int64_t time = c.lengths[0];
        at::Generator generator = newGenerator(at::kCPU, 8);
        const std::uint64_t seed = attentionSeed(generator);
        const at::Tensor kept = at::zeros({c.heads, time, time}, at::kDouble);
        auto places = kept.accessor<double, 3>();
        for (std::int64_t head = 0; head < c.heads; ++head)
            for (std::int64_t i = 0; i < time; ++i)
                for (std::int64_t j = 0; j < time; ++j)
                    if (kernels::staysAttended(seed, head, i, j, kernels::droppedWords(kDropout)))
                        places[head][i][j] = 1 / (1 - kDropout);
        QVERIFY(std::abs(kept.mean().item<double>() - 1) < 0.03);
        const Tensors in = inputsOf(c);
        for (const at::ScalarType type : kTypes) {
            generator = newGenerator(at::kCPU, 8);
            AttentionForm form = formOf(c, type);
            form.dropout = kDropout;
            form.generator = &generator;
            Tensors rounded;
            for (const at::Tensor& x : in)
                rounded.push_back(x.to(type).to(at::kDouble));
            const Results ours = resultsOf(in, type, [&](const Tensors& leaves) {
                return attend(leaves[0].clone(), leaves[1].clone(), leaves[2].clone(), form);
            });
            const Results expected =
                resultsOf(rounded, at::kDouble, [&](const Tensors& x) { return formula(x, c, kept); });
            QVERIFY(worst(ours, expected) <= bound(type));
        }
    }

    // The plain form draws its own mask; what it drops is 0 on average.
    void plainDropout()
    {
        const Case c = caseOf({40}, 64, 1, 8);
        Tensors in = inputsOf(c);
        in[2] = at::ones_like(in[2]);
        at::Generator generator = newGenerator(at::kCPU, 8);
        AttentionForm form = formOf(c, at::kDouble);
        form.dropout = 0.3;
        form.generator = &generator;
        const at::Tensor out = attendPlainly(in[0], in[1], in[2], form);
        QVERIFY(std::abs(out.mean().item<double>() - 1) < 0.03);
        QVERIFY(out.std().item<double>() > 0.05);
    }

    // Where results and gradients lie.
    void layout()
    {
        const Case c = caseOf({5, 3}, 4, 2, 6);
        const Tensors in = inputsOf(c);
        std::vector<at::Tensor> gradients(3);
        Tensors inputs;
        for (std::size_t i = 0; i < 3; ++i) {
            inputs.push_back(in[i].to(at::kFloat).clone().set_requires_grad(true).clone());
            inputs[i].register_hook([&gradients, i](const at::Tensor& gradient) { gradients[i] = gradient; });
        }
        AttentionForm form = formOf(c, at::kFloat);
        form.room = 16;
        form.gradientRoom = 17;
        const at::Tensor out = attend(inputs[0], inputs[1], inputs[2], form);
        QVERIFY(out.sizes() == at::IntArrayRef({8, 24}));
        QCOMPARE(out.stride(0), 48); // 24 + 16 → 48 floats, whole 64 bytes
        QVERIFY(out.storage().nbytes() >= 8 * 48 * sizeof(float));
        out.sum().backward();
        for (const at::Tensor& gradient : gradients)
            QVERIFY(gradient.strides() == at::IntArrayRef({80, 6, 1})); // 48 + 17 → 80
        const auto* first = gradients[0].data_ptr<float>();
        QCOMPARE(gradients[1].data_ptr<float>() - first, 24);
        QCOMPARE(gradients[2].data_ptr<float>() - first, 36);
        QVERIFY(gradients[2].storage().nbytes() >= 8 * 80 * sizeof(float));
    }

    // Head by head in fused rows (gpt_neox): heads lie 3 d apart.
    void stridedHeads()
    {
        const Case c = caseOf({50, 20}, 2, 2, 8, 0, 0, 4);
        const Tensors in = inputsOf(c);
        for (const at::ScalarType type : kTypes) {
            const Results ours = resultsOf(in, type, [&](const Tensors& leaves) {
                const at::Tensor all = at::cat({leaves[0], leaves[1], leaves[2]}, 2);
                const auto parts = all.split(c.d, 2);
                return attend(parts[0], parts[1], parts[2], formOf(c, type));
            });
            QVERIFY(worst(ours, expectedOf(in, c, type)) <= bound(type));
        }
    }

    // Positions come into a cache: many at once, some at once, one by one.
    void cached_data()
    {
        QTest::addColumn<Case>("c");
        QTest::newRow("plain") << caseOf({70}, 4, 2, 8, 0, 0, 8);
        QTest::newRow("window") << caseOf({70}, 4, 2, 8, 9, 0, 4);
        QTest::newRow("capped") << caseOf({70}, 3, 1, 8, 0, 1.5);
        QTest::newRow("long") << caseOf({600}, 3, 1, 8, 0, 0, 8);
    }

    void cached()
    {
        QFETCH(Case, c);
        const Tensors in = inputsOf(c);
        const std::int64_t tokens = c.tokens();
        for (const at::ScalarType type : kTypes) {
            const at::Tensor expected = expectedOf(in, c, type).out;
            const AttentionForm whole = formOf(c, type);
            const at::Tensor keys = at::full({tokens + 5, c.keyHeads, c.d}, NAN, type);
            const at::Tensor values = at::full({tokens + 5, c.keyHeads, c.d}, NAN, type);
            std::vector<at::Tensor> outs;
            std::int64_t past = 0;
            while (past < tokens) {
                const std::int64_t count = past == 0 ? tokens - 40 : past == tokens - 40 ? 36 : 1;
                const auto part = [&](const at::Tensor& x) { return x.narrow(0, past, count); };
                part(keys).copy_(part(in[1]));
                part(values).copy_(part(in[2]));
                AttentionForm form = whole;
                if (form.angles.cosine.defined())
                    form.angles = {part(whole.angles.cosine), part(whole.angles.sine)};
                const at::Tensor queries = part(in[0]).to(type).clone();
                past += count;
                outs.push_back(
                    attendCached(queries, keys.narrow(0, 0, past), values.narrow(0, 0, past), form));
            }
            QVERIFY(relative(at::cat(outs), expected) <= bound(type));
        }
    }
};

QTEST_APPLESS_MAIN(TestAttention)
#include "test_attention.moc"
