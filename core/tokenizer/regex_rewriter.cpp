// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/regex_rewriter.h"

#include "core/tokenizer/bracket_class.h"
#include "core/tokenizer/pattern_reader.h"
#include "core/tokenizer/ruby_classes.h"
#include "core/tokenizer/unicode_sets.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <map>
#include <vector>

namespace lens {
namespace {

constexpr std::size_t kMaxGroupDepth = 200;
constexpr std::size_t kMaxRewrittenBytes = 1 << 20;
constexpr int kMaxQuantifiers = 8; // on one atom

std::string literal(char32_t codePoint)
{
    if (codePoint < 0x80 && std::isalnum(static_cast<int>(codePoint)))
        return std::string(1, static_cast<char>(codePoint));
    char buffer[16];
    std::snprintf(buffer, sizeof buffer, "\\x{%x}", static_cast<unsigned>(codePoint));
    return buffer;
}

class Rewriter {
public:
    Rewriter(std::string_view pattern, const std::string& where) : m_reader(pattern, where)
    {
        m_groups.push_back({});
    }

    PcreText rewrite()
    {
        while (!m_reader.atEnd()) {
            next();
            if (m_out.exact.size() > kMaxRewrittenBytes)
                m_reader.refuse("too many classes of characters");
        }
        if (m_groups.size() > 1)
            m_reader.reject("a ( without its )");
        append(std::string(m_groups.back().openOptions, ')'));
        return std::move(m_out);
    }

private:
    struct Options {
        bool ignoreCase = false;
        bool dotAll = false;
        bool extended = false;
    };
    struct Group {
        std::size_t usual = 0; // where it begins in m_out
        std::size_t exact = 0;
        std::size_t openOptions = 0; // groups that bare options opened inside, closed with it
        bool looksAround = false;
        Options before; // to go back to
    };

    void append(const std::string& text)
    {
        m_out.usual += text;
        m_out.exact += text;
    }
    // Appends one atom, which a quantifier may follow.
    void atom(const PcreText& text)
    {
        m_atomUsual = m_out.usual.size();
        m_atomExact = m_out.exact.size();
        m_out.usual += text.usual;
        m_out.exact += text.exact;
        m_repeatable = true;
    }
    void atom(const CodePointSet& set)
    {
        m_folded.clear();
        atom(m_speller.spell(set));
    }
    // What matches no text itself and cannot be repeated.
    void anchor(const std::string& text)
    {
        append(text);
        m_repeatable = false;
    }

    void next()
    {
        if (m_options.extended && skippedAsNote())
            return;
        const char c = m_reader.rest().front();
        if (c == '{')
            return interval();
        if (static_cast<unsigned char>(c) >= 0x80)
            return character(m_reader.takeCharacter());
        m_reader.step(1);
        switch (c) {
        case '\\':
            return escape();
        case '[':
            return atom(bracketClass(m_reader, m_options.ignoreCase));
        case '(':
            return open();
        case ')':
            return close();
        case '|':
            m_folded.clear();
            return anchor("|");
        case '^':
        case '$':
            return anchor(std::string(1, c));
        case '.':
            m_folded.clear();
            return m_options.dotAll ? atom({"(?s:.)", "(?s:.)"}) : atom({"\\N", "\\N"});
        case '*':
        case '+':
        case '?':
            return quantifier(std::string(1, c), true);
        default:
            return character(static_cast<unsigned char>(c));
        }
    }

    bool skippedAsNote()
    {
        if (m_reader.skip("#")) {
            while (!m_reader.atEnd() && m_reader.take() != '\n')
                continue;
            return true;
        }
        const bool blank =
            std::string_view(" \t\n\r\f\v").find(m_reader.rest().front()) != std::string_view::npos;
        m_reader.step(blank ? 1 : 0);
        return blank;
    }

    void character(char32_t codePoint)
    {
        if (!m_options.ignoreCase)
            return atom({literal(codePoint), literal(codePoint)});
        refuseFullFold(codePoint);
        if (codePoint < 0x80 && std::isalpha(static_cast<int>(codePoint)))
            return atom({"(?i:" + literal(codePoint) + ")", "(?i:" + literal(codePoint) + ")"});
        const CodePointSet cases = caseClosure(CodePointSet{{codePoint, codePoint}});
        atom(cases.size() == 1 ? PcreText{literal(codePoint), literal(codePoint)} : m_speller.spell(cases));
    }

