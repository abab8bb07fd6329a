// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Which number type base weights get. How long products take is this machine's affair: only that a choice is
// made from it, and which.
#include "core/engine/kernels/onednn_product.h"
#include "core/engine/model/weight_type.h"

#include <QTest>

#include <cmath>

using namespace lens;

namespace {

ModelConfig shapes(std::int64_t hidden, std::int64_t intermediate)
{
    ModelConfig config;
    config.hiddenSize = hidden;
    config.intermediateSize = intermediate;
    return config;
}

} // namespace

class TestWeightType : public QObject {
    Q_OBJECT

private slots:
    void bfloat16MayTakeALittleLonger()
    {
        QVERIFY(bfloat16Pays({2, 1}));
        QVERIFY(bfloat16Pays({1, 1}));
        QVERIFY(bfloat16Pays({10, 11.9}));
        QVERIFY(!bfloat16Pays({10, 12.1}));
        QVERIFY(!bfloat16Pays({1, 30}));
        QVERIFY(!bfloat16Pays({1, std::nan("")}));
    }

    void productsAreTimed_data()
    {
        QTest::addColumn<int>("hidden");
        QTest::addColumn<int>("intermediate");
        QTest::newRow("tiny") << 8 << 12;
        QTest::newRow("odd") << 33 << 7;
        QTest::newRow("cut to a part") << 16384 << 53249;
    }

    void productsAreTimed()
    {
        QFETCH(int, hidden);
        QFETCH(int, intermediate);
        const ProductSeconds seconds = timeProducts(shapes(hidden, intermediate));
        QVERIFY(seconds.float32 > 0 && std::isfinite(seconds.float32));
        QVERIFY(seconds.bfloat16 > 0 && std::isfinite(seconds.bfloat16));
    }

    void whatWasAskedForIsTaken()
    {
        for (const bool stored : {false, true}) {
            QVERIFY(weightType(StorageType::Float32, stored, shapes(8, 12), at::kCPU) == at::kFloat);
            QVERIFY(weightType(StorageType::BFloat16, stored, shapes(8, 12), at::kCPU) == at::kBFloat16);
        }
    }

    void autoKeepsFloat32()
    {
        QVERIFY(weightType(StorageType::Auto, false, shapes(8, 12), at::kCPU) == at::kFloat);
        QVERIFY(weightType(StorageType::Auto, false, shapes(8, 12), at::kCUDA) == at::kFloat);
    }

    void autoKeepsBFloat16OnAGpu()
    {
        QVERIFY(weightType(StorageType::Auto, true, shapes(8, 12), at::kCUDA) == at::kBFloat16);
    }

    void withoutKernelsBFloat16IsWidened()
    {
        const at::ScalarType type = weightType(StorageType::Auto, true, shapes(64, 128), at::kCPU);
        QVERIFY(type == at::kFloat || (type == at::kBFloat16 && oneDnnKnowsBFloat16()));
    }
};

QTEST_GUILESS_MAIN(TestWeightType)
#include "test_weight_type.moc"
