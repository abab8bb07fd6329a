// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Data files as a whole: kinds of files, bad rows, truncation, split, order.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/dataset/dataset.h"
#include "tests/dataset/random_conversation.h"
#include "tests/support/test_paths.h"
#include "tests/tokenizer/byte_tokenizer.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace lens;

class TestDataset : public QObject {
    Q_OBJECT

private:
    test::TemporaryFolder m_folder;
    Tokenizer m_tokenizer = test::byteTokenizer();

    DataSettings settingsFor(const std::string& name, const std::string& content)
    {
        const auto path = m_folder.path() / name;
        writeFileAtomically(path, content);
        DataSettings settings;
        settings.trainFile = path.string();
        settings.evalSplit = 0;
        return settings;
    }

    Dataset load(const DataSettings& settings) { return loadDataset(settings, &m_tokenizer, 42); }

    // The error's text, with the folder left out of it.
    std::string problemsOf(const DataSettings& settings)
    {
        std::string text = "no error";
        try {
            load(settings);
        } catch (const Error& error) {
            text = error.what();
        }
        const std::string folder = m_folder.path().string() + "/";
        for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder))
            text.erase(at, folder.size());
        return text;
    }

    std::string textsOf(const std::vector<TokenRow>& rows)
    {
        std::string text;
        for (const TokenRow& row : rows)
            text += m_tokenizer.decode(row.ids, true) + "@" + std::to_string(row.sourceLine) + " ";
        return text;
    }

