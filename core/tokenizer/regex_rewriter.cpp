// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/regex_rewriter.h"

#include "core/base/error.h"
#include "core/tokenizer/ruby_classes.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

namespace lens {
namespace {

std::string hexEscape(char32_t codePoint)
{
    char buffer[16];
    std::snprintf(buffer, sizeof buffer, "\\x{%x}", static_cast<unsigned>(codePoint));
    return buffer;
}

// One set of characters as the contents of a class; negated: everything else.
struct Set {
    std::string contents;
    bool negated = false;
};

class Rewriter {
public:
    Rewriter(std::string_view pattern, const std::string& where) : m_pattern(pattern), m_where(where) {}

    std::string rewrite()
    {
        while (m_at < m_pattern.size())
            next();
        m_out.append(static_cast<std::size_t>(m_openOptions), ')');
        return std::move(m_out);
    }

private:
    [[noreturn]] void refuse(const std::string& construct) const
    {
        throw Error("the regular expression uses " + construct + ", which is not known", m_where,
                    "pattern: " + std::string(m_pattern));
    }

    bool startsWith(std::string_view text) const { return m_pattern.substr(m_at, text.size()) == text; }
    bool skip(std::string_view text)
    {
        if (!startsWith(text))
            return false;
        m_at += text.size();
        return true;
    }
    char take()
    {
        if (m_at >= m_pattern.size())
            refuse("an unfinished construct");
        return m_pattern[m_at++];
    }
    // One character of any length, as it is.
    std::string_view takeCharacter()
    {
        const std::size_t length =
            std::min<std::size_t>(utf8Length(m_pattern[m_at]), m_pattern.size() - m_at);
        const auto character = m_pattern.substr(m_at, length);
        m_at += length;
        return character;
    }
    std::string_view takeUntil(std::string_view end, const char* construct)
    {
        const auto stop = m_pattern.find(end, m_at);
        if (stop == std::string_view::npos)
            refuse(std::string("an unfinished ") + construct);
        const auto inside = m_pattern.substr(m_at, stop - m_at);
        m_at = stop + end.size();
        return inside;
    }

    // Appends one atom, which a quantifier may follow.
    void atom(std::string_view text)
    {
        m_atom = m_out.size();
        m_out.append(text);
    }
    void atom(const Set& set) { atom((set.negated ? "[^" : "[") + set.contents + "]"); }

    void next()
    {
        switch (m_pattern[m_at]) {
        case '\\':
            ++m_at;
            return escape();
        case '[':
            ++m_at;
            return bracket();
        case '(':
            ++m_at;
            return open();
        case ')':
            ++m_at;
            return close();
        case '{':
            return interval();
        case '|':
        case '*':
        case '+':
        case '?':
            m_out.push_back(take());
            return;
        default:
            return atom(takeCharacter());
        }
    }

    // Escapes that stand for one character. Nothing: another kind of escape.
    std::optional<char32_t> escapedCharacter(char c)
    {
        switch (c) {
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        case 'f':
            return '\f';
        case 'v':
            return '\v';
        case 'a':
            return '\a';
        case 'e':
            return 0x1B;
        case 'u':
            return hexNumber(m_pattern.substr(m_at, 4), 4);
        case 'x':
            return hexCharacter();
        default:
            break;
        }
        if (static_cast<unsigned char>(c) < 0x80 && !std::isalnum(static_cast<unsigned char>(c)))
            return static_cast<unsigned char>(c);
        if (static_cast<unsigned char>(c) >= 0x80) {
            --m_at;
            const std::string_view character = takeCharacter();
            return stepUtf8(character, 0).codePoint;
        }
        return std::nullopt;
    }

    char32_t hexCharacter()
    {
        if (skip("{"))
            return hexNumber(takeUntil("}", "\\x{…}"), 0);
        const char32_t value = hexNumber(m_pattern.substr(m_at, 2), 2);
        if (value > 0x7F)
            refuse("a byte escape above \\x7f");
        return value;
    }

