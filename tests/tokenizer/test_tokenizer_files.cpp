// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Files that are malformed or ask for what is not known: refused with a clear text, never guessed, never a
// crash.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/test_paths.h"
#include "tests/tokenizer/byte_tokenizer.h"

#include <QTest>

#include <functional>

using namespace lens;

namespace {

std::string problemsOf(const std::string& text, const std::string& config = "")
{
    try {
        Tokenizer::fromJsonText(text, config, "t.json");
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

std::string problemsWith(const std::function<void(Json&)>& change)
{
    Json tokenizer = test::byteTokenizerJson();
    change(tokenizer);
    return problemsOf(toJsonLine(tokenizer));
}

Json split(const char* pattern)
{
    return {
        {"type", "Split"}, {"pattern", {{"Regex", pattern}}}, {"behavior", "Isolated"}, {"invert", false}};
}

} // namespace

class TestTokenizerFiles : public QObject {
    Q_OBJECT

private slots:
    // Cut at every byte: an error each time, and none without the cut.
    void truncatedFilesAreRefused()
    {
        const std::string text = toJsonLine(test::byteTokenizerJson());
        QCOMPARE(problemsOf(text), std::string("no error"));
        for (std::size_t length = 0; length < text.size(); ++length)
            QVERIFY2(problemsOf(text.substr(0, length)) != "no error", std::to_string(length).c_str());
        QVERIFY2(problemsOf("{\n\"model\": {\n\"vocab\": {\"a\": x}}}").find("t.json:3: not valid JSON") == 0,
                 problemsOf("{\n\"model\": {\n\"vocab\": {\"a\": x}}}").c_str());
    }

    void deepNestingIsRefused()
    {
        const std::string deep = "{\"model\": {\"x\": " + std::string(100000, '[');
        QCOMPARE(problemsOf(deep), std::string("t.json: JSON is nested deeper than 100 levels"));
        QCOMPARE(problemsOf("[1]"), std::string("t.json: is not an object"));
        QCOMPARE(problemsOf("3"), std::string("t.json: is not an object"));
    }

    void vocabulariesAreChecked()
    {
        const auto entry = [](const char* token, const Json& id) {
            return problemsWith([&](Json& t) { t["model"]["vocab"][token] = id; });
        };
        QCOMPARE(entry("new", -1),
                 std::string("t.json: model.vocab[\"new\"]: the id -1 is not in 0 … 4194303"));
        QCOMPARE(entry("new", 99999999999),
                 std::string("t.json: model.vocab[\"new\"]: the id 99999999999 is not in 0 "
                             "… 4194303"));
        QCOMPARE(entry("new", 18446744073709551615u).find("the id 9223372036854775807 is not in"),
                 std::string("t.json: model.vocab[\"new\"]: ").size());
        QCOMPARE(entry("new", 65),
                 std::string("t.json: model.vocab[\"new\"]: the id 65 is taken by another token"));
        QCOMPARE(entry("new", "65"),
                 std::string("t.json: model.vocab[\"new\"]: is a string, not a token id"));
        QCOMPARE(entry("new", 1.5),
                 std::string("t.json: model.vocab[\"new\"]: is a fraction, not a token id"));
        QCOMPARE(entry("new", Json::object()),
                 std::string("t.json: model.vocab[\"new\"]: is an object, not a token id"));
        QCOMPARE(problemsWith([](Json& t) { t["model"]["vocab"] = Json::object(); }),
                 std::string("t.json: model.vocab: the vocabulary is empty"));
        QCOMPARE(problemsWith([](Json& t) { t["model"].erase("vocab"); }),
                 std::string("t.json: model.vocab: is missing"));
        QCOMPARE(problemsWith([](Json& t) { t["model"]["unk_token"] = "<unk>"; }),
                 std::string("t.json: model.unk_token: is not in the vocabulary"));
    }

    void mergesAreChecked()
    {
        const auto merges = [](const Json& list) {
            return problemsWith([&](Json& t) { t["model"]["merges"] = list; });
        };
        QCOMPARE(merges(Json::array({"q z"})),
                 std::string("t.json: model.merges[0]: the token \"qz\" is not in the vocabulary"));
        QCOMPARE(merges(Json::array({"h e", Json::array({"xx", "e"})})),
                 std::string("t.json: model.merges[1]: the token \"xx\" is not in the vocabulary\n"
                             "t.json: model.merges[1]: the token \"xxe\" is not in the vocabulary"));
        QCOMPARE(merges(Json::array({"he"})),
                 std::string("t.json: model.merges[0]: is not two tokens with a blank "
                             "between them (found: he)"));
        QCOMPARE(merges(Json::array({Json::array({"h"})})),
                 std::string("t.json: model.merges[0]: is not a pair of tokens"));
        QCOMPARE(merges(Json::array({5})),
                 std::string("t.json: model.merges[0]: is a number, not a pair of tokens"));
        QCOMPARE(merges(Json::array({Json::object()})),
                 std::string("t.json: model.merges[0]: is an object, not a pair of tokens"));
        Json many = Json::array();
        for (int i = 0; i < 50; ++i)
            many.push_back("q z");
        const QStringList lines = QString::fromStdString(merges(many)).split('\n');
        QCOMPARE(lines.size(), 11);
        QCOMPARE(lines[10], QString("t.json: model.merges: and 40 more like these"));
    }

    void whatIsNotKnownIsNamed_data()
    {
        QTest::addColumn<QString>("part");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("problem");
        QTest::newRow("normalizer")
            << "normalizer"
            << "Squeeze"
            << "t.json: normalizer.type: the normalizer \"Squeeze\" is not known (known: Seq";
        QTest::newRow("pre-tokenizer")
            << "pre_tokenizer"
            << "UnicodeScripts"
            << "t.json: pre_tokenizer.type: the pre-tokenizer \"UnicodeScripts\" is not known (known: Seq";
        QTest::newRow("post-processor")
            << "post_processor"
            << "Magic"
            << "t.json: post_processor.type: the post-processor \"Magic\" is not known (known: Seq";
        QTest::newRow("decoder") << "decoder"
                                 << "Morse"
                                 << "t.json: decoder.type: the decoder \"Morse\" is not known (known: Seq";
        QTest::newRow("model")
            << "model"
            << "WordPiece"
            << "t.json: model.type: the model \"WordPiece\" is not known (known: BPE, Unigram)";
    }
    void whatIsNotKnownIsNamed()
    {
        QFETCH(QString, part);
        QFETCH(QString, type);
        QFETCH(QString, problem);
        const std::string found = problemsWith([&](Json& t) {
            t[part.toStdString()] = {{"type", type.toStdString()}};
        });
        QVERIFY2(QString::fromStdString(found).startsWith(problem), found.c_str());
    }

    void regularExpressionsThatCannotBeAreRefused()
    {
        const auto pattern = [](const char* text) {
            return problemsWith([&](Json& t) { t["pre_tokenizer"] = split(text); });
        };
        QVERIFY2(pattern("(a").find(
                     "t.json: pre_tokenizer.pattern.Regex: the regular expression is not accepted") == 0,
                 pattern("(a").c_str());
        QVERIFY2(pattern("a)").find("uses a ) without its (") != std::string::npos, pattern("a)").c_str());
        QVERIFY2(pattern("\\k<x>").find("uses \\k, which is not known") != std::string::npos,
                 pattern("\\k<x>").c_str());
        QVERIFY2(pattern("\\p{Klingon}").find("uses the property \"Klingon\"") != std::string::npos,
                 pattern("\\p{Klingon}").c_str());
        QVERIFY(pattern("(a)\\1") != "no error");
        QVERIFY(pattern("[a") != "no error");
        QVERIFY(pattern("a{1,2}+") == "no error");
        QCOMPARE(problemsWith([](Json& t) {
                     t["pre_tokenizer"] = split("a");
                     t["pre_tokenizer"]["behavior"] = "Sometimes";
                 }),
                 std::string(
                     "t.json: pre_tokenizer.behavior: the split behavior \"Sometimes\" is not known (known: "
                     "Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous)"));
    }

    void otherPartsAreChecked()
    {
        QCOMPARE(
            problemsWith([](Json& t) { t["model"]["dropout"] = 0.1; }),
            std::string("t.json: model.dropout: random merges (BPE dropout) are not known (set it to null)"));
        QCOMPARE(
            problemsWith([](Json& t) { t["model"]["vocab"]["hole"] = 260; }),
            std::string("t.json: added_tokens[0]: the id of \"<s>\" would be 260, which is taken by \"hole\" "
                        "(added tokens are numbered from the size of the vocabulary)"));
        QCOMPARE(problemsWith([](Json& t) { t["added_tokens"][0]["id"] = -1; }),
                 std::string("t.json: added_tokens[0].id: the id -1 is not in 0 … 4194303"));
        QCOMPARE(problemsWith([](Json& t) { t["added_tokens"][0].erase("content"); }),
                 std::string("t.json: added_tokens[0].content: is missing"));
        QCOMPARE(problemsWith([](Json& t) { t["post_processor"]["special_tokens"]["<s>"]["ids"][0] = 299; }),
                 std::string("t.json: post_processor.special_tokens.<s>.ids[0]: there is no token 299"));
        QCOMPARE(
            problemsWith([](Json& t) { t["post_processor"]["special_tokens"] = Json::object(); }),
            std::string("t.json: post_processor.single[0].SpecialToken.id: the template names \"<s>\", which "
                        "special_tokens does not have"));
        QCOMPARE(problemsWith([](Json& t) { t["pre_tokenizer"]["use_regex"] = "yes"; }),
                 std::string("t.json: pre_tokenizer.use_regex: is neither true nor false"));
        QCOMPARE(problemsOf(toJsonLine(test::byteTokenizerJson()), "{\"bos_token\": 3}"),
                 std::string("t.json (tokenizer_config.json): bos_token: is not a string"));
        QCOMPARE(
            problemsOf(toJsonLine(test::byteTokenizerJson()), "{\"added_tokens_decoder\": {\"x\": {}}}"),
            std::string("t.json (tokenizer_config.json): added_tokens_decoder: \"x\" is not a token id"));
    }

    void aFolderIsLoaded()
    {
        const test::TemporaryFolder folder;
        QVERIFY_EXCEPTION_THROWN(Tokenizer::load(folder.path()), Error);
        writeFileAtomically(folder.path() / "tokenizer.json", toJsonLine(test::byteTokenizerJson()));
        QCOMPARE(Tokenizer::load(folder.path()).bosId(), std::optional<TokenId>());
        writeFileAtomically(folder.path() / "tokenizer_config.json",
                            test::byteTokenizerConfig({{"chat_template", "A"}}));
        QCOMPARE(Tokenizer::load(folder.path()).chatTemplate(), std::optional<std::string>("A"));
        writeFileAtomically(folder.path() / "chat_template.jinja", "B"); // the file wins
        const Tokenizer tokenizer = Tokenizer::load(folder.path());
        QCOMPARE(tokenizer.chatTemplate(), std::optional<std::string>("B"));
        QCOMPARE(tokenizer.bosId(), std::optional<TokenId>(test::kBos));
        makeFolder(folder.path() / "additional_chat_templates");
        writeFileAtomically(folder.path() / "additional_chat_templates/tool_use.jinja", "C");
        const std::map<std::string, std::string> both{{"default", "B"}, {"tool_use", "C"}};
        QCOMPARE(Tokenizer::load(folder.path()).chatTemplates(), both);
    }

    // Folders of before added_tokens_decoder: special_tokens_map.json and added_tokens.json.
    void olderFilesAreRead()
    {
        const test::TemporaryFolder folder;
        const auto write = [&](const char* name, const Json& value) {
            writeFileAtomically(folder.path() / name, toJsonLine(value));
        };
        write("tokenizer.json", test::byteTokenizerJson());
        write("tokenizer_config.json", {{"bos_token", "<s>"}, {"eos_token", "old"}});
        write("special_tokens_map.json", {{"eos_token", "</s>"}, {"pad_token", {{"content", "[pad]"}}}});
        write("added_tokens.json", {{"[pad]", 263}, {"[more]", 264}});
        const Tokenizer tokenizer = Tokenizer::load(folder.path());
        QCOMPARE(tokenizer.eosId(), std::optional<TokenId>(test::kEos));
        QCOMPARE(tokenizer.padId(), std::optional<TokenId>(263));
        QVERIFY(tokenizer.isSpecial(263) && !tokenizer.isSpecial(264));
        QCOMPARE(tokenizer.encode("[more]", false).ids, std::vector<TokenId>{264});
        // config.json tells the class where the tokenizer's own file does not
        write("config.json", {{"model_type", "llama"}});
        write("tokenizer_config.json", {{"add_eos_token", true}});
        QCOMPARE(Tokenizer::load(folder.path()).encode("a", true).ids,
                 (std::vector<TokenId>{test::kBos, 'a', test::kEos}));
    }
};

QTEST_APPLESS_MAIN(TestTokenizerFiles)
#include "test_tokenizer_files.moc"
