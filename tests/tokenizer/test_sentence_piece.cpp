// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// SentencePiece models written by hand, small enough to work out, and files that are wrong; and that a folder
// with nothing but a model and its configuration gives what transformers makes of it.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <bit>

using namespace lens;

namespace {

using Ids = std::vector<TokenId>;

std::string varint(std::uint64_t value)
{
    std::string bytes;
    for (; value >= 128; value >>= 7)
        bytes.push_back(static_cast<char>(value | 128));
    bytes.push_back(static_cast<char>(value));
    return bytes;
}

std::string number(std::uint64_t field, std::uint64_t value)
{
    return varint(field << 3) + varint(value);
}

std::string text(std::uint64_t field, const std::string& value)
{
    return varint(field << 3 | 2) + varint(value.size()) + value;
}

std::string piece(const std::string& content, float score, int type = 1)
{
    std::string bytes = text(1, content) + varint(2 << 3 | 5);
    const auto bits = std::bit_cast<std::uint32_t>(score);
    for (int shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<char>(bits >> shift));
    return text(1, bytes + number(3, static_cast<std::uint64_t>(type)));
}

// <unk> is 0, <s> 1; then the pieces. Neither a dummy prefix nor removed blanks.
std::string model(int type, const std::string& pieces, const std::string& trainer = "",
                  const std::string& normalizer = number(3, 0) + number(4, 0))
{
    return piece("<unk>", 0, 2) + piece("<s>", 0, 3) + pieces +
           text(2, number(3, static_cast<std::uint64_t>(type)) + trainer) + text(3, normalizer);
}

std::string bytePieces()
{
    std::string pieces;
    for (int byte = 0; byte < 256; ++byte) {
        const char* digits = "0123456789ABCDEF";
        pieces += piece(std::string("<0x") + digits[byte / 16] + digits[byte % 16] + ">", 0, 6);
    }
    return pieces;
}

Tokenizer tokenizerOf(const std::string& bytes)
{
    return Tokenizer::fromSentencePiece(bytes, "m");
}

std::string problemsOf(const std::string& bytes)
{
    try {
        tokenizerOf(bytes);
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

Json casesWithoutModel(const Tokenizer& tokenizer, const Json& cases)
{
    Json different = Json::array();
    for (const Json& one : cases) {
        const auto ids =
            tokenizer.encode(one["text"].get<std::string>(), one["add_special_tokens"].get<bool>()).ids;
        if (ids != one["ids"].get<Ids>() ||
            tokenizer.decode(ids, false) != one["decoded"].get<std::string>() ||
            tokenizer.decode(ids, true) != one["decoded_skip_special"].get<std::string>())
            different.push_back(one["text"]);
    }
    return different;
}

} // namespace

class TestSentencePiece : public QObject {
    Q_OBJECT

private slots:
    // The pair whose text scores best is joined first, the leftmost among equals.
    void bpeGoesByScore()
    {
        const std::string letters = piece("a", -10) + piece("b", -11) + piece("c", -12); // 2 3 4
        const auto ids = [&](const std::string& more, const char* of) {
            return tokenizerOf(model(2, letters + more)).encode(of, false).ids;
        };
        QCOMPARE(ids(piece("ab", -1) + piece("bc", -2), "abc"), (Ids{5, 4}));
        QCOMPARE(ids(piece("ab", -2) + piece("bc", -1), "abc"), (Ids{2, 6}));
        QCOMPARE(ids(piece("ab", -1) + piece("bc", -1), "abc"), (Ids{5, 4}));
        QCOMPARE(ids(piece("aa", -1), "aaa"), (Ids{5, 2}));
        QCOMPARE(ids(piece("cab", -1) + piece("ab", -2), "cab"), (Ids{5})); // ab first, then it joins c
        QCOMPARE(ids(piece("abc", -1), "abc"), (Ids{2, 3, 4}));             // nothing leads there
        QCOMPARE(ids(piece("ax", -1), "ax"), (Ids{5}));                     // though x is no piece by itself
        QCOMPARE(ids(piece("ax", -1), "axxxb"), (Ids{5, 0, 3})); // unknown ones next to each other are one
        QCOMPARE(ids(piece("ab", -9, 4) + piece("bb", -1), "abb"),
                 (Ids{5, 3}));                  // user-defined: not to be merged
        QCOMPARE(ids("", "<s>a"), (Ids{0, 2})); // control pieces are never read
    }

    void unigramTakesTheBestSum()
    {
        const std::string letters =
            piece("a", -2) + piece("b", -2) + piece("ab", -3) + piece("ba", -3.5f); // 2 to 5
        const auto ids = [&](const std::string& bytes, const char* of) {
            return tokenizerOf(bytes).encode(of, false).ids;
        };
        QCOMPARE(ids(model(1, letters), "aba"), (Ids{4, 2})); // -5 before -5.5
        QCOMPARE(ids(model(1, letters), "bab"), (Ids{3, 4}));
        QCOMPARE(ids(model(1, letters), "axyb"), (Ids{2, 0, 3}));
        QCOMPARE(ids(model(1, letters + piece("bab", -1, 5)), "bab"), (Ids{3, 4})); // unused
        QCOMPARE(ids(model(1, letters + piece("bab", -99, 4)), "bab"), (Ids{6}));   // user-defined
        const Tokenizer fallback = tokenizerOf(model(1, letters + bytePieces(), number(35, 1)));
        const Encoding encoding = fallback.encode("a\xC3\xA9", false);
        QCOMPARE(encoding.ids, (Ids{2, 6 + 0xC3, 6 + 0xA9}));
        QCOMPARE(encoding.spans[2].begin, 2u);
        QCOMPARE(fallback.decode({6 + 0xC3, 6 + 0xA9, 6 + 0xC3, 2, 1}, false),
                 std::string("\xC3\xA9\xEF\xBF\xBD"
                             "a"));
    }

    void blanksAreNormalised()
    {
        const std::string mark = "\xE2\x96\x81";
        const std::string pieces = piece("a", -1) + piece(mark, -2); // 2, 3
        const auto encoded = [&](const std::string& normalizer, const std::string& trainer = "") {
            return tokenizerOf(model(2, pieces, trainer, normalizer)).encode("  a  a ", false);
        };
        QCOMPARE(encoded(number(3, 0) + number(4, 0)).ids, (Ids{3, 3, 2, 3, 3, 2, 3}));
        QCOMPARE(encoded(number(3, 1) + number(4, 0)).ids, (Ids{3, 3, 3, 2, 3, 3, 2, 3}));
        const Encoding plain = encoded(""); // both is what the format takes for granted
        QCOMPARE(plain.ids, (Ids{3, 2, 3, 2}));
        QCOMPARE(plain.spans[1].begin, 2u);
        QCOMPARE(plain.spans[2].begin, 3u);
        QCOMPARE(plain.spans[3].begin, 5u);
        QCOMPARE(encoded("", number(24, 1)).ids, (Ids{2, 3, 2, 3})); // blanks as suffix
        const Tokenizer tokenizer = tokenizerOf(model(2, pieces, text(44, "?"), ""));
        QCOMPARE(tokenizer.decode({3, 2, 3, 2, 0}, false), std::string("a a?"));
    }

    void wrongFilesAreNamed()
    {
        QCOMPARE(problemsOf(""), std::string("m: there are no pieces"));
        QCOMPARE(problemsOf("{\"model\": 1}").find("m: byte "), std::size_t(0));
        QCOMPARE(problemsOf(model(3, "")),
                 std::string("m: trainer_spec.model_type: the model type 3 is not known "
                             "(known: 1 (unigram), 2 (BPE))"));
        QCOMPARE(problemsOf(text(1, text(1, "a"))), std::string("m: there is no unknown piece"));
        QCOMPARE(problemsOf(model(2, piece("a", 0) + piece("a", 0))),
                 std::string("m: pieces[\"a\"]: the token stands there twice"));
        QCOMPARE(problemsOf(model(1, piece("", 0))), std::string("m: pieces[2]: the piece is empty"));
        QCOMPARE(problemsOf(model(1, piece("a\xFF", 0))),
                 std::string("m: pieces[2]: the piece is not UTF-8"));
        QCOMPARE(problemsOf(model(2, piece("<0x41>", 0, 6))),
                 std::string("m: pieces[2]: a byte piece stands in a model without byte_fallback"));
        QCOMPARE(problemsOf(model(2, piece("a", 0), number(35, 1))),
                 std::string("m: there are not 256 byte pieces, but byte_fallback is set"));
        QCOMPARE(problemsOf(model(2, piece("ab", 0, 5))),
                 std::string("m: pieces[2]: pieces of type UNUSED are not known in BPE models"));
        QCOMPARE(problemsOf(model(2, piece("a", 0), "", text(2, "x"))),
                 std::string("m: normalizer_spec.precompiled_charsmap: is not a map of characters"));
        QCOMPARE(
            problemsOf(model(2, piece("a", 0)) + text(5, text(2, "x"))),
            std::string("m: denormalizer_spec.precompiled_charsmap: a map for decoded text is not known"));
        QCOMPARE(problemsOf(model(2, piece("a", std::bit_cast<float>(0x7FC00000u)))),
                 std::string("m: pieces[2]: the score is not a number"));
        QCOMPARE(problemsOf(model(2, piece(std::string(2000, 'a'), 0))),
                 std::string("m: pieces[2]: the piece is longer than 1024 bytes"));
    }

    // A file cut anywhere: refused or read, never more than that.
    void truncatedFilesAreHarmless()
    {
        const std::string bytes = readFile(test::dataFolder() / "tokenizers/spm_rules/tokenizer.model");
        std::size_t refused = 0;
        for (std::size_t length = 0; length < bytes.size(); length += 7)
            refused += problemsOf(bytes.substr(0, length)) != "no error" ? 1 : 0;
        QVERIFY(refused > bytes.size() / 7 / 2);
    }

    void aFolderIsReadAsTransformersDoes_data()
    {
        QTest::addColumn<QString>("whole"); // the tokenizer.json that transformers' conversion amounts to
        QTest::newRow("legacy") << "spm_bpe";
        QTest::newRow("not legacy") << "metaspace_bpe";
    }
    void aFolderIsReadAsTransformersDoes()
    {
        QFETCH(QString, whole);
        const auto data = test::dataFolder() / "tokenizers";
        const auto from = data / whole.toStdString();
        const test::TemporaryFolder folder;
        std::filesystem::copy(data / "spm_bpe/tokenizer.model", folder.path());
        const Json spCases = readJsonFile(data / "spm_bpe/sp_cases.json");
        const Tokenizer bare = Tokenizer::load(folder.path());
        for (const Json& one : spCases)
            QCOMPARE(bare.encode(one["text"].get<std::string>(), true).ids, one["ids"].get<Ids>());

        std::filesystem::copy(from / "tokenizer_config.json", folder.path());
        const Tokenizer tokenizer = Tokenizer::load(folder.path());
        QCOMPARE(toJsonLine(casesWithoutModel(tokenizer, readJsonFile(from / "cases.json"))),
                 std::string("[]"));
        QCOMPARE(tokenizer.bosId(), std::optional<TokenId>(1));
        QVERIFY(tokenizer.isSpecial(2) && !tokenizer.isSpecial(3));
    }
};

QTEST_APPLESS_MAIN(TestSentencePiece)
#include "test_sentence_piece.moc"