    // Where case is ignored, "ss" would match ß too.
    void refuseFullFold(char32_t codePoint)
    {
        const auto simple = m_simpleFolds.find(codePoint);
        m_folded.push_back(simple == m_simpleFolds.end() ? codePoint : simple->second);
        for (const auto& [one, several] : m_fullFolds) {
            if (one == codePoint || m_folded.ends_with(several))
                m_reader.refuse("letters that are one in another case, where case is ignored,");
        }
    }

    void escape()
    {
        const char c = m_reader.take();
        if (c == 'R') {
            m_folded.clear();
            const std::string newline = "(?>\\r\\n|[\\n-\\r\\x{85}\\x{2028}\\x{2029}])";
            return atom({newline, newline});
        }
        if (c == 'N' || c == 'O') {
            m_folded.clear();
            return c == 'N' ? atom({"\\N", "\\N"}) : atom({"(?s:.)", "(?s:.)"});
        }
        if (c == 'A' || c == 'z' || c == 'Z')
            return anchor(std::string("\\") + c);
        if (c == 'b' || c == 'B')
            return wordBoundary(c == 'B');
        if (c >= '1' && c <= '9')
            m_reader.refuse("a reference to a group");
        if (const auto set = m_reader.escapedSet(c, false))
            return atom(*set);
        if (const auto codePoint = m_reader.escapedCharacter(c))
            return character(*codePoint);
        m_reader.refuse(std::string("\\") + c);
    }

    void wordBoundary(bool opposite)
    {
        const PcreText word = m_speller.spell(rubyWord());
        const auto boundary = [&](const std::string& w) {
            const std::string both = "(?<=" + w + ")(?=" + w + ")|(?<!" + w + ")(?!" + w + ")";
            const std::string one = "(?<=" + w + ")(?!" + w + ")|(?<!" + w + ")(?=" + w + ")";
            return "(?:" + (opposite ? both : one) + ")";
        };
        m_out.usual += boundary(word.usual);
        m_out.exact += boundary(word.exact);
        m_repeatable = false;
    }

    void open()
    {
        if (m_reader.skip("?#")) {
            m_reader.takeUntil(")", "comment");
            return;
        }
        if (m_groups.size() > kMaxGroupDepth)
            m_reader.refuse("groups nested this deep");
        m_groups.push_back({m_out.usual.size(), m_out.exact.size(), 0, false, m_options});
        m_repeatable = false;
        if (!m_reader.skip("?"))
            return append("(?:"); // nothing refers to groups, so none needs to be captured
        for (const char* kind : {"=", "!", "<=", "<!"}) {
            if (m_reader.skip(kind)) {
                m_groups.back().looksAround = true;
                return append("(?" + std::string(kind));
            }
        }
        for (const char* kind : {":", ">"}) {
            if (m_reader.skip(kind))
                return append("(?" + std::string(kind));
        }
        if (m_reader.skip("<") || m_reader.startsWith("'"))
            return named();
        options();
    }

    void named()
    {
        const bool quoted = m_reader.skip("'");
        const std::string_view name = m_reader.takeUntil(quoted ? "'" : ">", "group name");
        const auto isLetter = [](char c) {
            return std::isalpha(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80) != 0;
        };
        if (name.empty() || !isLetter(name[0]) || !std::all_of(name.begin(), name.end(), [&](char c) {
                return isLetter(c) || std::isdigit(static_cast<unsigned char>(c));
            }))
            m_reader.refuse("the group (?<" + std::string(name) + ">");
        append("(?:");
    }

    // (?i:…) and (?i): a bare one makes a group up to the next ')'.
    void options()
    {
        bool on = true;
        while (true) {
            const char flag = m_reader.take();
            if (flag == ':' || flag == ')') {
                append("(?:");
                if (flag == ')')
                    keepOptions();
                return;
            }
            if (flag == '-' && on)
                on = false;
            else if (flag == 'i')
                m_options.ignoreCase = on;
            else if (flag == 'm')
                m_options.dotAll = on;
            else if (flag == 'x')
                m_options.extended = on;
            else
                m_reader.refuse(std::string("the option or group (?") + flag);
        }
    }

