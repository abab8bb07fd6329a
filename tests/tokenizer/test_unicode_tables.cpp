// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The Unicode tables against Hugging Face's own library (tests/data/tokenizer/classes.json), the system's
// libraries where these are of the same version, and what the Unicode standard says of itself.
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/tokenizer/character_class.h"
#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/pre_tokenizer.h"
#include "core/tokenizer/regex.h"
#include "core/tokenizer/ruby_classes.h"
#include "core/tokenizer/utf8.h"
#include "tests/support/test_paths.h"
#include "tests/tokenizer/digest.h"

#include <QTest>

#include <utf8proc.h>

#include <array>

using namespace lens;

namespace {

const CodePointSet kSurrogates{{0xD800, 0xDFFF}};

// All characters, 4096 in a text.
std::vector<std::string> allTexts()
{
    std::vector<std::string> texts;
    for (char32_t begin = 0; begin <= kLastCodePoint; begin += 4096) {
        texts.emplace_back();
        for (char32_t c = begin; c < begin + 4096; ++c) {
            if (c < 0xD800 || c > 0xDFFF)
                appendUtf8(texts.back(), c);
        }
    }
    return texts;
}

// Number of characters and their hash, as tests/data/tokenizer/make_classes.cjs makes them.
class Digest {
public:
    void add(std::string_view bytes)
    {
        ++m_count;
        m_hash.add(bytes);
    }
    QString text() const { return QString("%1 %2").arg(m_count).arg(m_hash.text()); }

private:
    qulonglong m_count = 0;
    test::Digest m_hash;
};

QString expectedOf(const Json& row)
{
    return QString("%1 %2").arg(row["count"].get<qulonglong>()).arg(row["hash"].get<std::string>().c_str());
}

const Json& classesOfHuggingFace()
{
    static const Json classes = readJsonFile(test::dataFolder() / "tokenizer/classes.json");
    return classes;
}

void addParts(const char* key)
{
    QTest::addColumn<int>("row");
    for (std::size_t i = 0; i < classesOfHuggingFace()[key].size(); ++i)
        QTest::newRow(classesOfHuggingFace()[key][i]["part"]["type"].get<std::string>().c_str())
            << static_cast<int>(i);
}

CodePointSet foundBy(const Regex& regex, const CodePointSet& among)
{
    std::string text;
    for (const auto& [first, last] : among.ranges()) {
        for (char32_t c = first; c <= last; ++c)
            appendUtf8(text, c);
    }
    MatchScratch scratch;
    CodePointSet found;
    regex.forEachMatch(text, scratch, [&](const Regex::Match& match) {
        for (std::size_t at = match.begin; at < match.end;) {
            const Utf8Step step = stepUtf8(text, at);
            found.add(step.codePoint);
            at += step.length;
        }
    });
    return found;
}

} // namespace

class TestUnicodeTables : public QObject {
    Q_OBJECT

private slots:
    void setsAreAnAlgebra()
    {
        const CodePointSet a{{10, 20}, {30, 40}, {21, 25}};
        QCOMPARE(a.ranges().size(), std::size_t(2));
        QCOMPARE(a.size(), std::size_t(27));
        const CodePointSet b{{0, 12}, {24, 31}, {0x10FFFF, 0x10FFFF}};
        for (const char32_t c : {0u, 9u, 10u, 12u, 13u, 23u, 25u, 26u, 30u, 31u, 32u, 40u, 41u, 0x10FFFFu}) {
            QCOMPARE((a | b).contains(c), a.contains(c) || b.contains(c));
            QCOMPARE((a & b).contains(c), a.contains(c) && b.contains(c));
            QCOMPARE((a - b).contains(c), a.contains(c) && !b.contains(c));
            QCOMPARE((~a).contains(c), !a.contains(c));
        }
        QCOMPARE(~~b, b);
        CodePointSet backwards;
        for (char32_t c = 50; c > 0; --c)
            backwards.add(c);
        QCOMPARE(backwards, (CodePointSet{{1, 50}}));
    }

    // Unicode 16: 154,998 graphic and format characters, 137,468 for private use, 66 noncharacters.
    void theStandardsOwnNumbers()
    {
        CodePointSet characters;
        CodePointSet all;
        for (const auto& [name, set] : allCategories()) {
            QVERIFY2((all & set).empty(), name.c_str());
            all = all | set;
            if (name != "Cn" && name != "Cc" && name != "Co")
                characters = characters | set;
        }
        QCOMPARE(all, ~kSurrogates);
        QCOMPARE(characters.size(), std::size_t(154998));
        QCOMPARE(knownSet("Co").size(), std::size_t(137468));
        QCOMPARE(knownSet("Noncharacter_Code_Point").size(), std::size_t(66));
        QCOMPARE(knownSet("White_Space").size(), std::size_t(25));
        QCOMPARE(scriptSet("Garay")->size(), std::size_t(69));
        QCOMPARE(fullFolds().at(0xDF), std::u32string(U"ss"));
        QCOMPARE(simpleFolds().at('A'), char32_t('a'));
        QVERIFY(!categorySet("Xx") && !scriptSet("Xx") && !unicodePropertySet("Xx"));
    }

