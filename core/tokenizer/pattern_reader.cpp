// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/tokenizer/pattern_reader.h"

#include "core/base/error.h"
#include "core/tokenizer/ruby_classes.h"
#include "core/tokenizer/unicode_sets.h"
#include "core/tokenizer/utf8.h"

#include <cctype>

namespace lens {

PatternReader::PatternReader(std::string_view pattern, const std::string& where)
    : m_pattern(pattern)
    , m_where(where)
{
    if (firstInvalidUtf8(pattern) < pattern.size())
        reject("bytes that are not UTF-8");
}

void PatternReader::refuse(const std::string& construct) const
{
    throw Error("the regular expression uses " + construct + ", which is not known", m_where,
                "pattern: " + std::string(m_pattern));
}

void PatternReader::reject(const std::string& problem) const
{
    throw Error("the regular expression is not accepted: " + problem, m_where,
                "pattern: " + std::string(m_pattern));
}

bool PatternReader::skip(std::string_view text)
{
    if (!startsWith(text))
        return false;
    m_at += text.size();
    return true;
}

char PatternReader::take()
{
    if (atEnd())
        reject("an unfinished construct");
    return m_pattern[m_at++];
}

char32_t PatternReader::takeCharacter()
{
    if (atEnd())
        reject("an unfinished construct");
    const Utf8Step step = stepUtf8(m_pattern, m_at);
    m_at += step.length;
    return step.codePoint;
}

std::string_view PatternReader::takeUntil(std::string_view end, const std::string& construct)
{
    const auto stop = m_pattern.find(end, m_at);
    if (stop == std::string_view::npos)
        reject("an unfinished " + construct);
    const auto inside = m_pattern.substr(m_at, stop - m_at);
    m_at = stop + end.size();
    return inside;
}

char32_t PatternReader::number(std::string_view digits, unsigned base) const
{
    char32_t value = 0;
    for (const char c : digits) {
        const int digit = std::isdigit(static_cast<unsigned char>(c))    ? c - '0'
                          : std::isxdigit(static_cast<unsigned char>(c)) ? (c | 0x20) - 'a' + 10
                                                                         : 99;
        if (digit >= static_cast<int>(base))
            reject("a malformed character number");
        value = value * base + static_cast<char32_t>(digit);
        if (value > kLastCodePoint)
            reject("a character number above 10FFFF");
    }
    if (digits.empty() || (value >= 0xD800 && value <= 0xDFFF))
        reject("a malformed character number");
    return value;
}

char32_t PatternReader::takeNumber(std::size_t least, std::size_t most, unsigned base)
{
    std::size_t count = 0;
    const auto isDigit = [&](char c) {
        return base == 8 ? c >= '0' && c < '8' : std::isxdigit(static_cast<unsigned char>(c)) != 0;
    };
    while (count < most && m_at + count < m_pattern.size() && isDigit(m_pattern[m_at + count]))
        ++count;
    if (count < least)
        reject("a malformed character number");
    const auto digits = m_pattern.substr(m_at, count);
    m_at += count;
    return count == 0 ? 0 : number(digits, base);
}

// Oniguruma takes \xE2 as one byte of a character.
char32_t PatternReader::byteEscape(char32_t value) const
{
    if (value > 0x7F)
        refuse("a byte escape above \\x7f");
    return value;
}

std::optional<char32_t> PatternReader::escapedCharacter(char c)
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
    case '0':
        return byteEscape(takeNumber(0, 2, 8));
    case 'o':
        return skip("{") ? std::optional(number(takeUntil("}", "\\o{…}"), 8)) : std::nullopt;
    case 'u':
        return takeNumber(4, 4, 16);
    case 'x':
        return skip("{") ? number(takeUntil("}", "\\x{…}"), 16) : byteEscape(takeNumber(1, 2, 16));
    default:
        break;
    }
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80)
        return std::isalnum(byte) ? std::nullopt : std::optional<char32_t>(byte);
    --m_at;
    return takeCharacter();
}

std::optional<CodePointSet> PatternReader::escapedSet(char c, bool inBrackets)
{
    switch (c) {
    case 's':
        return property("White_Space", inBrackets);
    case 'S':
        return ~property("White_Space", inBrackets);
    case 'd':
        return property("Nd", inBrackets);
    case 'D':
        return ~property("Nd", inBrackets);
    case 'w':
        return property("word", inBrackets);
    case 'W':
        return ~property("word", inBrackets);
    case 'h':
        return rubyHex();
    case 'H':
        return ~rubyHex();
    case 'p':
    case 'P': {
        if (!skip("{"))
            reject("\\p without braces");
        const bool opposite = skip("^") != (c == 'P');
        const CodePointSet& set = property(takeUntil("}", "\\p{…}"), inBrackets);
        return opposite ? ~set : set;
    }
    default:
        return std::nullopt;
    }
}

const CodePointSet& PatternReader::property(std::string_view name, bool inBrackets)
{
    const std::string plain = plainName(name) + (inBrackets ? "]" : "");
    const auto known = m_sets.find(plain);
    if (known != m_sets.end())
        return known->second;
    auto set = plain == "word]" ? posixClass("word") : propertyClass(name);
    if (!set)
        refuse("the property \"" + std::string(name) + "\"");
    return m_sets.emplace(plain, std::move(*set)).first->second;
}

} // namespace lens
