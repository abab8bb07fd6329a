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

    void conversationsAreWrittenByTheTemplate_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QString>("output");
        const QByteArray row = "[{\"role\": \"user\", \"content\": \"q\"},"
                               " {\"role\": \"assistant\", \"content\": \"a\"}]\n";
        const QByteArray shareGpt = "{\"conversations\": [{\"from\": \"human\", \"value\": \"q\"}]}\n";
        // #q</s>#a</s>, and the prompt #
        QTest::newRow("ids") << QStringList{} << row + row
                             << "[35,113,260,35,97,260]\n[35,113,260,35,97,260]\n";
        QTest::newRow("open") << QStringList{"--generation-prompt"} << shareGpt << "[35,113,260,35]\n";
        QTest::newRow("mask") << QStringList{"--mask"} << row
                              << "{\"ids\":[35,113,260,35,97,260],\"trained\":[0,0,0,0,1,1]}\n";
        QTest::newRow("spans") << QStringList{"--spans", "--generation-prompt"} << shareGpt
                               << "{\"ids\":[35,113,260,35],\"spans\":[[0,1],[1,2],[2,6],[6,7]],"
                                  "\"text\":\"#q</s>#\"}\n";
    }
    void conversationsAreWrittenByTheTemplate()
    {
        QFETCH(QStringList, options);
        QFETCH(QByteArray, input);
        QFETCH(QString, output);
        const EngineAnswer answer = tokenize(options + chatOptions(), input);
        QCOMPARE(answer.err, QString());
        QCOMPARE(answer.out, output);
    }

    void whatIsWrongWithAConversationIsNamed()
    {
        const EngineAnswer refused =
            tokenize(chatOptions(), "[{\"role\": \"user\", \"content\": \"q\"}]\n"
                                    "[{\"role\": \"system\", \"content\": \"s\"}]\n");
        QCOMPARE(refused.code, 1);
        QCOMPARE(refused.out, QString("[35,113,260]\n"));
        QVERIFY2(refused.err.startsWith("error: stdin:2: no system here"), qPrintable(refused.err));
        const EngineAnswer text = tokenize(chatOptions(), "{\"text\": \"a\"}\n");
        QVERIFY2(text.err.startsWith("error: stdin:1: is no conversation"), qPrintable(text.err));
        const EngineAnswer field = tokenize(chatOptions(), "[{\"role\": \"user\"}]\n");
        QVERIFY2(field.err.startsWith("error: stdin:1: messages[0]: content: is missing"),
                 qPrintable(field.err));
        QCOMPARE(tokenize({"--mask"}, "a").code, 2);
        QCOMPARE(tokenize({"--chat", "--json"}, "a").code, 2);
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
    QStringList chatOptions() const
    {
        const auto file = m_folder.path() / "mine.jinja";
        writeFileAtomically(file, "{% for m in messages %}{% if m.role == 'system' %}"
                                  "{{ raise_exception('no system here') }}{% endif %}"
                                  "{{ '#' + m.content + eos_token }}{% endfor %}"
                                  "{% if add_generation_prompt %}#{% endif %}");
        return {"--chat", "--chat-template", test::word(file)};
    }

    EngineAnswer tokenize(const QStringList& options, const QByteArray& input) const
    {
        return runEngine(QStringList{"tokenize", "--model", test::word(m_folder.path())} + options,
                         {m_folder.path(), input, {}});
    }

    test::TemporaryFolder m_folder;
};

QTEST_GUILESS_MAIN(TestTokenizeCommand)
#include "test_tokenize_command.moc"
