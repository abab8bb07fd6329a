// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Patterns of tokenizers in use and every construct of Oniguruma's syntax against the splits of Hugging
// Face's own library (tests/data/tokenizer/splits.json); and patterns that try to take forever.
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/tokenizer/pre_tokenizer.h"
#include "tests/support/test_paths.h"
#include "tests/tokenizer/digest.h"

#include <QTest>

#include <set>

using namespace lens;

namespace {

// What Hugging Face's library takes and this program refuses by name, of the rows in patterns.json.
const std::set<std::string> kRefused{
    // backreferences, calls, \G \K \X \y, absence, conditions
    "br1", "br2", "br3", "br4", "br5", "br6", "call1", "G", "K", "X", "y", "Y", "abs", "abs2", "cond2",
    // letters that are several in another case
    "i6", "i7", "i11", "i12", "i13", "i17", "i18", "i20", "i21",
    // lookbehind of no fixed length, intervals too high or backwards
    "lb4", "lb9", "lb11", "lb13", "q10", "q29",
    // characters by several numbers, by bytes, by control keys; escapes that mean nothing
    "u4", "u6", "u7", "u10", "u11", "u12", "o1", "o5", "c1", "c2", "c3", "e4", "e6", "cc18", "cc27",
    // properties without braces, blocks, derived ones
    "pr5", "pr9", "pr10", "pr12",
    // doubtful ranges in brackets, options and groups nobody uses
    "cc5", "cc38", "g8", "g12", "g13", "g16", "g18", "g19"};

Json data(const char* name)
{
    return readJsonFile(test::dataFolder() / "tokenizer" / name);
}

PreTokenizer splitter(const std::string& pattern, const std::string& behavior, bool invert)
{
    const Json part{
        {"type", "Split"}, {"pattern", {{"Regex", pattern}}}, {"behavior", behavior}, {"invert", invert}};
    return PreTokenizer(JsonPart{part, "pre_tokenizer"}, false);
}

std::vector<Piece> partsOf(const PreTokenizer& splitter, const std::string& text, EncodeScratch& scratch)
{
    scratch.clear();
    scratch.pieces.push_back({text, 0, nullptr, kNoToken});
    splitter.apply(scratch);
    return scratch.pieces;
}

} // namespace

class TestPatternSplits : public QObject {
    Q_OBJECT

private slots:
    void splitsAreHuggingFaces_data()
    {
        QTest::addColumn<int>("row");
        const Json rows = data("splits.json");
        for (std::size_t i = 0; i < rows.size(); ++i)
            QTest::newRow(rows[i]["name"].get<std::string>().c_str()) << static_cast<int>(i);
    }
    void splitsAreHuggingFaces()
    {
        QFETCH(int, row);
        static const Json rows = data("splits.json");
        static const Json texts = data("texts.json");
        const Json& one = rows[static_cast<std::size_t>(row)];
        const auto made = [&] {
            return splitter(one["pattern"].get<std::string>(), one["behavior"].get<std::string>(),
                            one["invert"].get<bool>());
        };
        if (one.contains("refused") || kRefused.contains(one["name"].get<std::string>())) {
            QVERIFY_EXCEPTION_THROWN(made(), Error);
            return;
        }
        const PreTokenizer preTokenizer = made();
        EncodeScratch scratch;
        test::Digest digest;
        for (const Json& text : texts) {
            const auto bytes = text.get<std::string>();
            for (const Piece& part : partsOf(preTokenizer, bytes, scratch)) {
                digest.add(part.text);
                digest.add("\xFF");
            }
        }
        QCOMPARE(digest.text(), QString::fromStdString(one["hash"].get<std::string>()));
    }

    // Either the splits or an error, within the time of a few hundred million steps.
    void endlessPatternsEnd_data()
    {
        QTest::addColumn<QString>("pattern");
        for (const char* pattern :
             {"(a+)+b", "(a|a)*b|c", "(?:\\w+)*\\d", "(.*)*,", "(?=(a+)+b)a", "a*a*a*a*a*a*b",
              "(?:(?:a?){50}){50}b", "(?=(\\d{3})+(?!\\d))", "(\\w|\\p{L})+!", "(?:(?:(?:a*)*)*)*b"})
            QTest::newRow(pattern) << QString(pattern);
    }
    void endlessPatternsEnd()
    {
        QFETCH(QString, pattern);
        const PreTokenizer preTokenizer = splitter(pattern.toStdString(), "Isolated", false);
        EncodeScratch scratch;
        for (const std::string& text :
             {std::string(5000, 'a'), std::string(300000, 'a') + "c",
              std::string(300000, '1') + "\xF0\x9F\xAB\xA8", "b" + std::string(300000, 'a')}) {
            try {
                std::size_t bytes = 0;
                for (const Piece& part : partsOf(preTokenizer, text, scratch))
                    bytes += part.text.size();
                QCOMPARE(bytes, text.size());
            } catch (const Error& error) {
                QVERIFY2(std::string(error.what()).find("the regular expression") != std::string::npos,
                         error.what());
            }
        }
    }

    // A pattern that would make a hundred megabytes of classes.
    void hugePatternsAreRefused()
    {
        std::string classes;
        std::string quantifiers = "a";
        std::string groups;
        for (int i = 0; i < 5000; ++i) {
            classes += "[\\w&&[^" + std::to_string(i % 10) + "]]";
            quantifiers += "??";
            groups += "(";
        }
        for (const std::string& pattern : {classes, quantifiers, groups, std::string(200000, 'a')})
            QVERIFY_EXCEPTION_THROWN(splitter(pattern, "Isolated", false), Error);
    }
};

QTEST_APPLESS_MAIN(TestPatternSplits)
#include "test_pattern_splits.moc"
