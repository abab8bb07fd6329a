// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/safetensors/safetensors.h"
#include "core/safetensors/safetensors_header.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <cstring>
#include <random>

using namespace lens;

namespace {

// Length field, header and data as a file would hold them.
std::string fileOf(const std::string& header, std::size_t dataBytes)
{
    const std::uint64_t length = header.size();
    std::string file(8, '\0');
    std::memcpy(file.data(), &length, 8);
    return file + header + std::string(dataBytes, '\x01');
}

SafetensorsHeader readText(const std::string& file)
{
    return readSafetensorsHeader(std::as_bytes(std::span(file)), "t");
}

// All problems of a file in one text; empty if it is accepted.
std::string faultsOf(const std::string& file)
{
    try {
        readText(file);
        return {};
    } catch (const Error& error) {
        return error.what();
    }
}

template <typename T>
std::span<const std::byte> bytesOf(const std::vector<T>& values)
{
    return std::as_bytes(std::span(values));
}

} // namespace

class TestSafetensors : public QObject {
    Q_OBJECT

private slots:
    // Minutes, if each tensor looked through those before it.
    void manyTensorsAreReadAtOnce()
    {
        std::string header = "{";
        for (int i = 0; i < 200000; ++i)
            header += (i > 0 ? ",\"t" : "\"t") + std::to_string(i) +
                      "\":" + R"({"dtype":"U8","shape":[0],"data_offsets":[0,0]})";
        header += "}";
        const std::uint64_t length = header.size();
        std::string file(8, '\0');
        std::memcpy(file.data(), &length, 8);
        QCOMPARE(readText(file + header).tensors.size(), std::size_t(200000));
    }

    void writesAndReadsBack()
    {
        const test::TemporaryFolder folder;
        const auto path = folder.path() / "a.safetensors";
        const std::vector<float> weights{1, -2, 3.5F, 0, 5, 6};
        const std::vector<std::int64_t> ids{7, 8};
        const std::vector<std::uint8_t> odd{1, 2, 3};
        writeSafetensors(path,
                         {{"w", DType::F32, {2, 3}, bytesOf(weights)},
                          {"odd \"name\"", DType::U8, {3}, bytesOf(odd)},
                          {"ids", DType::I64, {2}, bytesOf(ids)},
                          {"none", DType::F64, {0, 4}, {}},
                          {"wide", DType::F64, {std::int64_t{1} << 40, std::int64_t{1} << 40, 0}, {}},
                          {"scalar", DType::F32, {}, bytesOf(weights).first(4)}},
                         {{"format", "pt"}});
        const SafetensorsFile file(path);
        QCOMPARE(file.tensors().size(), std::size_t(6));
        QCOMPARE(file.metadata().at("format"), std::string("pt"));
        QCOMPARE(file.at("w").shape, (std::vector<std::int64_t>{2, 3}));
        QVERIFY(std::memcmp(file.at("w").bytes.data(), weights.data(), 24) == 0);
        QVERIFY(std::memcmp(file.at("ids").bytes.data(), ids.data(), 16) == 0);
        QCOMPARE(file.at("scalar").elements(), std::int64_t(1));
        QCOMPARE(file.at("none").elements(), std::int64_t(0));
        QCOMPARE(file.at("wide").elements(), std::int64_t(0)); // and the sanitizers see no overflow
        QCOMPARE(static_cast<int>(file.at("odd \"name\"").bytes[2]), 3);
        QVERIFY_EXCEPTION_THROWN(file.at("other"), Error);
        const std::string raw = readFile(path);
        std::uint64_t length = 0;
        std::memcpy(&length, raw.data(), 8);
        QCOMPARE(length % 8, std::uint64_t(0));
        QCOMPARE(std::distance(std::filesystem::directory_iterator(folder.path()), {}), std::ptrdiff_t(1));
    }