    // They hold to the end of the group around them.
    void keepOptions()
    {
        m_groups.pop_back();
        ++m_groups.back().openOptions;
    }

    void close()
    {
        if (m_groups.size() < 2)
            m_reader.refuse("a ) without its (");
        const Group group = m_groups.back();
        m_groups.pop_back();
        append(std::string(group.openOptions + 1, ')'));
        m_atomUsual = group.usual;
        m_atomExact = group.exact;
        m_options = group.before;
        m_repeatable = !group.looksAround;
    }

    // {n}, {n,}, {,m}, {n,m}; anything else in braces is text.
    void interval()
    {
        const std::string_view rest = m_reader.rest();
        const auto stop = rest.find('}');
        const std::string_view inside =
            stop == std::string_view::npos ? std::string_view() : rest.substr(1, stop - 1);
        const auto comma = inside.find(',');
        const auto low = inside.substr(0, comma);
        const auto high = comma == std::string_view::npos ? low : inside.substr(comma + 1);
        const auto isNumber = [](std::string_view text) {
            return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
        };
        if (inside.empty() || inside == "," || !isNumber(low) || !isNumber(high)) {
            m_reader.step(1);
            return character('{');
        }
        if (low.size() > 5 || high.size() > 5 ||
            (!high.empty() && !low.empty() && number(low) > number(high)))
            m_reader.reject("the interval {" + std::string(inside) + "}");
        m_reader.step(stop + 1);
        const std::string text = (comma == 0 ? "{0" : "{") + std::string(inside) + "}";
        // Possessive or lazy only where the interval has a comma, and never possessive: {n}? and {n}+ repeat.
        quantifier(text, false);
        if (comma != std::string_view::npos && m_reader.skip("?")) {
            append("?");
            m_quantified = m_out.usual.size();
        }
    }

    static int number(std::string_view digits) { return std::stoi(std::string(digits)); }

    // A second one repeats what the first one repeated.
    void quantifier(const std::string& text, bool mayBePossessive)
    {
        if (!m_repeatable)
            m_reader.reject("a quantifier with nothing to repeat");
        m_quantifiers = m_quantified == m_out.usual.size() ? m_quantifiers + 1 : 0;
        if (m_quantifiers > kMaxQuantifiers)
            m_reader.refuse("that many quantifiers in a row");
        if (m_quantifiers > 0) {
            m_out.usual = m_out.usual.substr(0, m_atomUsual) + "(?:" + m_out.usual.substr(m_atomUsual) + ")";
            m_out.exact = m_out.exact.substr(0, m_atomExact) + "(?:" + m_out.exact.substr(m_atomExact) + ")";
        }
        append(text);
        if (mayBePossessive && (m_reader.startsWith("+") || m_reader.startsWith("?")))
            append(std::string(1, m_reader.take()));
        m_quantified = m_out.usual.size();
        m_folded.clear();
    }

    PatternReader m_reader;
    ClassSpeller m_speller;
    std::map<char32_t, char32_t> m_simpleFolds = simpleFolds();
    std::map<char32_t, std::u32string> m_fullFolds = fullFolds();
    Options m_options;
    std::vector<Group> m_groups;
    PcreText m_out;
    std::size_t m_atomUsual = 0; // where the last atom begins in m_out
    std::size_t m_atomExact = 0;
    std::size_t m_quantified = 0; // where the last quantifier ends in m_out.usual
    int m_quantifiers = 0;        // before it, of the same atom
    bool m_repeatable = false;
    std::u32string m_folded; // letters in a row where case is ignored, folded
};

} // namespace

PcreText pcrePatternOf(std::string_view onigurumaPattern, const std::string& where)
{
    return Rewriter(onigurumaPattern, where).rewrite();
}

std::string literalPattern(std::string_view text)
{
    std::string pattern;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80)
            pattern += literal(byte);
        else
            pattern.push_back(c);
    }
    return pattern;
}

} // namespace lens
