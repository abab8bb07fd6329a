// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Small tokenizer files that ask for endless work or memory. Found by tests/fuzz, or by thinking like it.
#include "core/base/error.h"
#include "tests/tokenizer/byte_tokenizer.h"

#include <QTest>

using namespace lens;

namespace {

Json replaceStage(const char* what, const std::string& with)
{
    return {{"type", "Replace"}, {"pattern", {{"String", what}}}, {"content", with}};
}

Json sequence(const char* key, const Json& stage, std::size_t times)
{
    return {{"type", "Sequence"}, {key, Json(Json::array_t(times, stage))}};
}

// What goes wrong while the tokenizer is read, or while it reads and writes "hello"; empty: nothing.
std::string problemOf(const Json& tokenizerJson)
{
    try {
        const auto tokenizer = Tokenizer::fromJsonText(toJsonLine(tokenizerJson), "", "t.json");
        tokenizer.decode(tokenizer.encode("hello", true).ids, false);
    } catch (const Error& error) {
        return error.first().what;
    }
    return {};
}

} // namespace

class TestHostileTokenizers : public QObject {
    Q_OBJECT

private slots:
    void idsFarBeyondTheVocabularyAreRefused()
    {
        Json json = test::byteTokenizerJson();
        json["model"]["vocab"]["far"] = 4000000;
        QCOMPARE(problemOf(json), std::string("the id 4000000 is far beyond the number of tokens, 260"));
    }

    // Bytes of an affix would lie behind the end of the word, and of the memory that says where words come
    // from.
    void bytesOfAnAffixComeFromItsCharacter()
    {
        const Json json =
            Json::parse(R"({"model": {"type": "BPE", "byte_fallback": true, "end_of_word_suffix": "\n\n\n",
            "vocab": {"a": 0, "<0x62>": 1, "<0x0A>": 2}, "merges": []}})");
        const auto tokenizer = Tokenizer::fromJsonText(toJsonLine(json), "", "t.json");
        const Encoding encoding = tokenizer.encode("ab", false);
        QCOMPARE(encoding.ids, (std::vector<TokenId>{0, 1, 2, 2, 2}));
        QCOMPARE(encoding.spans[0].end, 1u);
        for (std::size_t i = 1; i < 5; ++i) {
            QCOMPARE(encoding.spans[i].begin, 1u);
            QCOMPARE(encoding.spans[i].end, 2u);
        }
    }

    void stagesThatMultiplyTheTextAreStopped()
    {
        const Json growing = replaceStage("l", std::string(100, 'l'));
        Json normalizer = test::byteTokenizerJson();
        normalizer["normalizer"] = sequence("normalizers", growing, 30);
        QCOMPARE(problemOf(normalizer), std::string("the tokenizer makes too much text out of its input"));
        Json decoder = test::byteTokenizerJson();
        decoder["decoder"] = sequence("decoders", growing, 30);
        QCOMPARE(problemOf(decoder), std::string("the tokenizer makes too much text out of the tokens"));
        Json once = test::byteTokenizerJson();
        once["normalizer"] = sequence("normalizers", growing, 1);
        once["decoder"] = sequence("decoders", growing, 1);
        QCOMPARE(problemOf(once), std::string());
    }

    void templatesThatDoubleTheTextAreRefused()
    {
        const Json text{{"Sequence", {{"id", "A"}, {"type_id", 0}}}};
        const Json twice{{"type", "TemplateProcessing"},
                         {"single", Json::array({text, text})},
                         {"special_tokens", Json::object()}};
        Json json = test::byteTokenizerJson();
        json["post_processor"] = sequence("processors", twice, 40);
        QCOMPARE(problemOf(json), std::string("the templates repeat the text more than 16 times"));
        json["post_processor"] = sequence("processors", twice, 4);
        QCOMPARE(problemOf(json), std::string());
    }

    void longPatternsAreRefused()
    {
        std::string pattern = "a";
        for (int i = 0; i < 200000; ++i) // each wraps all before it
            pattern += "{1}+";
        Json json = test::byteTokenizerJson();
        json["pre_tokenizer"] = {
            {"type", "Split"}, {"pattern", {{"Regex", pattern}}}, {"behavior", "Isolated"}};
        QCOMPARE(problemOf(json), std::string("the regular expression is longer than 16384 bytes"));
    }

    // Minutes, if each member looked through all before it.
    void objectsWithManyMembersAreReadAtOnce()
    {
        Json json = test::byteTokenizerJson();
        std::string many = "{";
        for (int i = 0; i < 300000; ++i)
            many += "\"k" + std::to_string(i) + "\":0,";
        std::string text = toJsonLine(json);
        text.insert(1, "\"unused\":" + many + "\"k\":0},");
        const auto tokenizer = Tokenizer::fromJsonText(text, "", "t.json");
        QCOMPARE(tokenizer.encode("hell", false).ids, std::vector<TokenId>{test::kHell});
    }
};

QTEST_APPLESS_MAIN(TestHostileTokenizers)
#include "test_hostile_tokenizers.moc"
