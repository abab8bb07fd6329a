// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Tokens, spans and texts of a tokenizer small enough to work them out by hand.
#include "core/base/error.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/tokenizer/byte_tokenizer.h"

#include <QTest>

#include <thread>

using namespace lens;

namespace {

using Ids = std::vector<TokenId>;

Tokenizer with(const char* part, const Json& value)
{
    Json tokenizer = test::byteTokenizerJson();
    tokenizer[part] = value;
    return Tokenizer::fromJsonText(toJsonLine(tokenizer), test::byteTokenizerConfig(), "tokenizer.json");
}

Tokenizer withAdded(std::initializer_list<Json> tokens)
{
    Json all = test::byteTokenizerJson()["added_tokens"];
    for (const Json& token : tokens)
        all.push_back(token);
    return with("added_tokens", all);
}

// "begin-end" of each span.
std::string spansOf(const Encoding& encoding)
{
    std::string text;
    for (const auto& span : encoding.spans)
        text += std::to_string(span.begin) + "-" + std::to_string(span.end) + " ";
    return text;
}

Json addedToken(TokenId id, const char* content, const char* flag)
{
    Json token{{"id", id}, {"content", content}, {"special", false}, {"normalized", false}};
    token[flag] = true;
    return token;
}

} // namespace

class TestTokenizer : public QObject {
    Q_OBJECT

private slots:
    void mergesGoByRank()
    {
        const Tokenizer tokenizer = test::byteTokenizer();
        const Encoding encoding = tokenizer.encode("shells he", false);
        QCOMPARE(encoding.ids, (Ids{'s', test::kHell, 's', ' ', test::kHe}));
        QCOMPARE(spansOf(encoding), std::string("0-1 1-5 5-6 6-7 7-9 "));
        QCOMPARE(tokenizer.decode(encoding.ids, false), std::string("shells he"));
        QCOMPARE(tokenizer.encode("", false).ids, Ids{});
    }

    // "llll…": pairs from the left; the long way must agree with the short one.
    void longWordsMergeAsShortOnes()
    {
        const Tokenizer tokenizer = test::byteTokenizer();
        for (const std::size_t length : {3u, 47u, 48u, 49u, 50u, 1001u, 100000u}) {
            const Encoding encoding = tokenizer.encode(std::string(length, 'l'), false);
            Ids expected(length / 2, test::kLl);
            if (length % 2 == 1)
                expected.push_back('l');
            QCOMPARE(encoding.ids, expected);
            QCOMPARE(encoding.spans.back().end, static_cast<std::uint32_t>(length));
        }
        std::string hells;
        for (int i = 0; i < 5000; ++i)
            hells += "hell";
        QCOMPARE(tokenizer.encode(hells, false).ids, Ids(5000, test::kHell));
    }

    void specialTokensAreAddedAndTold()
    {
        const Tokenizer tokenizer = test::byteTokenizer();
        const Encoding encoding = tokenizer.encode("a</s>", true);
        QCOMPARE(encoding.ids, (Ids{test::kBos, 'a', test::kEos}));
        QCOMPARE(spansOf(encoding), std::string("0-0 0-1 1-5 "));
        QCOMPARE(tokenizer.decode(encoding.ids, true), std::string("a"));
        QCOMPARE(tokenizer.decode(encoding.ids, false), std::string("<s>a</s>"));
        QVERIFY(tokenizer.isSpecial(test::kEos) && !tokenizer.isSpecial('a') && !tokenizer.isSpecial(-1));
        QCOMPARE(tokenizer.bosId(), std::optional<TokenId>(test::kBos));
        QCOMPARE(tokenizer.eosId(), std::optional<TokenId>(test::kEos));
        QCOMPARE(tokenizer.padId(), std::optional<TokenId>());
        QCOMPARE(tokenizer.idOf("hell"), std::optional<TokenId>(test::kHell));
        QCOMPARE(tokenizer.idOf("<|im_end|>"), std::optional<TokenId>(test::kTurnEnd));
        QCOMPARE(tokenizer.idOf("nothing"), std::optional<TokenId>());
        QCOMPARE(tokenizer.vocabularySize(), std::size_t(263));
        QCOMPARE(tokenizer.tokenText(' '), std::string("\xC4\xA0")); // Ġ
        QCOMPARE(tokenizer.tokenText(290), std::string());           // a hole
        QCOMPARE(tokenizer.decode({'a', 290, -5, 9999, 'b'}, false), std::string("ab"));
    }

