// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/lexer.h"

#include "core/chat_template/characters.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/number_text.h"
#include "core/chat_template/string_literal.h"

#include <algorithm>
#include <array>

namespace lens::jinja {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string withPlainNewlines(std::string_view source)
{
    std::string text;
    text.reserve(source.size());
    for (std::size_t i = 0; i < source.size(); ++i) {
        if (source[i] != '\r') {
            text.push_back(source[i]);
            continue;
        }
        text.push_back('\n');
        if (i + 1 < source.size() && source[i + 1] == '\n')
            ++i;
    }
    if (text.ends_with('\n'))
        text.pop_back();
    return text;
}

class Lexer {
public:
    explicit Lexer(std::string_view source) : m_text(withPlainNewlines(source)) {}

    std::vector<Token> run()
    {
        while (m_at < m_text.size())
            root();
        add(Token::Type::End, "");
        return std::move(m_tokens);
    }

private:
    bool startsWith(std::string_view what) const { return m_text.compare(m_at, what.size(), what) == 0; }
    char charAt(std::size_t at) const { return at < m_text.size() ? m_text[at] : '\0'; }

    void add(Token::Type type, std::string text)
    {
        m_tokens.push_back({type, std::move(text), m_line});
        if (m_tokens.size() > kMaxTokens)
            throw SyntaxFailure("the template is too large", m_line);
    }

