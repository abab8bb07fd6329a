// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What Oniguruma's patterns mean (Ruby syntax, by its own documentation), found through the rewritten
// pattern.
#include "core/tokenizer/regex.h"
#include "core/tokenizer/regex_rewriter.h"

#include <QTest>

using namespace lens;

class TestRegexRewriter : public QObject {
    Q_OBJECT

private slots:
    void matchesAreOnigurumas_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("matches"); // with "|" behind each
        const auto row = [](const char* name, const char* pattern, const char* text, const char* matches) {
            QTest::newRow(name) << QString(pattern) << QString(text) << QString(matches);
        };
        row("space is no U+180E", "\\s", "a\u180e b\u00a0", " |\u00a0|");
        row("not space", "[^\\s]+", "a\u180e b", "a\u180e|b|");
        row("interval plus repeats", "\\p{N}{1,3}+", "1234567", "1234567|");
        row("interval", "\\p{N}{1,3}", "1234567", "123|456|7|");
        row("up to", "a{,2}b", "aaab", "aab|");
        row("optional count", "xa{2}?", "xaax", "xaa|x|");
        row("braces as text", "a{b}{,}", "a{b}{,}", "a{b}{,}|");
        row("line ends", "^b$", "a\nb\nc", "b|");
        row("dot-all", "(?m:a.b)", "a\nb", "a\nb|");
        row("dot", "a.b", "a\nb a\rb", "a\rb|");
        row("hex digit", "\\h+", "12fFg \t", "12fF|");
        row("marks are word", "\\w+", "e\u0301\u00b2 _-", "e\u0301\u00b2|_|");
        row("word boundary", "\\bab\\b", "ab abc ab", "ab|ab|");
        row("script, no extensions", "\\p{Han}+", "\u4e00\u3001\u4e01", "\u4e00|\u4e01|");
        row("not a script", "\\p{^Han}", "\u4e00a", "a|");
        row("posix", "[[:alpha:]_]+|[[:digit:]]", "ab_1", "ab_|1|");
        row("posix punct", "[[:punct:]]+", "a$+<,", "$+<,|");
        row("union", "[a[bc]]+", "abcd", "abc|");
        row("intersection", "[a-z&&[^aeiou]]+", "hello", "h|ll|");
        row("code point", "\\u0041[\\u0042-\\u0044]", "AC", "AC|");
        row("option to the group's end", "a(?i)b|c", "aB aC c", "aB|aC|");
        row("option in a group", "(?:(?i)x)x", "Xx xX", "Xx|");
        row("case folds", "(?i:'s)", "'S '\u017f", "'S|'\u017f|");
        row("vertical tab alone", "\\v", "\n\v", "\v|");
        row("lookahead", "\\s+(?!\\S)|\\s+", "a   b", "  | |");
        row("possessive", "a++b", "aaab", "aaab|");
        row("comment and name", "(?#note)(?<word>b)", "ab", "b|");
        row("empty matches", "x*", "axb", "|x||"); // at 0, x at 1, none right behind it, then at the end
        row("escaped", "\\[\\]\\-\\.\\\\", "[]-.\\", "[]-.\\|");
        row("class escapes", "[\\]\\-\\\\]+", "a]-\\", "]-\\|");
        row("line break", "\\R", "a\r\nb", "\r\n|");
    }
    void matchesAreOnigurumas()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, text);
        QFETCH(QString, matches);
        const Regex regex = Regex::ofOniguruma(pattern.toStdString(), "pattern");
        MatchScratch scratch;
        const std::string bytes = text.toStdString();
        std::string found;
        regex.forEachMatch(bytes, scratch, [&](const Regex::Match& match) {
            found += bytes.substr(match.begin, match.end - match.begin) + "|";
        });
        QCOMPARE(QString::fromStdString(found), matches);
    }

    void literalTextMatchesItself()
    {
        const std::string text = "a.b*[c]\\d\n#\xE2\x96\x81 x";
        MatchScratch scratch;
        const auto match = Regex::ofLiteral(text).find("..." + text + "...", 0, scratch);
        QVERIFY(match.has_value());
        QCOMPARE(match->begin, std::size_t(3));
        QCOMPARE(match->end, std::size_t(3) + text.size());
    }

    // Deep backtracking: the JIT's stack is not enough, the interpreter goes on.
    void longBacktrackingIsFinished()
    {
        const Regex regex = Regex::ofOniguruma("(?:a|b)*c", "pattern");
        MatchScratch scratch;
        const std::string text = std::string(200000, 'a') + "c";
        const auto match = regex.find(text, 0, scratch);
        QVERIFY(match.has_value());
        QCOMPARE(match->end, text.size());
    }
};

QTEST_APPLESS_MAIN(TestRegexRewriter)
#include "test_regex_rewriter.moc"
