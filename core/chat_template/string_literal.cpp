// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/string_literal.h"

#include "core/chat_template/characters.h"
#include "core/chat_template/failure.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace lens::jinja {
namespace {

class Unescaper {
public:
    explicit Unescaper(std::string_view text) : m_text(text) {}

    std::string run()
    {
        while (m_at < m_text.size()) {
            const std::size_t slash = std::min(m_text.find('\\', m_at), m_text.size());
            m_out += m_text.substr(m_at, slash - m_at);
            m_at = slash + 1;
            if (slash < m_text.size())
                escape();
        }
        return std::move(m_out);
    }

private:
    void escape()
    {
        if (m_at >= m_text.size())
            valueError("\\ at end of string");
        if (static_cast<unsigned char>(m_text[m_at]) >= 0x80)
            return foreign();
        const char letter = m_text[m_at++];
        constexpr std::string_view kLetters = "\\'\"abfnrtv";
        constexpr std::string_view kMeanings = "\\'\"\a\b\f\n\r\t\v";
        if (const std::size_t index = kLetters.find(letter); index != std::string_view::npos)
            m_out.push_back(kMeanings[index]);
        else if (letter >= '0' && letter <= '7')
            octal();
        else if (letter == 'x')
            hexadecimal(2);
        else if (letter == 'u')
            hexadecimal(4);
        else if (letter == 'U')
            hexadecimal(8);
        else if (letter == 'N')
            valueError("characters by their name (\\N) are not known here");
        else if (letter != '\n')
            (m_out += '\\') += letter;
    }

    // jinja2 writes such characters as escapes first, and the backslash before it then stands for itself.
    void foreign()
    {
        const char32_t c = nextCharacter(m_text, m_at);
        std::array<char, 16> buffer{};
        std::snprintf(buffer.data(), buffer.size(),
                      c < 0x100     ? "\\x%02x"
                      : c < 0x10000 ? "\\u%04x"
                                    : "\\U%08x",
                      static_cast<unsigned>(c));
        m_out += buffer.data();
    }

    void octal()
    {
        char32_t value = static_cast<char32_t>(m_text[m_at - 1] - '0');
        for (int i = 0; i < 2 && m_at < m_text.size() && m_text[m_at] >= '0' && m_text[m_at] <= '7'; ++i)
            value = value * 8 + static_cast<char32_t>(m_text[m_at++] - '0');
        appendCharacter(m_out, value);
    }

    void hexadecimal(std::size_t digits)
    {
        unsigned value = 0;
        const std::string_view text = m_text.substr(m_at, digits);
        const auto read = std::from_chars(text.data(), text.data() + text.size(), value, 16);
        if (text.size() != digits || read.ptr != text.data() + digits)
            valueError("truncated escape of a character");
        if (value > 0x10FFFF)
            valueError("illegal Unicode character");
        if (value >= 0xD800 && value < 0xE000)
            valueError("half of a surrogate pair is no character");
        appendCharacter(m_out, value);
        m_at += digits;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_out;
};

} // namespace

std::string unescaped(std::string_view text)
{
    return Unescaper(text).run();
}

} // namespace lens::jinja
