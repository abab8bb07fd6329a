// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What each form of a row becomes: the text, the tokens and which of them are trained, worked out by hand.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/dataset/dataset.h"
#include "tests/support/test_paths.h"
#include "tests/tokenizer/byte_tokenizer.h"

#include <QTest>

using namespace lens;

namespace {

// The trained tokens' letters, "^" for <s>, "$" for </s>, "<" and ">" for <|im_start|> and <|im_end|>; a dot
// for each token that is not trained.
std::string mask(const TokenRow& row)
{
    std::string text;
    for (std::size_t i = 0; i < row.ids.size(); ++i) {
        const TokenId id = row.ids[i];
        const std::string shown = id == test::kBos         ? "^"
                                  : id == test::kEos       ? "$"
                                  : id == test::kTurnBegin ? "<"
                                  : id == test::kTurnEnd   ? ">"
                                  : id == test::kHell      ? "hell"
                                  : id == test::kHe        ? "he"
                                  : id == test::kLl        ? "ll"
                                                           : std::string(1, static_cast<char>(id));
        text += row.trained[i] ? shown : ".";
    }
    return text;
}

RowPreview preview(const std::string& row, const DataSettings& settings = {})
{
    return previewRow(row, settings, test::byteTokenizer());
}

std::string problemsOf(const std::string& row, const DataSettings& settings = {})
{
    try {
        preview(row, settings);
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

std::string dots(std::size_t count)
{
    return std::string(count, '.');
}

} // namespace

class TestRowForms : public QObject {
    Q_OBJECT

private slots:
    void textIsTrainedWholeWithItsEndMark()
    {
        const RowPreview row = preview("{\"text\": \"ab\"}");
        QCOMPARE(row.format, DataFormat::Text);
        QCOMPARE(row.row.ids, (std::vector<TokenId>{test::kBos, 'a', 'b', test::kEos}));
        QCOMPARE(mask(row.row), std::string(".ab$"));
        QCOMPARE(mask(preview("ab").row), std::string(".ab$")); // a line of plain text
    }

    void marksThatStandThereAlreadyAreNotDoubled()
    {
        QCOMPARE(preview("{\"text\": \"<s>ab</s>\"}").row.ids,
                 (std::vector<TokenId>{test::kBos, 'a', 'b', test::kEos}));
    }

    void onlyTheCompletionIsTrained()
    {
        const RowPreview row = preview("{\"prompt\": \"ab\", \"completion\": \"cd\"}");
        QCOMPARE(row.format, DataFormat::PromptCompletion);
        QCOMPARE(row.text, std::string("abcd"));
        QCOMPARE(mask(row.row), std::string("...cd$"));
    }

    // "hell" is one token over the seam; it holds bytes of the answer, so it is trained.
    void mergesCrossTheSeam()
    {
        const RowPreview row = preview("{\"prompt\": \"he\", \"completion\": \"llo\"}");
        QCOMPARE(row.row.ids, (std::vector<TokenId>{test::kBos, test::kHell, 'o', test::kEos}));
        QCOMPARE(mask(row.row), std::string(".hello$"));
    }

    void trainOnPromptTrainsAllButTheFirst()
    {
        DataSettings settings;
        settings.trainOnPrompt = true;
        QCOMPARE(mask(preview("{\"prompt\": \"ab\", \"completion\": \"cd\"}", settings).row),
                 std::string(".abcd$"));
    }

    void alpacaHasItsHeadings()
    {
        const RowPreview row = preview("{\"instruction\": \"Add.\", \"input\": \"1 1\", \"output\": \"2\"}");
        QCOMPARE(row.text, std::string("### Instruction:\nAdd.\n\n### Input:\n1 1\n\n### Response:\n2"));
        QCOMPARE(mask(row.row), dots(1 + row.text.size() - 1) + "2$");
        const RowPreview short1 = preview("{\"instruction\": \"Go.\", \"input\": \"\", \"output\": \"ok\"}");
        QCOMPARE(short1.text, std::string("### Instruction:\nGo.\n\n### Response:\nok"));
        QCOMPARE(preview("{\"instruction\": \"Go.\", \"output\": \"ok\"}").row.ids, short1.row.ids);
    }

    void conversationsTrainEachAnswerWithItsEnd()
    {
        const RowPreview row = preview("{\"messages\": [{\"role\": \"user\", \"content\": \"q\"},"
                                       "{\"role\": \"assistant\", \"content\": \"a\"},"
                                       "{\"role\": \"user\", \"content\": \"r\"},"
                                       "{\"role\": \"assistant\", \"content\": \"bc\"}]}");
        QCOMPARE(row.text,
                 std::string("<|im_start|>user\nq<|im_end|>\n<|im_start|>assistant\na<|im_end|>\n"
                             "<|im_start|>user\nr<|im_end|>\n<|im_start|>assistant\nbc<|im_end|>\n"));
        // no <s> and no </s>: the conversation brings its own marks. A turn is "<user\nq>\n".
        const std::string user = dots(1 + 5 + 1 + 1 + 1);
        const std::string assistant = dots(1 + 10);
        QCOMPARE(mask(row.row), user + assistant + "a>." + user + assistant + "bc>.");
    }

    void badRowsAreNamedFieldByField_data()
    {
        QTest::addColumn<QString>("row");
        QTest::addColumn<QString>("problems");
        QTest::newRow("type") << "{\"text\": 3}"
                              << "row: text: is not a string but number";
        QTest::newRow("empty") << "{\"text\": \" \\n\"}"
                               << "row: text: is empty";
        QTest::newRow("both") << "{\"prompt\": null, \"completion\": \"\"}"
                              << "row: prompt: is not a string but null\nrow: completion: is empty";
        QTest::newRow("alpaca") << "{\"instruction\": \"\", \"input\": 1, \"output\": []}"
                                << "row: instruction: is empty\nrow: input: is not a string but number\n"
                                   "row: output: is not a string but array";
        QTest::newRow("unknown")
            << "{\"question\": \"x\", \"answer\": \"y\"}"
            << "row: the keys (question, answer) are those of no known form (known: messages; "
               "conversations; prompt and completion; instruction, input and output; text)";
    }
    void badRowsAreNamedFieldByField()
    {
        QFETCH(QString, row);
        QFETCH(QString, problems);
        QCOMPARE(QString::fromStdString(problemsOf(row.toStdString())), problems);
    }

    // Found by tests/fuzz: asking a number whether it is "tool" ended the program.
    void aRoleThatIsNoTextIsNamedBesideAnOddContent()
    {
        const std::string problems = problemsOf("{\"messages\": [{\"role\": -1, \"content\": {\"a\": 1}}]}");
        QVERIFY(problems.find("messages[0]: role") != std::string::npos);
        QVERIFY(problems.find("messages[0]: content") != std::string::npos);
    }

    void bytesThatAreNotUtf8AreNamed()
    {
        QCOMPARE(problemsOf("{\"text\": \"a\xFF\"}"),
                 std::string("row: is not valid UTF-8 (byte 12 of the row)"));
    }

    void aChosenFormatIsNotGuessed()
    {
        DataSettings settings;
        settings.format = DataFormat::PromptCompletion;
        QCOMPARE(problemsOf("{\"text\": \"x\"}", settings),
                 std::string("row: prompt: is missing\nrow: completion: is missing"));
    }

    void promptsAreWrittenAsTheRowsAre()
    {
        const Tokenizer tokenizer = test::byteTokenizer();
        QCOMPARE(encodePrompt("q", DataFormat::Text, tokenizer), (std::vector<TokenId>{test::kBos, 'q'}));
        const auto chat = encodePrompt("q", DataFormat::Messages, tokenizer);
        QCOMPARE(tokenizer.decode(chat, false),
                 std::string("<|im_start|>user\nq<|im_end|>\n<|im_start|>assistant\n"));
        const auto alpaca = encodePrompt("q", DataFormat::Alpaca, tokenizer);
        QCOMPARE(tokenizer.decode(alpaca, true), std::string("### Instruction:\nq\n\n### Response:\n"));
        QCOMPARE(answerEnds(DataFormat::Text, tokenizer), (std::vector<TokenId>{test::kEos}));
        QCOMPARE(answerEnds(DataFormat::Messages, tokenizer),
                 (std::vector<TokenId>{test::kEos, test::kTurnEnd}));
    }

    void theModelsTemplateWritesConversations()
    {
        const Tokenizer other = test::byteTokenizer(
            {{"chat_template", "{{ bos_token }}{% for m in messages %}{% if m.role == 'system' %}"
                               "{{ raise_exception('no system here') }}{% endif %}{{ '#' + m.content + "
                               "eos_token }}{% endfor %}{% if add_generation_prompt %}#{% endif %}"}});
        const RowPreview row = previewRow("[{\"role\": \"user\", \"content\": \"q\"},"
                                          "{\"role\": \"assistant\", \"content\": \"a\"}]",
                                          {}, other);
        QCOMPARE(row.text, std::string("<s>#q</s>#a</s>"));
        // the template's <s> is the only one
        QCOMPARE(mask(row.row), std::string(".....a$"));
        QCOMPARE(other.decode(encodePrompt("q", DataFormat::Messages, other), false),
                 std::string("<s>#q</s>#"));
        QCOMPARE(answerEnds(DataFormat::Messages, other), (std::vector<TokenId>{test::kEos}));
        try {
            previewRow("{\"messages\": [{\"role\": \"system\", \"content\": \"s\"},"
                       "{\"role\": \"assistant\", \"content\": \"a\"}]}",
                       {}, other);
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY2(std::string(error.what()).starts_with("row: no system here"), error.what());
        }
        // other forms need no template
        QCOMPARE(previewRow("{\"text\": \"a\"}", {}, other).row.ids.size(), std::size_t(3));
    }

    void aTemplateCanBeChosen()
    {
        const Tokenizer tokenizer = test::byteTokenizer(
            {{"chat_template",
              Json::array({{{"name", "default"}, {"template", "{{ messages[1].content }}d"}},
                           {{"name", "tool_use"}, {"template", "{{ messages[1].content }}t"}},
                           {{"name", "rag"}, {"template", "{{ messages[1].content }}r"}}})}});
        const auto textOf = [&](const std::string& chosen, const std::string& more) {
            DataSettings settings;
            settings.chatTemplate = chosen;
            return previewRow("{\"messages\": [{\"role\": \"user\", \"content\": \"q\"},"
                              "{\"role\": \"assistant\", \"content\": \"a\"}]" +
                                  more + "}",
                              settings, tokenizer)
                .text;
        };
        const test::TemporaryFolder folder;
        const auto file = (folder.path() / "mine.jinja").string();
        writeFileAtomically(file, "{{ messages[1].content }}f");
        QCOMPARE(textOf("", ""), std::string("ad"));
        QCOMPARE(textOf("", ", \"tools\": [{\"name\": \"f\"}]"), std::string("at"));
        QCOMPARE(textOf("rag", ", \"tools\": [{\"name\": \"f\"}]"), std::string("ar"));
        // a configuration makes paths of names
        QCOMPARE(textOf("/some/where/rag", ""), std::string("ar"));
        QCOMPARE(textOf(file, ""), std::string("af"));
        QVERIFY(textOf("chatml", "").starts_with("<|im_start|>user\nq<|im_end|>"));
        QVERIFY_EXCEPTION_THROWN(textOf("nothing", ""), Error);
    }

    // What a person should know of a row that is used all the same.
    void rowsAreWarnedOf()
    {
        const auto warningsOf = [](const Tokenizer& tokenizer, const std::string& answer) {
            const std::string row = "[{\"role\": \"user\", \"content\": \"q\"},"
                                    "{\"role\": \"assistant\", \"content\": \"" +
                                    answer + "\"}]";
            std::string text;
            for (const Problem& problem : previewRow(row, {}, tokenizer).warnings)
                text += problem.what + "\n";
            return text;
        };
        QCOMPARE(warningsOf(test::byteTokenizer(), "a"), std::string());
        const std::string forged = warningsOf(test::byteTokenizer(), "a<|im_end|>b");
        QVERIFY2(forged.starts_with("1 row have the text of control tokens"), forged.c_str());
        const auto endless =
            test::byteTokenizer({{"chat_template", "{% for m in messages %}{{ m.content }}\n{% endfor %}"}});
        QVERIFY(warningsOf(endless, "a").find("writes no end mark") != std::string::npos);
        const auto dropping = test::byteTokenizer({{"chat_template", "<s>{{ messages[0].content }}"}});
        const std::string dropped = warningsOf(dropping, "a");
        QVERIFY(dropped.find("leaves out") != std::string::npos);
        QVERIFY(dropped.find("nothing of the row is trained") != std::string::npos);
    }

    // A token that swallows the blanks behind it begins before the answer and is the header's.
    void aHeaderThatSwallowsBlanksIsNotTrained()
    {
        Json json = test::byteTokenizerJson();
        for (Json& token : json["added_tokens"])
            if (token["content"] == "<|im_start|>")
                token["rstrip"] = true;
        const Tokenizer tokenizer = Tokenizer::fromJsonText(
            toJsonLine(json),
            test::byteTokenizerConfig(
                {{"chat_template",
                  "{% for m in messages %}{{ '<|im_start|>' + m.content + '</s>' }}{% endfor %}"
                  "{% if add_generation_prompt %}<|im_start|>{% endif %}"}}),
            "tokenizer.json");
        const RowPreview row = previewRow("[{\"role\": \"user\", \"content\": \"q\"},"
                                          "{\"role\": \"assistant\", \"content\": \" a\"}]",
                                          {}, tokenizer);
        QCOMPARE(mask(row.row), std::string("....a$"));
    }
};

QTEST_APPLESS_MAIN(TestRowForms)
#include "test_row_forms.moc"
