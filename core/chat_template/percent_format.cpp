// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/percent_format.h"

#include "core/chat_template/attributes.h"
#include "core/chat_template/characters.h"
#include "core/chat_template/comparing.h"
#include "core/chat_template/containers.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/html_escape.h"
#include "core/chat_template/number_text.h"
#include "core/chat_template/printing.h"
#include "core/chat_template/range.h"
#include "core/chat_template/renderer.h"

#include <cmath>

namespace lens::jinja {
namespace {

struct Conversion {
    bool left = false;
    bool plus = false;
    bool blank = false;
    bool alternate = false;
    bool zero = false;
    std::int64_t width = 0;
    std::int64_t precision = -1;
    char type = 0;
};

class PercentFormatter {
public:
    PercentFormatter(Renderer& renderer, const Value& format, const Value& arguments)
        : m_renderer(renderer)
        , m_format(format)
        , m_arguments(arguments)
        , m_out(renderer.heap())
        , m_bytes(format.bytes())
        , m_isTuple(arguments.isSequence() && !arguments.items().isList())
    {
    }

    Value run()
    {
        while (m_at < m_bytes.size()) {
            const std::size_t percent = std::min(m_bytes.find('%', m_at), m_bytes.size());
            m_out.append(m_format, m_at, percent);
            m_at = percent + 1;
            if (percent < m_bytes.size())
                convert();
        }
        const bool all = m_isTuple ? m_used == m_arguments.items().size() : m_used > 0 || isMapping();
        if (!all)
            typeError("not all arguments converted during string formatting");
        return m_out.take(m_format.isSafe());
    }

private:
    // What Python takes as one: everything with [], but not strings and tuples.
    bool isMapping() const
    {
        return m_arguments.isDict() || m_arguments.isUndefined() ||
               (m_arguments.isSequence() && m_arguments.items().isList()) ||
               (m_arguments.isObject() && dynamic_cast<const Range*>(&m_arguments.object()));
    }

    char peek() const
    {
        if (m_at >= m_bytes.size())
            valueError("incomplete format");
        return m_bytes[m_at];
    }

    Value nextArgument()
    {
        const bool some = m_isTuple ? m_used < m_arguments.items().size() : m_used == 0;
        if (!some)
            typeError("not enough arguments for format string");
        return m_isTuple ? m_arguments.items().values()[m_used++] : (++m_used, m_arguments);
    }

    void convert()
    {
        std::optional<Value> named = readName();
        Conversion conversion;
        readFlags(conversion);
        conversion.width = readNumber(conversion.left);
        if (peek() == '.') {
            ++m_at;
            bool ignored = false;
            conversion.precision = std::max<std::int64_t>(readNumber(ignored), 0);
        }
        while (peek() == 'l' || peek() == 'h' || peek() == 'L')
            ++m_at;
        conversion.type = peek();
        ++m_at;
        if (conversion.precision > 5000)
            fail(FailureKind::Limit, "a format asks for more than 5000 digits");
        if (conversion.type == '%')
            return m_out.append('%');
        write(named ? *named : nextArgument(), conversion);
    }

    std::optional<Value> readName()
    {
        if (peek() != '(')
            return std::nullopt;
        if (!isMapping())
            typeError("format requires a mapping");
        const std::size_t begin = ++m_at;
        for (int open = 1; open > 0; ++m_at)
            open += peek() == '(' ? 1 : peek() == ')' ? -1 : 0;
        const std::string name(m_bytes.substr(begin, m_at - 1 - begin));
        expectDefined(m_arguments);
        if (!m_arguments.isDict())
            typeError("indices must be integers, not str");
        const Value* value = m_arguments.dict().find(name);
        if (!value)
            fail(FailureKind::Lookup, "'" + name + "' is not in the mapping of the format");
        ++m_used;
        return *value;
    }

    void readFlags(Conversion& conversion)
    {
        for (;; ++m_at) {
            switch (peek()) {
            case '-':
                conversion.left = true;
                break;
            case '+':
                conversion.plus = true;
                break;
            case ' ':
                conversion.blank = true;
                break;
            case '#':
                conversion.alternate = true;
                break;
            case '0':
                conversion.zero = true;
                break;
            default:
                return;
            }
        }
    }

    std::int64_t readNumber(bool& left)
    {
        if (peek() == '*') {
            ++m_at;
            const Value value = nextArgument();
            if (!value.isIntegral())
                typeError("* wants int");
            left = left || value.asInt() < 0;
            if (std::llabs(value.asInt()) > INT32_MAX)
                valueError("width too big");
            return std::llabs(value.asInt());
        }
        std::int64_t number = 0;
        for (; peek() >= '0' && peek() <= '9'; ++m_at) {
            number = number * 10 + (peek() - '0');
            if (number > INT32_MAX)
                valueError("width too big");
        }
        return number;
    }