    // Reads `digits`; skip: how many to step over in the pattern.
    char32_t hexNumber(std::string_view digits, std::size_t skipped)
    {
        char32_t value = 0;
        for (const char c : digits) {
            if (!std::isxdigit(static_cast<unsigned char>(c)))
                refuse("a malformed character number");
            value = value << 4 | static_cast<char32_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        }
        if (digits.empty() || digits.size() > 6 || digits.size() < skipped || value > 0x10FFFF)
            refuse("a malformed character number");
        m_at += skipped;
        return value;
    }

    // \s \w \d \h \p{…} and their opposites.
    std::optional<Set> escapedSet(char c)
    {
        switch (c) {
        case 's':
        case 'S':
            return Set{kRubySpace, c == 'S'};
        case 'd':
        case 'D':
            return Set{"\\p{Nd}", c == 'D'};
        case 'w':
        case 'W':
            return Set{kRubyWord, c == 'W'};
        case 'h':
        case 'H':
            return Set{kRubyHex, c == 'H'};
        case 'p':
        case 'P': {
            if (!skip("{"))
                refuse("\\p without braces");
            const bool opposite = skip("^");
            return Set{property(takeUntil("}", "\\p{…}")), opposite != (c == 'P')};
        }
        default:
            return std::nullopt;
        }
    }

    std::string property(std::string_view name)
    {
        auto contents = propertyClass(name);
        if (!contents)
            refuse("the property \"" + std::string(name) + "\"");
        return std::move(*contents);
    }

    void escape()
    {
        const char c = take();
        if (c == 'R')
            return atom("\\R");
        if (c == 'A' || c == 'z' || c == 'Z')
            return atom(std::string("\\") + c);
        if (c == 'b' || c == 'B')
            return atom(wordBoundary(c == 'B'));
        if (const auto set = escapedSet(c))
            return atom(singleSet(*set));
        if (const auto character = escapedCharacter(c))
            return atom(hexEscape(*character));
        refuse(std::string("\\") + c);
    }

    // A set outside of brackets: the shorter spelling where there is one.
    static std::string singleSet(const Set& set)
    {
        const bool onlyProperty =
            set.contents.rfind("\\p{", 0) == 0 && set.contents.find('}') == set.contents.size() - 1;
        if (!onlyProperty)
            return (set.negated ? "[^" : "[") + set.contents + "]";
        return (set.negated ? "\\P" : "\\p") + set.contents.substr(2);
    }

    static std::string wordBoundary(bool opposite)
    {
        const std::string word = "[" + std::string(kRubyWord) + "]";
        const std::string both = "(?<=" + word + ")(?=" + word + ")|(?<!" + word + ")(?!" + word + ")";
        const std::string one = "(?<=" + word + ")(?!" + word + ")|(?<!" + word + ")(?=" + word + ")";
        return "(?:" + (opposite ? both : one) + ")";
    }

    void open()
    {
        m_groups.push_back({m_out.size(), 0});
        if (!skip("?")) {
            m_out += "(?:"; // nothing refers to groups, so none needs to be captured
            return;
        }
        for (const char* kind : {":", "=", "!", ">", "<=", "<!"}) {
            if (skip(kind)) {
                m_out += "(?" + std::string(kind);
                return;
            }
        }
        if (skip("#")) {
            takeUntil(")", "comment");
            m_groups.pop_back();
            return;
        }
        if (skip("<")) {
            takeUntil(">", "group name");
            m_out += "(?:";
            return;
        }
        options();
    }

    // (?i:…) and (?i): Ruby's m is PCRE2's s; a bare (?i) makes a group up to the next ')'.
    void options()
    {
        std::string flags;
        while (m_at < m_pattern.size() && m_pattern[m_at] != ':' && m_pattern[m_at] != ')') {
            const char flag = take();
            if (flag != 'i' && flag != 'm' && flag != '-')
                refuse(std::string("the option or group (?") + flag);
            flags.push_back(flag == 'm' ? 's' : flag);
        }
        m_out += "(?" + flags + ":";
        if (take() == ':')
            return;
        m_groups.pop_back();
        if (m_groups.empty())
            ++m_openOptions;
        else
            ++m_groups.back().openOptions;
    }

    void close()
    {
        if (m_groups.empty())
            refuse("a ) without its (");
        const Group group = m_groups.back();
        m_out.append(static_cast<std::size_t>(group.openOptions), ')');
        m_groups.pop_back();
        m_out.push_back(')');
        m_atom = group.begin;
    }