    void bytesThatAreNotUtf8BecomeTheReplacementCharacter()
    {
        const Tokenizer tokenizer = test::byteTokenizer();
        const Encoding encoding = tokenizer.encode("a\xFF\xE2\x82z", false); // FF alone, then E2 82 cut short
        QCOMPARE(encoding.ids, (Ids{'a', 0xEF, 0xBF, 0xBD, 0xEF, 0xBF, 0xBD, 'z'}));
        QCOMPARE(spansOf(encoding), std::string("0-1 1-2 1-2 1-2 2-4 2-4 2-4 4-5 "));
        QCOMPARE(tokenizer.decode({0xE2, 0x82, 'x', 0xC3, 0xA4}, false),
                 std::string("\xEF\xBF\xBDx\xC3\xA4"));
    }

    void spansOutliveNormalisation()
    {
        const Tokenizer nfc = with("normalizer", {{"type", "NFC"}});
        // "xe" + U+0301 + "y": e and the accent become é (C3 A9), which came from bytes 1 to 4
        const Encoding composed = nfc.encode("xe\xCC\x81y", false);
        QCOMPARE(composed.ids, (Ids{'x', 0xC3, 0xA9, 'y'}));
        QCOMPARE(spansOf(composed), std::string("0-1 1-4 1-4 4-5 "));

        const Tokenizer lower = with("normalizer", {{"type", "Lowercase"}});
        const Encoding lowered = lower.encode("A\xC4\xB0Z", false); // İ becomes i and a dot above
        QCOMPARE(lowered.ids, (Ids{'a', 'i', 0xCC, 0x87, 'z'}));
        QCOMPARE(spansOf(lowered), std::string("0-1 1-3 1-3 1-3 3-4 "));

        const Tokenizer replaced =
            with("normalizer", {{"type", "Replace"}, {"pattern", {{"Regex", " {2,}"}}}, {"content", "_"}});
        QCOMPARE(spansOf(replaced.encode("a   b", false)), std::string("0-1 1-4 4-5 "));

        const Tokenizer prefixed =
            with("pre_tokenizer", {{"type", "ByteLevel"}, {"add_prefix_space", true}, {"use_regex", true}});
        const Encoding blank = prefixed.encode("he x", false);
        QCOMPARE(blank.ids, (Ids{' ', test::kHe, ' ', 'x'}));
        QCOMPARE(spansOf(blank), std::string("0-1 0-2 2-3 3-4 "));
    }

    // Hangul: the parts of a syllable compose, a syllable and what follows it do not.
    void normalisationKeepsStretchesApart()
    {
        const Tokenizer nfc = with("normalizer", {{"type", "NFC"}});
        const Encoding encoding = nfc.encode("\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8\xEA\xB0\x80", false);
        QCOMPARE(encoding.ids, (Ids{0xEA, 0xB0, 0x81, 0xEA, 0xB0, 0x80})); // 각 가
        QCOMPARE(spansOf(encoding), std::string("0-9 0-9 0-9 9-10 10-11 11-12 "));
        const Tokenizer nfkc = with("normalizer", {{"type", "NFKC"}});
        QCOMPARE(nfkc.decode(nfkc.encode("\xEF\xAC\x81x\xC2\xBD", false).ids, false),
                 std::string("fix1\xE2\x81\x84"
                             "2")); // ﬁx½
    }

    void addedTokensObeyTheirFlags()
    {
        const Tokenizer lstrip = withAdded({addedToken(400, "[X]", "lstrip")});
        QCOMPARE(lstrip.encode("a \t[X] b", false).ids, (Ids{'a', 263, ' ', 'b'}));
        const Tokenizer rstrip = withAdded({addedToken(400, "[X]", "rstrip")});
        QCOMPARE(rstrip.encode("a [X]\n b", false).ids, (Ids{'a', ' ', 263, 'b'}));
        const Tokenizer word = withAdded({addedToken(400, "ab", "single_word")});
        QCOMPARE(word.encode("ab xab ab", false).ids, (Ids{263, ' ', 'x', 'a', 'b', ' ', 263}));
        const Tokenizer longest =
            withAdded({addedToken(400, "ab", "special"), addedToken(401, "abc", "special")});
        QCOMPARE(longest.encode("abcab", false).ids, (Ids{264, 263}));
        // ids follow the vocabulary without holes, whatever the file says, as Hugging Face's library has it
        // one that the vocabulary has keeps the vocabulary's id
        const Tokenizer known = withAdded({addedToken(400, "hell", "special")});
        QCOMPARE(known.encode("hell", false).ids, Ids{test::kHell});
        QVERIFY(known.isSpecial(test::kHell));
    }