    void refusesToWriteWhatDoesNotFit()
    {
        const test::TemporaryFolder folder;
        const auto path = folder.path() / "a.safetensors";
        const std::vector<float> values(4);
        QVERIFY_EXCEPTION_THROWN(writeSafetensors(path, {{"w", DType::F32, {5}, bytesOf(values)}}), Error);
        QVERIFY_EXCEPTION_THROWN(writeSafetensors(path, {{"w", DType::F32, {-2, -2}, bytesOf(values)}}),
                                 Error);
        QVERIFY_EXCEPTION_THROWN(writeSafetensors(path, {{"w", DType::F32, {4}, bytesOf(values)},
                                                         {"w", DType::F32, {4}, bytesOf(values)}}),
                                 Error);
        QVERIFY_EXCEPTION_THROWN(writeSafetensors(folder.path() / "no" / "a", {}), Error);
        QVERIFY(std::filesystem::is_empty(folder.path()));
    }

    void namesEachFault_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("fault");
        const auto row = [](const char* name, const std::string& file, const char* fault) {
            QTest::newRow(name) << QByteArray::fromStdString(file) << QString(fault);
        };
        const auto tensor = [](const char* type, const char* shape, const char* range, std::size_t bytes) {
            return fileOf(std::string("{\"w\":{\"dtype\":\"") + type + "\",\"shape\":" + shape +
                              ",\"data_offsets\":" + range + "}}",
                          bytes);
        };
        row("short", "abc", "only 3 bytes");
        row("length beyond the file", std::string("\xff\0\0\0\0\0\0\0{}", 10), "cut short");
        row("length beyond the limit", std::string("\xff\xff\xff\xff\xff\xff\xff\xff{}", 10), "100000000");
        row("no object", fileOf("[1]", 0), "does not start with {");
        row("empty header", fileOf("", 0), "does not start with {");
        row("bad json", fileOf("{\"w\":", 0), "not valid JSON");
        row("deep", fileOf("{\"w\":" + std::string(100000, '['), 0), "deeper");
        row("type", tensor("F31", "[1]", "[0,4]", 4), "unknown dtype F31");
        row("negative shape", tensor("F32", "[-1]", "[0,4]", 4), "shape");
        row("fractional shape", tensor("F32", "[1.5]", "[0,4]", 4), "shape");
        row("huge size", tensor("F32", "[9223372036854775808]", "[0,4]", 4), "shape");
        row("overflow", tensor("F32", "[4294967296,4294967296]", "[0,0]", 0), "2^64");
        row("overflow to 4", tensor("F32", "[4611686018427387905]", "[0,4]", 4), "2^64");
        row("reversed", tensor("F32", "[1]", "[4,0]", 4), "outside");
        row("outside", tensor("F32", "[2]", "[0,8]", 4), "outside");
        row("three offsets", tensor("F32", "[1]", "[0,4,4]", 4), "two numbers");
        row("negative offset", tensor("F32", "[1]", "[-4,0]", 4), "two numbers");
        row("size", tensor("F32", "[2]", "[0,4]", 4), "need 8 bytes, data_offsets hold 4");
        row("hole before", tensor("F32", "[1]", "[4,8]", 8), "[0, 4) belong to no tensor");
        row("hole after", tensor("F32", "[1]", "[0,4]", 9), "[4, 9) belong to no tensor");
        row("not an object", fileOf("{\"w\":3}", 0), "not described");
        row("metadata", fileOf("{\"__metadata__\":{\"a\":1}}", 0), "is not a text");
        row("overlap",
            fileOf("{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},"
                   "\"b\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[2,5]}}",
                   5),
            "tensor b: overlaps");
        row("twice",
            fileOf("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                   "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
                   1),
            "names a twice");
    }

    void namesEachFault()
    {
        QFETCH(QByteArray, file);
        QFETCH(QString, fault);
        const QString found = QString::fromStdString(faultsOf(file.toStdString()));
        QVERIFY2(found.contains(fault), qPrintable(found));
        QVERIFY(found.startsWith("t: "));
    }

    void namesAllFaultsTogether()
    {
        const std::string faults =
            faultsOf(fileOf("{\"a\":{\"dtype\":\"X\",\"shape\":[-1],\"data_offsets\":[0,3]},\"b\":1}", 5));
        QCOMPARE(std::count(faults.begin(), faults.end(), '\n'), std::ptrdiff_t(2));
    }

    void manyNamesTakeNoQuadraticTime()
    {
        std::string header = "{";
        for (int i = 0; i < 200000; ++i)
            header += (i ? ",\"n" : "\"n") + std::to_string(i) + "\":0";
        const std::string faults = faultsOf(fileOf(header + "}", 0));
        QVERIFY(faults.find("and 199900 more") != std::string::npos);
    }

    // Whatever bytes are flipped: accepted or refused with an Error, nothing else.
    void survivesMutations()
    {
        const std::vector<float> values(16, 1.5F);
        std::string valid =
            writeSafetensorsHeader({{"model.a", DType::F32, {2, 4}, bytesOf(values).first(32)},
                                    {"model.b", DType::BF16, {16}, bytesOf(values).last(32)}},
                                   {{"format", "pt"}});
        valid.append(64, '\x3f');
        QVERIFY(faultsOf(valid).empty());
        std::mt19937 random(20261122);
        int accepted = 0;
        for (int round = 0; round < 20000; ++round) {
            std::string mutated = valid;
            for (unsigned flips = 1 + random() % 4; flips > 0; --flips)
                mutated[random() % mutated.size()] = static_cast<char>(random());
            if (round % 5 == 0)
                mutated.resize(random() % (mutated.size() + 16));
            try {
                for (const auto& [name, entry] : readText(mutated).tensors) {
                    ++accepted;
                    for (const std::byte value : entry.bytes)
                        accepted += value == std::byte{0xEE} ? 0 : 0;
                }
            } catch (const Error&) {
            }
        }
        QVERIFY(accepted > 0);
    }

    void aStreamTakesBytesInPieces()
    {
        const test::TemporaryFolder folder;
        const auto path = folder.path() / "t.safetensors";
        const std::vector<float> values{1, 2, 3, 4, 5};
        {
            SafetensorsStream stream(path, {{"a", DType::F32, {2, 2}}, {"b", DType::F32, {}}});
            stream.write(bytesOf(values).first(6));
            stream.write(bytesOf(values).subspan(6, 10));
            QVERIFY_EXCEPTION_THROWN(stream.commit(), Error);
            stream.write(bytesOf(values).last(4));
            QVERIFY_EXCEPTION_THROWN(stream.write(bytesOf(values).first(1)), Error);
            QVERIFY(!std::filesystem::exists(path));
            stream.commit();
        }
        const SafetensorsFile file(path);
        QCOMPARE(file.at("a").shape, (std::vector<std::int64_t>{2, 2}));
        QVERIFY(std::ranges::equal(file.at("a").bytes, bytesOf(values).first(16)));
        QVERIFY(std::ranges::equal(file.at("b").bytes, bytesOf(values).last(4)));
        QVERIFY_EXCEPTION_THROWN(SafetensorsStream(path, {{"c", DType::F32, {-1}}}), Error);
    }

    void aStreamThatEndsEarlyLeavesNothing()
    {
        const test::TemporaryFolder folder;
        {
            SafetensorsStream stream(folder.path() / "t.safetensors", {{"a", DType::U8, {1000}}});
            stream.write(std::vector<std::byte>(500));
        }
        QVERIFY(std::filesystem::is_empty(folder.path()));
    }

    void readsGoldenFile()
    {
        const auto golden = test::goldenFolder();
        if (!golden)
            QSKIP("golden data is not there");
        const SafetensorsFile file(*golden / "models/llama/golden.safetensors");
        QCOMPARE(file.at("input_ids").shape, (std::vector<std::int64_t>{2, 24}));
        QCOMPARE(file.at("logits").type, DType::F32);
        QCOMPARE(file.at("logits_f64").type, DType::F64);
    }
};

QTEST_APPLESS_MAIN(TestSafetensors)
#include "test_safetensors.moc"