    // {n}, {n,}, {,m}, {n,m}; anything else in braces is text. Possessive after ? * + only: {n,m}+ repeats.
    void interval()
    {
        const auto stop = m_pattern.find('}', m_at);
        const std::string_view inside =
            stop == std::string_view::npos ? std::string_view() : m_pattern.substr(m_at + 1, stop - m_at - 1);
        const auto comma = inside.find(',');
        const auto digits = [](std::string_view text) {
            return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
        };
        const bool counted = !inside.empty() && inside != "," && digits(inside.substr(0, comma)) &&
                             (comma == std::string_view::npos || digits(inside.substr(comma + 1)));
        if (!counted) {
            ++m_at;
            return atom("\\{");
        }
        m_at = stop + 1;
        m_out.append(comma == 0 ? "{0" : "{").append(inside).append("}");
        if (startsWith("+") || (startsWith("?") && comma == std::string_view::npos))
            m_out = m_out.substr(0, m_atom) + "(?:" + m_out.substr(m_atom) + ")" + take();
    }

    // The inside of [...], after the opening bracket. Nested classes are united with it.
    void bracket()
    {
        Set set;
        set.negated = skip("^");
        if (startsWith("]")) {
            set.contents += "\\]";
            ++m_at;
        }
        while (!skip("]")) {
            if (startsWith("&&"))
                return intersection(set);
            classItem(set);
        }
        atom(set);
    }

    // [a&&[^b]] is (?![b])[a].
    void intersection(const Set& left)
    {
        if (left.negated || !skip("&&[^"))
            refuse("a class intersection other than [a&&[^b]]");
        Set right;
        while (!skip("]"))
            classItem(right);
        if (!skip("]"))
            refuse("a class intersection other than [a&&[^b]]");
        atom("(?:(?![" + right.contents + "])[" + left.contents + "])");
    }

    void classItem(Set& set)
    {
        if (skip("[:")) {
            const bool opposite = skip("^");
            const std::string_view name = takeUntil(":]", "[:…:]");
            const char* contents = posixClass(name);
            if (!contents)
                refuse("the class [:" + std::string(name) + ":]");
            return unite(set, {contents, opposite});
        }
        if (skip("[")) {
            if (startsWith("^"))
                refuse("a negated class inside a class");
            while (!skip("]")) {
                if (startsWith("&&"))
                    refuse("a class intersection inside a class");
                classItem(set);
            }
            return;
        }
        if (m_at >= m_pattern.size())
            refuse("an unfinished [");
        if (!skip("\\")) {
            set.contents.append(takeCharacter());
            return;
        }
        const char c = take();
        if (const auto escaped = escapedSet(c))
            return unite(set, *escaped);
        const auto character = c == 'b' ? std::optional<char32_t>('\b') : escapedCharacter(c);
        if (!character)
            refuse(std::string("\\") + c + " inside a class");
        set.contents += hexEscape(*character);
    }

    // PCRE2 can take the opposite of one property into a class, not that of several.
    void unite(Set& set, const Set& other)
    {
        if (!other.negated) {
            set.contents += other.contents;
            return;
        }
        const std::string single = singleSet(other);
        if (single.front() == '[')
            refuse("the opposite of a set inside a class");
        set.contents += single;
    }

    struct Group {
        std::size_t begin = 0; // in m_out
        int openOptions = 0;   // groups that bare options opened inside, closed with it
    };

    std::string_view m_pattern;
    const std::string& m_where;
    std::size_t m_at = 0;
    std::string m_out;
    std::size_t m_atom = 0; // where the last atom begins in m_out
    std::vector<Group> m_groups;
    int m_openOptions = 0; // outside of all groups
};

} // namespace

std::string pcrePatternOf(std::string_view onigurumaPattern, const std::string& where)
{
    return Rewriter(onigurumaPattern, where).rewrite();
}

std::string literalPattern(std::string_view text)
{
    std::string pattern;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20)
            pattern += hexEscape(byte);
        else if (byte < 0x80 && !std::isalnum(byte))
            pattern += std::string("\\") + c;
        else
            pattern.push_back(c);
    }
    return pattern;
}

} // namespace lens