    // Moves on and counts lines.
    void skip(std::size_t count)
    {
        const std::size_t end = std::min(m_at + count, m_text.size());
        m_line += static_cast<int>(std::count(m_text.begin() + static_cast<std::ptrdiff_t>(m_at),
                                              m_text.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
        m_at = end;
    }

    std::size_t spacesAt(std::size_t at) const
    {
        std::size_t end = at;
        while (end < m_text.size()) {
            std::size_t next = end;
            if (!isSpace(nextCharacter(m_text, next)))
                break;
            end = next;
        }
        return end - at;
    }

    // Text up to the next tag, and the tag.
    void root()
    {
        std::size_t open = m_at;
        const auto isTag = [&](std::size_t at) {
            return m_text[at] == '{' &&
                   (charAt(at + 1) == '%' || charAt(at + 1) == '{' || charAt(at + 1) == '#');
        };
        while (open < m_text.size() && !isTag(open))
            open = std::min(m_text.find('{', open + 1), m_text.size());
        if (open == m_text.size()) {
            add(Token::Type::Data, m_text.substr(m_at));
            skip(m_text.size());
            return;
        }
        const char kind = m_text[open + 1];
        const char sign = charAt(open + 2) == '-' || charAt(open + 2) == '+' ? m_text[open + 2] : '\0';
        addData(open, sign, kind == '{');
        skip(sign ? 3 : 2);
        if (kind == '#')
            return comment();
        if (kind == '%' && rawBegins())
            return raw();
        add(kind == '{' ? Token::Type::VariableBegin : Token::Type::BlockBegin, "");
        code(kind == '{');
    }

    // m_text[m_at, end) is text before a tag with that sign.
    void addData(std::size_t end, char sign, bool beforeVariable)
    {
        const std::size_t kept = keptBefore(end, sign, beforeVariable);
        if (kept > m_at)
            add(Token::Type::Data, m_text.substr(m_at, kept - m_at));
        skip(end - m_at);
    }

    // Where the text before a tag ends: '-' strips white space, lstrip_blocks the blanks of the tag's line.
    std::size_t keptBefore(std::size_t end, char sign, bool beforeVariable) const
    {
        const std::string_view text(m_text.data() + m_at, end - m_at);
        if (sign == '-') {
            std::size_t kept = 0;
            for (std::size_t at = 0; at < text.size();) {
                if (!isSpace(nextCharacter(text, at)))
                    kept = at;
            }
            return m_at + kept;
        }
        if (sign == '+' || beforeVariable)
            return end;
        const std::size_t newline = text.rfind('\n');
        const std::size_t lineStart = newline == std::string_view::npos ? 0 : newline + 1;
        const bool atLineStart = lineStart > 0 || m_at == 0 || m_text[m_at - 1] == '\n';
        const bool onlyBlanks =
            spacesAt(m_at + lineStart) >= text.size() - lineStart && text.size() > lineStart;
        return atLineStart && onlyBlanks ? m_at + lineStart : end;
    }

    // "-%}" with the white space behind it, "+%}", or "%}" with the newline behind it (trim). The length, or
    // 0.
    std::size_t endLength(std::size_t at, std::string_view close, bool plus, bool trim) const
    {
        if (charAt(at) == '-' && m_text.compare(at + 1, 2, close) == 0)
            return 3 + spacesAt(at + 3);
        if (plus && charAt(at) == '+' && m_text.compare(at + 1, 2, close) == 0)
            return 3;
        if (m_text.compare(at, 2, close) == 0)
            return trim && charAt(at + 2) == '\n' ? 3 : 2;
        return 0;
    }

    void comment()
    {
        for (std::size_t at = m_at; at < m_text.size(); ++at) {
            if (const std::size_t length = endLength(at, "#}", true, true)) {
                skip(at - m_at + length);
                return;
            }
        }
        if (m_at < m_text.size()) // jinja2 lets one pass that the template ends in
            throw SyntaxFailure("Missing end of comment tag", m_line);
    }

    // The rest of "{% raw %}" at m_at: its length, or 0.
    std::size_t rawLength(std::string_view word, std::size_t at, bool trim) const
    {
        const std::size_t begin = at;
        at += spacesAt(at);
        if (m_text.compare(at, word.size(), word) != 0)
            return 0;
        at += word.size();
        at += spacesAt(at);
        const std::size_t length = endLength(at, "%}", trim, trim);
        return length ? at + length - begin : 0;
    }

    bool rawBegins() const { return rawLength("raw", m_at, false) != 0; }

    void raw()
    {
        skip(rawLength("raw", m_at, false));
        for (std::size_t at = m_text.find("{%", m_at); at != std::string::npos;
             at = m_text.find("{%", at + 1)) {
            const char sign = charAt(at + 2) == '-' || charAt(at + 2) == '+' ? m_text[at + 2] : '\0';
            const std::size_t inside = at + (sign ? 3 : 2);
            const std::size_t length = rawLength("endraw", inside, true);
            if (length == 0)
                continue;
            addData(at, sign, false);
            skip(inside - at + length);
            return;
        }
        if (m_at < m_text.size())
            throw SyntaxFailure("Missing end of raw directive", m_line);
    }

    // Tokens up to the end of the tag.
    void code(bool variable)
    {
        m_open.clear();
        while (m_at < m_text.size()) {
            const std::size_t end =
                m_open.empty() ? endLength(m_at, variable ? "}}" : "%}", !variable, !variable) : 0;
            if (end) {
                add(variable ? Token::Type::VariableEnd : Token::Type::BlockEnd, "");
                skip(end);
                return;
            }
            if (const std::size_t spaces = spacesAt(m_at))
                skip(spaces);
            else if (!number() && !name() && !string())
                operatorSign();
        }
    }

    std::size_t digitsAt(std::size_t at) const
    {
        std::size_t end = at;
        while (isDigit(charAt(end)) || (end > at && charAt(end) == '_' && isDigit(charAt(end + 1))))
            ++end;
        return end - at;
    }

    // Length of a float at m_at, or 0.
    std::size_t floatLength() const
    {
        if (m_at > 0 && m_text[m_at - 1] == '.')
            return 0;
        std::size_t end = m_at + digitsAt(m_at);
        if (end == m_at)
            return 0;
        bool isFloat = false;
        if (charAt(end) == '.' && digitsAt(end + 1) > 0) {
            end += 1 + digitsAt(end + 1);
            isFloat = true;
        }
        if (charAt(end) == 'e' || charAt(end) == 'E') {
            const std::size_t sign = charAt(end + 1) == '+' || charAt(end + 1) == '-' ? 1 : 0;
            if (const std::size_t digits = digitsAt(end + 1 + sign)) {
                end += 1 + sign + digits;
                isFloat = true;
            }
        }
        return isFloat ? end - m_at : 0;
    }

    std::size_t integerLength() const
    {
        if (charAt(m_at) == '0') {
            constexpr std::array<std::pair<char, std::string_view>, 3> kBases{
                {{'b', "01"}, {'o', "01234567"}, {'x', "0123456789abcdefABCDEF"}}};
            for (const auto& [letter, digits] : kBases) {
                if ((charAt(m_at + 1) | 0x20) != letter)
                    continue;
                const auto isOne = [&, all = digits](char c) { return c != '\0' && all.find(c) != all.npos; };
                std::size_t end = m_at + 2;
                while (isOne(charAt(end)) || (charAt(end) == '_' && isOne(charAt(end + 1))))
                    ++end;
                if (end > m_at + 2)
                    return end - m_at;
            }
            std::size_t end = m_at + 1;
            while (charAt(end) == '0' || (charAt(end) == '_' && charAt(end + 1) == '0'))
                ++end;
            return end - m_at;
        }
        return digitsAt(m_at);
    }

    bool number()
    {
        if (!isDigit(m_text[m_at]))
            return false;
        const std::size_t floating = floatLength();
        const std::size_t length = floating ? floating : integerLength();
        const std::string text = m_text.substr(m_at, length);
        add(floating ? Token::Type::Float : Token::Type::Integer, text);
        try {
            if (floating)
                m_tokens.back().number = floatFromText(text);
            else
                m_tokens.back().integer = integerFromText(text, 0);
        } catch (const Failure& failure) {
            throw SyntaxFailure(failure.what(), m_line);
        }
        skip(length);
        return true;
    }

    bool name()
    {
        std::size_t end = m_at;
        while (end < m_text.size()) {
            std::size_t next = end;
            const char32_t c = nextCharacter(m_text, next);
            const bool part = c < 0x80 ? c == '_' || isDigit(static_cast<char>(c)) ||
                                             ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
                                       : isWordPart(c) || hasFlag(c, kIdentifierPart);
            if (!part)
                break;
            end = next;
        }
        if (end == m_at)
            return false;
        const std::string text = m_text.substr(m_at, end - m_at);
        checkIdentifier(text);
        add(Token::Type::Name, text);
        skip(end - m_at);
        return true;
    }

    void checkIdentifier(std::string_view text) const
    {
        for (std::size_t at = 0; at < text.size();) {
            const bool first = at == 0;
            const char32_t c = nextCharacter(text, at);
            if (c != '_' && !hasFlag(c, first ? kIdentifierStart : kIdentifierPart))
                throw SyntaxFailure("Invalid character in identifier", m_line);
        }
    }

    bool string()
    {
        const char quote = m_text[m_at];
        if (quote != '\'' && quote != '"')
            return false;
        std::size_t end = m_at + 1;
        while (end < m_text.size() && m_text[end] != quote)
            end += m_text[end] == '\\' ? 2 : 1;
        if (end >= m_text.size())
            return false;
        try {
            add(Token::Type::String, unescaped(std::string_view(m_text).substr(m_at + 1, end - m_at - 1)));
        } catch (const Failure& failure) {
            throw SyntaxFailure(failure.what(), m_line);
        }
        skip(end + 1 - m_at);
        return true;
    }

    void operatorSign()
    {
        constexpr std::array<std::string_view, 26> kSigns{"**", "//", "==", "!=", ">=", "<=", "+", "-", "/",
                                                          "*",  "%",  "~",  "[",  "]",  "(",  ")", "{", "}",
                                                          ">",  "<",  "=",  ".",  ":",  "|",  ",", ";"};
        const auto found =
            std::find_if(kSigns.begin(), kSigns.end(), [&](auto sign) { return startsWith(sign); });
        if (found == kSigns.end()) {
            std::size_t at = m_at;
            nextCharacter(m_text, at);
            throw SyntaxFailure("unexpected character '" + m_text.substr(m_at, at - m_at) + "'", m_line);
        }
        balance(found->front());
        add(Token::Type::Operator, std::string(*found));
        skip(found->size());
    }

    void balance(char sign)
    {
        if (sign == '{' || sign == '(' || sign == '[') {
            m_open.push_back(sign == '{' ? '}' : sign == '(' ? ')' : ']');
        } else if (sign == '}' || sign == ')' || sign == ']') {
            if (m_open.empty())
                throw SyntaxFailure(std::string("unexpected '") + sign + "'", m_line);
            if (m_open.back() != sign)
                throw SyntaxFailure(
                    std::string("unexpected '") + sign + "', expected '" + m_open.back() + "'", m_line);
            m_open.pop_back();
        }
    }

    static constexpr std::size_t kMaxTokens = 2'000'000;

    std::string m_text;
    std::vector<Token> m_tokens;
    std::string m_open; // closing brackets that are waited for
    std::size_t m_at = 0;
    int m_line = 1;
};

} // namespace

std::string Token::shown() const
{
    switch (type) {
    case Type::Data:
        return "template data / text";
    case Type::VariableBegin:
        return "begin of print statement";
    case Type::VariableEnd:
        return "end of print statement";
    case Type::BlockBegin:
        return "begin of statement block";
    case Type::BlockEnd:
        return "end of statement block";
    case Type::String:
        return "string";
    case Type::Integer:
        return "integer";
    case Type::Float:
        return "float";
    case Type::End:
        return "end of template";
    default:
        return text;
    }
}

std::vector<Token> tokensOf(std::string_view source)
{
    return Lexer(source).run();
}

} // namespace lens::jinja
