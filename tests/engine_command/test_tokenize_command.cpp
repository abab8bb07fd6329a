// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// `tokenize` through pipes: a line for a line, at once, and without LibTorch.
#include "core/base/file.h"
#include "core/base/install_paths.h"
#include "core/base/json.h"
#include "tests/engine_command/engine_process.h"
#include "tests/support/test_paths.h"
#include "tests/tokenizer/byte_tokenizer.h"

#include <QProcess>
#include <QTest>

using namespace lens;
using test::EngineAnswer;
using test::runEngine;

namespace {

QByteArray bytes(const std::string& text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

} // namespace

class TestTokenizeCommand : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        writeFileAtomically(m_folder.path() / "tokenizer.json", toJsonText(test::byteTokenizerJson()));
        writeFileAtomically(m_folder.path() / "tokenizer_config.json", test::byteTokenizerConfig());
    }

    void aLineForALine_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QString>("output");
        QTest::newRow("nothing") << QStringList{} << QByteArray() << "";
        QTest::newRow("line") << QStringList{} << QByteArray("ab\n") << "[259,97,98]\n";
        QTest::newRow("no end") << QStringList{} << QByteArray("ab\nc") << "[259,97,98]\n[259,99]\n";
        QTest::newRow("CRLF") << QStringList{} << QByteArray("a\r\nb\rc\r\n") << "[259,97]\n[259,98,13,99]\n";
        // Only what ends a line is no part of the text.
        QTest::newRow("CR at the end") << QStringList{} << QByteArray("a\r") << "[259,97,13]\n";
        QTest::newRow("empty lines") << QStringList{"--no-special-tokens"} << QByteArray("\n\na\n\n")
                                     << "[]\n[]\n[97]\n[]\n";
        QTest::newRow("NUL") << QStringList{"--no-special-tokens"} << QByteArray("a\0b\n", 4)
                             << "[97,0,98]\n";
        QTest::newRow("spans") << QStringList{"--spans"} << QByteArray("hello</s>\n")
                               << "{\"ids\":[259,258,111,260],\"spans\":[[0,0],[0,4],[4,5],[5,9]]}\n";
        QTest::newRow("json") << QStringList{"--json", "--no-special-tokens"}
                              << QByteArray("\"a\\nb\"\n \"\"\r\n") << "[97,10,98]\n[]\n";
    }
    void aLineForALine()
    {
        QFETCH(QStringList, options);
        QFETCH(QByteArray, input);
        QFETCH(QString, output);
        const EngineAnswer answer = tokenize(options, input);
        QCOMPARE(answer.err, QString());
        QCOMPARE(answer.out, output);
        QCOMPARE(answer.code, 0);
    }

    void whatIsWrongIsNamedWithItsLine_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QString>("output");
        QTest::addColumn<QString>("error");
        QTest::newRow("UTF-8") << QStringList{} << QByteArray("a\nb\xFF\nc\n") << "[259,97]\n"
                               << "error: stdin:2: is not valid UTF-8 (byte 2 of the line)\n";
        QTest::newRow("no string") << QStringList{"--json"} << QByteArray("\"a\"\n\"b\"\n[1]\n")
                                   << "[259,97]\n[259,98]\n"
                                   << "error: stdin:3: is not a JSON string but array\n";
        QTest::newRow("no JSON") << QStringList{"--json"} << QByteArray("a\n") << ""
                                 << "error: stdin:1: ";
    }
    void whatIsWrongIsNamedWithItsLine()
    {
        QFETCH(QStringList, options);
        QFETCH(QByteArray, input);
        QFETCH(QString, output);
        QFETCH(QString, error);
        const EngineAnswer answer = tokenize(options, input);
        QCOMPARE(answer.code, 1);
        QCOMPARE(answer.out, output);
        QVERIFY2(answer.err.startsWith(error), qPrintable(answer.err));
    }

    void longInputsArriveWhole()
    {
        std::string input;
        QString expected;
        for (int i = 0; i < 30000; ++i) {
            input += "x" + std::string(static_cast<std::size_t>(i % 50), 'y') + "\n";
            expected += "[120" + QString(",121").repeated(i % 50) + "]\n";
        }
        const EngineAnswer answer = tokenize({"--no-special-tokens"}, bytes(input));
        QVERIFY(answer.out == expected);
        const std::string longLine(3'000'000, 'z');
        const EngineAnswer one = tokenize({"--no-special-tokens"}, bytes(longLine));
        QCOMPARE(one.out.size(), 3 * 3'000'000 + 2 + 3'000'000 - 1 + 1);
    }

    void eachLineIsAnsweredBeforeTheNextIsSent()
    {
        QProcess process;
        process.start(test::word(engineProgram()), {"tokenize", "--model", test::word(m_folder.path())});
        for (const char letter : {'a', 'b', 'c'}) {
            process.write(QByteArray(1, letter) + "\n");
            QTRY_VERIFY_WITH_TIMEOUT((process.waitForReadyRead(50), process.canReadLine()), 30000);
            QCOMPARE(process.readLine(), QByteArray("[259,") + QByteArray::number(letter) + "]\n");
        }
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(30000));
        QCOMPARE(process.exitCode(), 0);
    }

    void noLibTorchIsLoaded()
    {
        const EngineAnswer answer = runEngine({"tokenize", "--model", test::word(m_folder.path())},
                                              {m_folder.path(), "ab\n", {"LD_DEBUG=files"}});
        QCOMPARE(answer.out, QString("[259,97,98]\n"));
        QVERIFY(answer.err.contains("libc.so"));
        QVERIFY(!answer.err.contains("torch") && !answer.err.contains("blas"));
    }

    void aFolderWithoutATokenizerIsSaid()
    {
        const test::TemporaryFolder empty;
        const EngineAnswer answer = runEngine({"tokenize", "--model", test::word(empty.path())});
        QCOMPARE(answer.code, 1);
        QVERIFY2(answer.err.contains("tokenizer.json"), qPrintable(answer.err));
        QCOMPARE(runEngine({"tokenize"}).code, 2);
    }

private:
    EngineAnswer tokenize(const QStringList& options, const QByteArray& input) const
    {
        return runEngine(QStringList{"tokenize", "--model", test::word(m_folder.path())} + options,
                         {m_folder.path(), input, {}});
    }

    test::TemporaryFolder m_folder;
};

QTEST_GUILESS_MAIN(TestTokenizeCommand)
#include "test_tokenize_command.moc"