    void write(const Value& value, const Conversion& conversion)
    {
        switch (conversion.type) {
        case 's':
        case 'r':
        case 'a':
            return writeText(textFor(value, conversion.type), conversion);
        case 'c':
            return writeText(character(value), conversion);
        case 'd':
        case 'i':
        case 'u':
        case 'o':
        case 'x':
        case 'X':
            return writeInteger(value, conversion);
        case 'e':
        case 'E':
        case 'f':
        case 'F':
        case 'g':
        case 'G':
            return writeFloat(value, conversion);
        default:
            valueError(std::string("unsupported format character '") + conversion.type + "'");
        }
    }

    Value textFor(const Value& value, char type)
    {
        if (type == 's')
            return m_format.isSafe() ? escapedText(m_renderer, value) : textOf(m_renderer, value);
        TextBuilder out(m_renderer.heap());
        reprTo(m_renderer, out, value);
        const Value text = out.take();
        return m_format.isSafe() ? forceEscapedText(m_renderer, text) : text;
    }

    Value character(const Value& value)
    {
        if (value.isString() && countCharacters(value.bytes()) == 1)
            return value;
        if (!value.isIntegral()) {
            expectDefined(value);
            typeError("%c requires int or char");
        }
        if (value.asInt() < 0 || value.asInt() > 0x10FFFF ||
            (value.asInt() >= 0xD800 && value.asInt() < 0xE000))
            overflow("%c arg not in range(0x110000)");
        std::string bytes;
        appendCharacter(bytes, static_cast<char32_t>(value.asInt()));
        return m_renderer.heap().text(bytes, value.source());
    }

    void writeText(const Value& text, const Conversion& conversion)
    {
        std::size_t end = text.bytes().size();
        if (conversion.precision >= 0) {
            std::size_t at = 0;
            for (std::int64_t i = 0; i < conversion.precision && at < end; ++i)
                at += characterLength(text.bytes()[at]);
            end = std::min(at, end);
        }
        pad(slicedText(m_renderer.heap(), text, 0, end), conversion);
    }

    void pad(const Value& text, const Conversion& conversion)
    {
        const auto length = static_cast<std::int64_t>(countCharacters(text.bytes()));
        const auto missing = static_cast<std::size_t>(std::max<std::int64_t>(conversion.width - length, 0));
        if (!conversion.left)
            m_out.appendRepeated(" ", missing);
        m_out.append(text);
        if (conversion.left)
            m_out.appendRepeated(" ", missing);
    }

    // sign and prefix, then zeros up to the width if asked for, then the digits.
    void writeNumber(std::string head, const std::string& digits, const Conversion& conversion, Source source)
    {
        const auto length = static_cast<std::int64_t>(head.size() + digits.size());
        if (conversion.zero && !conversion.left && conversion.width > length) {
            m_renderer.budget().checkLength(static_cast<std::size_t>(conversion.width));
            head.append(static_cast<std::size_t>(conversion.width - length), '0');
        }
        pad(m_renderer.heap().text(head + digits, source), conversion);
    }

    static std::string signOf(bool negative, const Conversion& conversion)
    {
        return negative ? "-" : conversion.plus ? "+" : conversion.blank ? " " : "";
    }

    void writeInteger(const Value& value, const Conversion& conversion)
    {
        const bool decimal = conversion.type == 'd' || conversion.type == 'i' || conversion.type == 'u';
        if (!value.isIntegral() && !(decimal && value.isFloat())) {
            if (decimal)
                expectDefined(value);
            typeError(std::string("%") + conversion.type + " format: a number is required, not " +
                      typeName(value));
        }
        const std::int64_t number = value.isFloat() ? integerFromFloat(value.asNumber()) : value.asInt();
        const int base = conversion.type == 'o' ? 8 : decimal ? 10 : 16;
        std::string digits = integerDigits(number, base);
        if (static_cast<std::int64_t>(digits.size()) < conversion.precision)
            digits.insert(0, static_cast<std::size_t>(conversion.precision) - digits.size(), '0');
        std::string head = signOf(number < 0, conversion);
        if (conversion.alternate && base != 10)
            (head += '0') += conversion.type;
        if (conversion.type == 'X') {
            for (char& c : digits)
                c = c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
        }
        writeNumber(head, digits, conversion, value.source());
    }

    void writeFloat(const Value& value, const Conversion& conversion)
    {
        if (!value.isNumber()) {
            expectDefined(value);
            typeError("must be real number, not " + typeName(value));
        }
        const double number = value.asNumber();
        const auto precision = static_cast<int>(conversion.precision < 0 ? 6 : conversion.precision);
        const std::string digits =
            formattedFloat(std::fabs(number), conversion.type, precision, conversion.alternate);
        writeNumber(signOf(std::signbit(number) && !std::isnan(number), conversion), digits, conversion,
                    value.source());
    }

    Renderer& m_renderer;
    const Value& m_format;
    const Value& m_arguments;
    TextBuilder m_out;
    std::string_view m_bytes;
    std::size_t m_at = 0;
    std::size_t m_used = 0;
    bool m_isTuple;
};

} // namespace

Value percentFormatted(Renderer& renderer, const Value& format, const Value& arguments)
{
    return PercentFormatter(renderer, format, arguments).run();
}

} // namespace lens::jinja