private slots:
    void linesListsAndPlainTextGiveTheSameRows_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("rows");
        QTest::newRow("jsonl") << "a.jsonl" << QByteArray("{\"text\":\"x\"}\n\n  \n{\"text\":\"y\"}")
                               << "x@1 y@4 ";
        QTest::newRow("crlf") << "a.jsonl" << QByteArray("{\"text\":\"x\"}\r\n{\"text\":\"y\"}\r\n")
                              << "x@1 y@2 ";
        QTest::newRow("mark") << "a.jsonl" << QByteArray("\xEF\xBB\xBF{\"text\":\"x\"}") << "x@1 ";
        QTest::newRow("list") << "a.json"
                              << QByteArray("[\n {\"text\":\"x]\"},\n {\"text\":\n\"y\\\"\"}\n ]\n")
                              << "x]@2 y\"@3 ";
        QTest::newRow("lines in json")
            << "a.json" << QByteArray("{\"text\":\"x\"}\n{\"text\":\"y\"}\n") << "x@1 y@2 ";
        QTest::newRow("no ending") << "a" << QByteArray(" [{\"text\":\"x\"}]") << "x@1 ";
        QTest::newRow("plain") << "a.txt" << QByteArray("x\n\n{y\nz\r\n") << "x@1 {y@3 z@4 ";
    }
    void linesListsAndPlainTextGiveTheSameRows()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        QFETCH(QString, rows);
        const Dataset dataset = load(settingsFor(name.toStdString(), content.toStdString()));
        QCOMPARE(QString::fromStdString(textsOf(dataset.train)), rows);
        QCOMPARE(dataset.format, DataFormat::Text);
        QVERIFY(dataset.warnings.empty());
    }

    void tokensAreCounted()
    {
        const Dataset dataset = load(settingsFor(
            "a.jsonl",
            "{\"prompt\":\"ab\",\"completion\":\"c\"}\n{\"prompt\":\"\",\"completion\":\"de\"}\n"));
        QCOMPARE(dataset.format, DataFormat::PromptCompletion);
        QCOMPARE(dataset.trainTokens, std::uint64_t(5 + 4));
        QCOMPARE(dataset.trainTrainedTokens, std::uint64_t(2 + 3));
        QCOMPARE(dataset.largestId, test::kEos);
    }

    void allBadRowsAreNamedAtOnce()
    {
        const std::string content =
            "{\"text\":\"good\"}\n{\"text\":}\n{\"txt\":\"x\"}\n[1]\n{\"text\":\"\"}\n"
            "{\"text\":\"a\xFF\"}\n{\"text\":\"good\"} trailing\n";
        const std::string problems = problemsOf(settingsFor("a.jsonl", content));
        const QStringList lines = QString::fromStdString(problems).split('\n');
        QCOMPARE(lines.size(), 6);
        QVERIFY2(lines[0].startsWith("a.jsonl:2: not valid JSON: "), problems.c_str());
        QVERIFY2(lines[0].endsWith("(one JSON object a line)"), problems.c_str());
        QCOMPARE(lines[1], QString("a.jsonl:3: text: is missing"));
        QCOMPARE(lines[2], QString("a.jsonl:4: is not a JSON object but array"));
        QCOMPARE(lines[3], QString("a.jsonl:5: text: is empty"));
        QCOMPARE(lines[4], QString("a.jsonl:6: is not valid UTF-8 (byte 11 of the row)"));
        QVERIFY2(lines[5].startsWith("a.jsonl:7: not valid JSON: "), problems.c_str());
    }

    void theFirstHundredAreNamedTheRestCounted()
    {
        std::string content = "{\"text\":\"x\"}\n";
        for (int i = 0; i < 130; ++i)
            content += "{\"text\":1}\n";
        const QStringList lines =
            QString::fromStdString(problemsOf(settingsFor("a.jsonl", content))).split('\n');
        QCOMPARE(lines.size(), 101);
        QCOMPARE(lines[99], QString("a.jsonl:101: text: is not a string but number"));
        QCOMPARE(lines[100], QString("a.jsonl: and 30 more problems like these"));
    }

    void readingStopsAfterTenThousandBadRows()
    {
        std::string content = "{\"text\":\"x\"}\n";
        for (int i = 0; i < 9'999; ++i)
            content += "{\"text\":1}\n";
        content += "{\"text\":\"good\"}\n";
        QVERIFY(problemsOf(settingsFor("a.jsonl", content)).find("stopped") == std::string::npos);
        for (int i = 0; i < 30'000; ++i)
            content += "{\"text\":1}\n";
        const QStringList lines =
            QString::fromStdString(problemsOf(settingsFor("a.jsonl", content))).split('\n');
        QCOMPARE(lines.size(), 102);
        // Rows are taken by the 256.
        QCOMPARE(lines[100], QString("a.jsonl: and 10138 more problems like these"));
        QCOMPARE(lines[101],
                 QString("a.jsonl:10240: reading stopped after 10238 rows with problems (the rows "
                         "behind were not looked at)"));
    }

    void malformedFilesAreRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("problems");
        QTest::newRow("empty") << "a.jsonl" << QByteArray() << "a.jsonl: has no rows";
        QTest::newRow("blank") << "a.txt" << QByteArray("\n \n") << "a.txt: has no rows";
        QTest::newRow("empty list") << "a.json" << QByteArray("[ ]") << "a.json: has no rows";
        QTest::newRow("no end") << "a.json" << QByteArray("[{\"text\":\"x\"},\n{\"text\":\"y\"}")
                                << "a.json:2: the list has no end (a ] or a \" is missing)";
        QTest::newRow("behind the end") << "a.json" << QByteArray("[{\"text\":\"x\"}]\n]")
                                        << "a.json:2: something stands behind the end of the list";
        QTest::newRow("unknown form")
            << "a.jsonl" << QByteArray("{\"q\":1}")
            << "a.jsonl:1: the keys (q) are those of no known form (known: messages; conversations; prompt "
               "and completion; instruction, input and output; text)";
    }
    void malformedFilesAreRefused()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        QFETCH(QString, problems);
        const auto settings = settingsFor(name.toStdString(), content.toStdString());
        QCOMPARE(QString::fromStdString(problemsOf(settings)), problems);
    }

    void anElementThatIsNoJsonIsABadRow()
    {
        const std::string problems =
            problemsOf(settingsFor("a.json", "[{\"text\":\"x\"},\nnonsense,\n{\"text\":2}]"));
        QVERIFY2(problems.find("a.json:2: not valid JSON") == 0, problems.c_str());
        QVERIFY2(problems.find("\na.json:3: text: is not a string but number") != std::string::npos,
                 problems.c_str());
    }

    void settingsThatDoNotFitTheFileAreRefused()
    {
        DataSettings settings = settingsFor("a.txt", "x");
        settings.format = DataFormat::Alpaca;
        QCOMPARE(problemsOf(settings),
                 std::string("a.txt: is plain text, which has no fields (data.format must be "
                             "text or auto, or the file JSON)"));
        settings.format = DataFormat::TokenBatches;
        QCOMPARE(problemsOf(settings),
                 std::string("a.txt: is no safetensors file, as token batches are (data.format "
                             "says otherwise)"));
        settings.format = DataFormat::Auto;
        settings.maxLength = 1;
        QCOMPARE(problemsOf(settings), std::string("data.max_length: is 1, too short to train anything"));
        settings.maxLength = 10;
        try {
            loadDataset(settings, nullptr, 1);
            QFAIL("no error");
        } catch (const Error& error) {
            QCOMPARE(error.first().what, std::string("needs a tokenizer to become tokens"));
        }
        settings.trainFile = (m_folder.path() / "missing.jsonl").string();
        QVERIFY2(problemsOf(settings).find("No such file") != std::string::npos,
                 problemsOf(settings).c_str());
    }

    // <s> and four letters of each row are kept.
    void longRowsAreCutAndTheLossIsNamed()
    {
        DataSettings settings = settingsFor("a.jsonl", "{\"prompt\":\"ab\",\"completion\":\"cdefg\"}\n"
                                                       "{\"prompt\":\"abcd\",\"completion\":\"xy\"}\n"
                                                       "{\"prompt\":\"a\",\"completion\":\"b\"}\n");
        settings.maxLength = 5;
        const Dataset dataset = load(settings);
        QCOMPARE(textsOf(dataset.train), std::string("abcd@1 ab@3 "));
        QCOMPARE(dataset.train[0].cutTokens, 4u);
        QCOMPARE(dataset.trainTrainedTokens, std::uint64_t(2 + 2));
        QCOMPARE(dataset.warnings.size(), std::size_t(2));
        QCOMPARE(dataset.warnings[0].what,
                 std::string("2 rows were cut to max_length (5 tokens); 7 tokens at their ends are lost"));
        QCOMPARE(dataset.warnings[1].what,
                 std::string("the whole answer lies beyond max_length (5 tokens); the row is left out"));
        QCOMPARE(dataset.warnings[1].where, settings.trainFile + ":2");
    }

    void dataWithoutATrainedTokenIsRefused()
    {
        DataSettings settings = settingsFor("a.jsonl", "{\"prompt\":\"abcd\",\"completion\":\"xy\"}\n");
        settings.maxLength = 5;
        QCOMPARE(problemsOf(settings),
                 std::string(
                     "a.jsonl: no token would be trained (see what is wrong with the rows)\n"
                     "a.jsonl: 1 rows were cut to max_length (5 tokens); 3 tokens at their ends are lost (a "
                     "larger max_length keeps them and takes more memory)\n"
                     "a.jsonl:1: the whole answer lies beyond max_length (5 tokens); the row is left out"));
    }

    void theSplitHangsOnTheSeedAlone()
    {
        std::string content;
        for (int i = 0; i < 40; ++i)
            content += "{\"text\":\"" + std::to_string(i) + "\"}\n";
        DataSettings settings = settingsFor("a.jsonl", content);
        settings.evalSplit = 0.1;
        const Dataset first = loadDataset(settings, &m_tokenizer, 1);
        const Dataset again = loadDataset(settings, &m_tokenizer, 1);
        const Dataset other = loadDataset(settings, &m_tokenizer, 2);
        QCOMPARE(first.train.size(), std::size_t(36));
        QCOMPARE(first.evaluation.size(), std::size_t(4));
        QCOMPARE(textsOf(again.evaluation), textsOf(first.evaluation));
        QVERIFY(textsOf(other.evaluation) != textsOf(first.evaluation));
        std::set<std::uint64_t> lines;
        for (const auto* rows : {&first.train, &first.evaluation}) {
            for (const TokenRow& row : *rows)
                QVERIFY(lines.insert(row.sourceLine).second);
            QVERIFY(std::is_sorted(rows->begin(), rows->end(),
                                   [](const auto& a, const auto& b) { return a.sourceLine < b.sourceLine; }));
        }
        QCOMPARE(lines.size(), std::size_t(40));
    }

    void aSplitTakesOneRowAtLeastAndNeverAll()
    {
        DataSettings settings = settingsFor("a.txt", "x\ny\n");
        settings.evalSplit = 0.01;
        QCOMPARE(load(settings).evaluation.size(), std::size_t(1));
        settings.evalSplit = 0.99;
        QCOMPARE(load(settings).train.size(), std::size_t(1));
        settings.trainFile = settingsFor("b.txt", "x").trainFile;
        QCOMPARE(load(settings).evaluation.size(), std::size_t(0));
    }

    void anEvaluationFileIsReadInstead()
    {
        const std::string evalFile = settingsFor("eval.txt", "e\nf\n").trainFile;
        DataSettings settings = settingsFor("a.txt", "x\ny\n");
        settings.evalSplit = 0.5;
        settings.evalFile = evalFile;
        const Dataset dataset = load(settings);
        QCOMPARE(textsOf(dataset.train), std::string("x@1 y@2 "));
        QCOMPARE(textsOf(dataset.evaluation), std::string("e@1 f@2 "));
        QCOMPARE(dataset.trainTokens, std::uint64_t(6));
    }

    // Rows are tokenized on several threads: what comes of each is what it is alone, and in order.
    void rowsAreTheSameOnManyThreads()
    {
        std::vector<std::string> rows;
        std::string content;
        for (std::uint32_t seed = 0; seed < 1500; ++seed) {
            rows.push_back(toJsonLine(test::RandomConversation(seed).messages(seed % 2 == 0)));
            content += rows.back() + "\n";
        }
        DataSettings settings = settingsFor("many.jsonl", content);
        settings.maxLength = 100'000;
        const Dataset dataset = load(settings);
        std::size_t next = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const TokenRow alone = previewRow(rows[i], settings, m_tokenizer).row;
            if (alone.trainedTokens() == 0)
                continue; // left out
            const TokenRow& row = dataset.train.at(next++);
            QCOMPARE(row.sourceLine, std::uint64_t(i + 1));
            QVERIFY(row.ids == alone.ids && row.trained == alone.trained);
        }
        QCOMPARE(dataset.train.size(), next);
        QVERIFY(next > 1000);
    }

    void progressRunsToTheEndAndCancels()
    {
        std::string content;
        for (int i = 0; i < 1000; ++i)
            content += "line\n";
        const DataSettings settings = settingsFor("a.txt", content);
        std::vector<double> shares;
        loadDataset(settings, &m_tokenizer, 1, [&](std::uint64_t rows, double share) {
            shares.push_back(share);
            return rows > 0;
        });
        QVERIFY(shares.size() >= 3 && std::is_sorted(shares.begin(), shares.end()) && shares.back() <= 1);
        try {
            loadDataset(settings, &m_tokenizer, 1, [](std::uint64_t, double) { return false; });
            QFAIL("not cancelled");
        } catch (const Error& error) {
            QCOMPARE(error.first().what, std::string("reading the data was cancelled"));
        }
    }

    // Orders worked out by a separate program, from SplitMix64's published constants.
    void theOrderIsTheSameEverywhere()
    {
        QCOMPARE(epochOrder(10, 42, 0, true), (std::vector<std::uint32_t>{1, 5, 3, 0, 4, 2, 6, 7, 8, 9}));
        QCOMPARE(epochOrder(10, 42, 1, true), (std::vector<std::uint32_t>{5, 3, 0, 6, 7, 1, 2, 4, 8, 9}));
        QCOMPARE(epochOrder(10, 7, 2, true), (std::vector<std::uint32_t>{0, 1, 6, 4, 5, 2, 7, 8, 9, 3}));
    }

    void everyEpochIsAPermutationOfItsOwn()
    {
        const auto order = epochOrder(1000, 7, 3, true);
        auto sorted = order;
        std::sort(sorted.begin(), sorted.end());
        for (std::uint32_t i = 0; i < 1000; ++i)
            QCOMPARE(sorted[i], i);
        QCOMPARE(epochOrder(1000, 7, 3, true), order);
        QVERIFY(epochOrder(1000, 7, 4, true) != order);
        QVERIFY(epochOrder(1000, 8, 3, true) != order);
        QCOMPARE(epochOrder(4, 7, 3, false), (std::vector<std::uint32_t>{0, 1, 2, 3}));
        QVERIFY(epochOrder(0, 1, 1, true).empty());
    }

    // Every order of three rows comes up about equally often over the epochs.
    void theOrderIsEven()
    {
        std::map<std::vector<std::uint32_t>, int> counts;
        for (std::uint64_t epoch = 0; epoch < 6000; ++epoch)
            ++counts[epochOrder(3, 42, epoch, true)];
        QCOMPARE(counts.size(), std::size_t(6));
        for (const auto& [order, count] : counts)
            QVERIFY2(count > 850 && count < 1150, std::to_string(count).c_str()); // 1000 ± 5 sigma
    }
};

QTEST_APPLESS_MAIN(TestDataset)
#include "test_dataset.moc"