    // The libraries of the system have other versions; what none of Unicode 14 to 17 changed must agree.
    void categoriesOfUtf8proc()
    {
        const std::array<const char*, 30> names{"Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd",
                                                "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm",
                                                "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co"};
        const CodePointSet newcomers = unicodeNewcomers();
        for (const auto& [name, set] : allCategories()) {
            CodePointSet theirs;
            for (char32_t c = 0; c <= kLastCodePoint; ++c) {
                if (name == names[static_cast<std::size_t>(utf8proc_category(static_cast<int>(c)))])
                    theirs.add(c);
            }
            QVERIFY2(set - newcomers == theirs - newcomers, name.c_str());
        }
    }
    void propertiesOfPcre()
    {
        const CodePointSet settled = ~(unusualForPcre() | kSurrogates);
        for (const auto& [name, set] : allCategories())
            QVERIFY2(foundBy(Regex::ofPcre("\\p{" + name + "}+", "test"), settled) == (set & settled),
                     name.c_str());
        for (const char* name : {"Alphabetic", "Lowercase", "Uppercase", "White_Space", "Ideographic"}) {
            const Regex regex = Regex::ofPcre("\\p{" + std::string(name) + "}+", "test");
            QVERIFY2(foundBy(regex, settled) == (knownSet(name) & settled), name);
        }
        for (const char* name : {"Latin", "Han", "Common", "Inherited", "Arabic", "Grek", "Hangul"}) {
            const Regex regex = Regex::ofPcre("\\p{sc:" + std::string(name) + "}+", "test");
            QVERIFY2(foundBy(regex, settled) == (*scriptSet(name) & settled), name);
        }
    }

    // Classes of regular expressions over all characters, in texts with and without newcomers.
    void classesAreHuggingFaces_data()
    {
        QTest::addColumn<QString>("pattern");
        for (const auto& [pattern, row] : classesOfHuggingFace()["classes"].items())
            QTest::newRow(pattern.c_str()) << QString::fromStdString(pattern);
    }
    void classesAreHuggingFaces()
    {
        QFETCH(QString, pattern);
        static const std::vector<std::string> texts = allTexts();
        const Regex regex = Regex::ofOniguruma(pattern.toStdString(), "pattern");
        MatchScratch scratch;
        Digest digest;
        for (const std::string& text : texts) {
            regex.forEachMatch(text, scratch, [&](const Regex::Match& match) {
                digest.add(std::string_view(text).substr(match.begin, match.end - match.begin));
            });
        }
        QCOMPARE(digest.text(), expectedOf(classesOfHuggingFace()["classes"][pattern.toStdString()]));
    }

    void preTokenizersAreHuggingFaces_data() { addParts("pre_tokenizers"); }
    void preTokenizersAreHuggingFaces()
    {
        QFETCH(int, row);
        const Json& expected = classesOfHuggingFace()["pre_tokenizers"][static_cast<std::size_t>(row)];
        const PreTokenizer preTokenizer(JsonPart{expected["part"], "part"}, false);
        EncodeScratch scratch;
        Digest digest;
        for (char32_t c = 0; c <= kLastCodePoint; ++c) {
            std::string text = "a";
            appendUtf8(text, c);
            text += "a";
            scratch.clear();
            scratch.pieces.push_back({text, 0, nullptr, kNoToken});
            if (c == 0xD800)
                c = 0xDFFF;
            else if (preTokenizer.apply(scratch); scratch.pieces.size() > 1)
                digest.add(std::string_view(text).substr(1, text.size() - 2));
        }
        QCOMPARE(digest.text(), expectedOf(expected));
    }

    void normalizersAreHuggingFaces_data() { addParts("normalizers"); }
    void normalizersAreHuggingFaces()
    {
        QFETCH(int, row);
        const Json& expected = classesOfHuggingFace()["normalizers"][static_cast<std::size_t>(row)];
        const Normalizer normalizer(JsonPart{expected["part"], "part"});
        EncodeScratch scratch;
        Digest digest;
        for (char32_t c = 0; c <= kLastCodePoint; ++c) {
            if (c == 0xD800)
                c = 0xE000;
            std::string text = "a";
            appendUtf8(text, c);
            text += "a";
            scratch.clear();
            scratch.arena.allowFor(text.size());
            const Piece piece = normalizer.apply({text, 0, nullptr, kNoToken}, scratch);
            if (piece.text != text)
                digest.add(text.substr(1, text.size() - 2) + std::string(piece.text));
        }
        QCOMPARE(digest.text(), expectedOf(expected));
    }
};

QTEST_APPLESS_MAIN(TestUnicodeTables)
#include "test_unicode_tables.moc"
