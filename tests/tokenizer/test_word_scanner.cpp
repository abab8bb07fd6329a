// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The scanners find what the regular expressions find: around every character, and in random texts.
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/tokenizer/regex.h"
#include "core/tokenizer/regex_rewriter.h"
#include "core/tokenizer/utf8.h"
#include "core/tokenizer/word_scanner.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <random>

using namespace lens;

namespace {

const Json& patterns()
{
    static const Json all = readJsonFile(test::dataFolder() / "tokenizer/patterns.json");
    return all;
}

// Empty, or the place where scanner and expression part.
std::string difference(const WordScanner& scanner, const Regex& regex, const std::string& text)
{
    MatchScratch scratch;
    std::size_t at = 0;
    std::string found;
    regex.forEachMatch(text, scratch, [&](const Regex::Match& match) {
        if (found.empty() && (match.begin != at || scanner.endOf(text, at) != match.end))
            found = toJsonLine(Json(text)) + " at " + std::to_string(at) + ": the expression finds " +
                    std::to_string(match.begin) + " to " + std::to_string(match.end) +
                    ", the scanner up to " + std::to_string(scanner.endOf(text, at));
        at = match.end;
    });
    return found.empty() && at != text.size() ? toJsonLine(Json(text)) + " is not matched to its end" : found;
}

std::string withCharacters(char32_t first, char32_t last)
{
    std::string text;
    for (char32_t c = first; c <= last; ++c) {
        std::string one;
        appendUtf8(one, c);
        for (const char* part : {"a", "a ", "A1", "'", "s'S", "\n", "  ", "/\r", "Ab\xCC\x81", "!"})
            text += one + part;
        text += one + one;
    }
    return text;
}

} // namespace

class TestWordScanner : public QObject {
    Q_OBJECT

private slots:
    void onlyKnownPatternsHaveAScanner()
    {
        int scanned = 0;
        for (const Json& pattern : patterns())
            scanned += WordScanner::ofPattern(pattern.get<std::string>()).has_value() ? 1 : 0;
        QCOMPARE(scanned, 6);
        QVERIFY(!WordScanner::ofPattern(""));
        QVERIFY(!WordScanner::ofPattern("\\p{L}+"));
    }

    void matchesAreTheExpressions_data()
    {
        QTest::addColumn<QString>("pattern");
        for (const auto& [name, pattern] : patterns().items()) {
            if (WordScanner::ofPattern(pattern.get<std::string>()))
                QTest::newRow(name.c_str()) << QString::fromStdString(pattern.get<std::string>());
        }
    }
    void matchesAreTheExpressions()
    {
        QFETCH(QString, pattern);
        const auto scanner = WordScanner::ofPattern(pattern.toStdString());
        const Regex regex = Regex::ofPcre(pcrePatternOf(pattern.toStdString(), "pattern"), "pattern");
        for (char32_t c = 0; c <= kLastCodePoint; c += 64) {
            const bool uniform = (c >= 0x3500 && c < 0x4C00) || (c >= 0x4F00 && c < 0x9F00) ||
                                 (c >= 0xAD00 && c < 0xD700) || c >= 0x20100; // ideographs, or nothing
            const bool boundary = c % 0x1000 == 0 || (c >= 0x2A6C0 && c < 0x2A740) ||
                                  (c >= 0x31340 && c < 0x323C0) || (c >= 0xE0000 && c < 0xE0200);
            if ((c >= 0xD800 && c < 0xE000) || (uniform && !boundary))
                continue;
            const std::string found = difference(*scanner, regex, withCharacters(c, c + 63));
            QVERIFY2(found.empty(), found.c_str());
        }
    }

    void randomTexts_data() { matchesAreTheExpressions_data(); }
    void randomTexts()
    {
        QFETCH(QString, pattern);
        const auto scanner = WordScanner::ofPattern(pattern.toStdString());
        const Regex regex = Regex::ofPcre(pcrePatternOf(pattern.toStdString(), "pattern"), "pattern");
        const std::vector<std::string> parts{
            "a",          "b",          "Z",         "Q",      "s",          "t",          "'",
            "'s",         "'LL",        "'Re",       "'vE",    "'\u017f",    "'m",         "1",
            "234",        "\u00bd",     "\u0663",    " ",      " ",          "  ",         "\n",
            "\r",         "\r\n",       "\t",        "\u00a0", "\u3000",     "\u0085",     "!",
            "/",          "_",          "-",         "\u3002", "\u4e2d",     "\u3042",     "\u01c5",
            "\u02b0",     "\u0301",     "\u0903",    "\u20dd", "\u00e9",     "\u00c9",     "\u0434",
            "\u0414",     "\u180e",     "\u200d",    "\u0378", "\U0001F600", "\U0001FAE8", "\U00010D50",
            "\U00010D65", "\U00010D41", "\U00031350"};
        std::mt19937 random(20261122);
        for (int i = 0; i < 30000; ++i) {
            std::string text;
            for (std::size_t count = 1 + random() % 14; count > 0; --count)
                text += parts[random() % parts.size()];
            const std::string found = difference(*scanner, regex, text);
            QVERIFY2(found.empty(), found.c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestWordScanner)
#include "test_word_scanner.moc"
