// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Products against float64, for every way in which operands may lie.
#include "core/engine/kernels/product.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <QTest>

#include <vector>

using namespace lens;

namespace {

// A matrix of this type in a wider buffer, or transposed in one.
at::Tensor placed(std::int64_t rows, std::int64_t columns, at::ScalarType type, bool transposed)
{
    const at::Tensor buffer =
        transposed ? at::randn({columns + 2, rows + 7}) : at::randn({rows + 2, columns + 7});
    const at::Tensor typed = buffer.to(type);
    return transposed ? typed.narrow(0, 1, columns).narrow(1, 3, rows).t()
                      : typed.narrow(0, 1, rows).narrow(1, 3, columns);
}

double largest(const at::Tensor& x)
{
    return x.abs().max().item<double>();
}

// Half a unit in the last place of the result, and float32 rounding of a sum of k products.
double bound(at::ScalarType result, std::int64_t k, double size)
{
    const double last = result == at::kBFloat16 ? 0x1p-8 : result == at::kFloat ? 0x1p-20 : 0x1p-48;
    return last * (size + 1) + (result == at::kDouble ? 0x1p-50 : 0x1p-22) * static_cast<double>(k);
}

} // namespace

class TestProduct : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { at::manual_seed(7); }

    void products_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<int>("result");
        const auto add = [](const char* name, at::ScalarType type, at::ScalarType result) {
            QTest::newRow(name) << static_cast<int>(type) << static_cast<int>(result);
        };
        add("float32", at::kFloat, at::kFloat);
        add("bfloat16", at::kBFloat16, at::kBFloat16);
        add("bfloat16 to float32", at::kBFloat16, at::kFloat);
        add("float64", at::kDouble, at::kDouble);
    }

    void products()
    {
        QFETCH(int, type);
        QFETCH(int, result);
        const auto from = static_cast<at::ScalarType>(type);
        const auto to = static_cast<at::ScalarType>(result);
        for (const auto& [m, k, n] : std::vector<std::array<std::int64_t, 3>>{
                 {1, 1, 1}, {1, 64, 1}, {5, 1, 3}, {33, 48, 17}, {64, 129, 96}, {1, 40, 200}, {200, 40, 1}}) {
            for (const bool leftTransposed : {false, true}) {
                for (const bool rightTransposed : {false, true}) {
                    const at::Tensor a = placed(m, k, from, leftTransposed);
                    const at::Tensor b = placed(k, n, from, rightTransposed);
                    at::Tensor out = placed(m, n, to, false);
                    const at::Tensor before = out.to(at::kDouble, false, true);
                    const at::Tensor expected = a.to(at::kDouble).mm(b.to(at::kDouble));
                    multiply(out, a, b);
                    QVERIFY(largest(out.to(at::kDouble) - expected) <= bound(to, k, largest(expected)));
                    multiply(out, a, b, true);
                    multiply(out, a, b, true);
                    QVERIFY(largest(out.to(at::kDouble) - expected * 3) <=
                            3 * bound(to, k, 3 * largest(expected)));
                    out.copy_(before);
                    multiply(out, a, b, true);
                    const at::Tensor added = before + expected;
                    QVERIFY(largest(out.to(at::kDouble) - added) <= bound(to, k, largest(added)));
                }
            }
        }
    }

    // Nothing outside of the result is written.
    void neighbours()
    {
        const at::Tensor buffer = at::full({6, 9}, 5.0);
        multiply(buffer.narrow(0, 1, 4).narrow(1, 2, 3), at::ones({4, 8}), at::ones({8, 3}));
        QCOMPARE(buffer.sum().item<double>(), 5.0 * (54 - 12) + 8.0 * 12);
    }

    void emptyOperands()
    {
        const at::Tensor out = at::full({3, 2}, 4.0);
        multiply(out, at::empty({3, 0}), at::empty({0, 2}), true);
        QCOMPARE(out.sum().item<double>(), 24.0);
        multiply(out, at::empty({3, 0}), at::empty({0, 2}));
        QCOMPARE(out.sum().item<double>(), 0.0);
        multiply(at::empty({0, 2}), at::empty({0, 5}), at::ones({5, 2}));
    }

    void tilesFromManyThreads_data() { products_data(); }

    void tilesFromManyThreads()
    {
        QFETCH(int, type);
        QFETCH(int, result);
        const auto from = static_cast<at::ScalarType>(type);
        const auto to = static_cast<at::ScalarType>(result);
        const at::Tensor a = at::randn({12, 32, 64}).to(from);
        const at::Tensor b = at::randn({12, 48, 64}).to(from);
        const at::Tensor out = at::zeros({12, 32, 48}, to);
        TileShape shape;
        shape.type = from;
        shape.result = to;
        shape.m = 32;
        shape.k = 64;
        shape.n = 48;
        shape.aRow = 64;
        shape.bRow = 1;
        shape.bColumn = 64;
        shape.outRow = 48;
        const TileProduct product(shape);
        at::set_num_threads(3);
        at::parallel_for(0, 12, 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i)
                product.run(a[i].data_ptr(), b[i].data_ptr(), out[i].data_ptr());
        });
        at::set_num_threads(2);
        const at::Tensor expected = at::bmm(a.to(at::kDouble), b.to(at::kDouble).transpose(1, 2));
        QVERIFY(largest(out.to(at::kDouble) - expected) <= bound(to, 64, largest(expected)));
    }
};

QTEST_GUILESS_MAIN(TestProduct)
#include "test_product.moc"