    void theConfigurationBesideItIsRead()
    {
        const Json extra{{"added_tokens_decoder", {{"500", {{"content", "[more]"}, {"special", true}}}}},
                         {"pad_token", "[more]"},
                         {"chat_template", Json::array({{{"name", "tool_use"}, {"template", "T"}},
                                                        {{"name", "default"}, {"template", "D"}}})}};
        const Tokenizer tokenizer = test::byteTokenizer(extra);
        QCOMPARE(tokenizer.padId(), std::optional<TokenId>(263));
        QCOMPARE(tokenizer.encode("a[more]", false).ids, (Ids{'a', 263}));
        QCOMPARE(tokenizer.chatTemplate(), std::optional<std::string>("D"));
        QCOMPARE(tokenizer.chatTemplates().at("tool_use"), std::string("T"));
        using Tokens = std::map<std::string, std::string>;
        QCOMPARE(tokenizer.specialTokens(),
                 (Tokens{{"bos_token", "<s>"}, {"eos_token", "</s>"}, {"pad_token", "[more]"}}));
        // Llama's classes make the post-processor from these two
        const Tokenizer llama = test::byteTokenizer(
            {{"tokenizer_class", "LlamaTokenizerFast"}, {"add_bos_token", false}, {"add_eos_token", true}});
        QCOMPARE(llama.encode("a", true).ids, (Ids{'a', test::kEos}));
        // and some add_prefix_space into the pre-tokenizer
        const Tokenizer prefixed = test::byteTokenizer({{"add_prefix_space", true}});
        QCOMPARE(prefixed.encode("a", false).ids, (Ids{' ', 'a'}));
    }

    // A token that is only named is one all the same, if the vocabulary has it.
    void namedTokensAreSpecial()
    {
        const Json named{{"mask_token", "hell"},
                         {"sep_token", {{"content", "he"}, {"rstrip", true}}},
                         {"cls_token", "[nowhere]"},
                         {"additional_special_tokens", Json::array({"<|im_end|>", {{"content", "A"}}})},
                         {"tokenizer_class", "LlamaTokenizerFast"},
                         {"eos_token", nullptr}};
        const Tokenizer tokenizer = test::byteTokenizer(named);
        QCOMPARE(tokenizer.encode("ahell [nowhere]A", false).ids,
                 (Ids{'a', test::kHell, ' ', '[', 'n', 'o', 'w', test::kHe, 'r', 'e', ']', 'A'}));
        QVERIFY(tokenizer.isSpecial(test::kHell) && tokenizer.isSpecial(test::kHe) &&
                tokenizer.isSpecial('A'));
        QCOMPARE(tokenizer.encode("he  x", false).ids, (Ids{test::kHe, 'x'}));
        QCOMPARE(tokenizer.additionalSpecialTokens(), (std::vector<std::string>{"<|im_end|>", "A"}));
        QCOMPARE(tokenizer.specialTokens().at("cls_token"), std::string("[nowhere]"));
        // null is null; what is not said comes from the class, if the vocabulary has it
        QVERIFY(!tokenizer.specialTokens().contains("eos_token"));
        QVERIFY(!tokenizer.specialTokens().contains("unk_token"));
        const Tokenizer bare = Tokenizer::fromJsonText(toJsonLine(test::byteTokenizerJson()),
                                                       "{\"tokenizer_class\": \"LlamaTokenizer\"}", "t.json");
        QCOMPARE(bare.eosId(), std::optional<TokenId>(test::kEos));
    }

    void severalThreadsEncodeAtOnce()
    {
        const Tokenizer tokenizer = test::byteTokenizer();
        std::string text;
        for (int i = 0; i < 3000; ++i)
            text += "shell " + std::to_string(i) + " he";
        const Ids expected = test::byteTokenizer().encode(text, true).ids;
        std::vector<Ids> results(4);
        std::vector<std::thread> threads;
        for (Ids& result : results) {
            threads.emplace_back([&] {
                for (int i = 0; i < 20; ++i)
                    result = tokenizer.encode(text, true).ids;
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        for (const Ids& result : results)
            QCOMPARE(result, expected);
    }
};

QTEST_APPLESS_MAIN(TestTokenizer)
#include "test_tokenizer.moc"
