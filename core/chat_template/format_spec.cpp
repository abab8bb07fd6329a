// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/format_spec.h"

#include "core/chat_template/characters.h"
#include "core/chat_template/comparing.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/number_text.h"
#include "core/chat_template/printing.h"
#include "core/chat_template/renderer.h"

#include <cmath>

namespace lens::jinja {
namespace {

constexpr std::int64_t kMaxPrecision = 5000;

struct Spec {
    char32_t fill = 0; // none given
    char align = 0;
    char sign = 0; // none given
    bool alternate = false;
    bool zero = false;
    std::int64_t width = 0;
    char grouping = 0; // ',' or '_'
    std::int64_t precision = -1;
    char32_t type = 0;
};

class SpecReader {
public:
    explicit SpecReader(std::string_view text) : m_text(text) {}

    Spec read()
    {
        Spec spec;
        readAlign(spec);
        if (const char sign = takeOneOf("+- "))
            spec.sign = sign;
        takeOneOf("z");
        spec.alternate = takeOneOf("#") != 0;
        if (m_at < m_text.size() && m_text[m_at] == '0' && spec.fill == 0) {
            spec.zero = true;
            ++m_at;
        }
        spec.width = readNumber(0);
        spec.grouping = takeOneOf(",_");
        if (takeOneOf(".")) {
            spec.precision = readNumber(-1);
            if (spec.precision < 0)
                valueError("Format specifier missing precision");
        }
        if (m_at < m_text.size())
            spec.type = nextCharacter(m_text, m_at);
        if (m_at < m_text.size())
            valueError("Invalid format specifier");
        return spec;
    }

private:
    static bool isAlign(char c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

    void readAlign(Spec& spec)
    {
        if (m_text.empty())
            return;
        std::size_t at = 0;
        const char32_t fill = nextCharacter(m_text, at);
        if (at < m_text.size() && isAlign(m_text[at])) {
            spec.fill = fill;
            spec.align = m_text[at];
            m_at = at + 1;
        } else if (isAlign(m_text[0])) {
            spec.align = m_text[0];
            m_at = 1;
        }
    }

    char takeOneOf(std::string_view letters)
    {
        if (m_at < m_text.size() && letters.find(m_text[m_at]) != std::string_view::npos)
            return m_text[m_at++];
        return 0;
    }

    std::int64_t readNumber(std::int64_t absent)
    {
        std::int64_t number = absent;
        for (; m_at < m_text.size() && m_text[m_at] >= '0' && m_text[m_at] <= '9'; ++m_at) {
            number = (number < 0 ? 0 : number) * 10 + (m_text[m_at] - '0');
            if (number > INT32_MAX)
                valueError("Too many decimal digits in format string");
        }
        return number;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

// Separators into the whole digits; `every` digits one, from the right; zeros up to `width` characters.
std::string grouped(const std::string& digits, char separator, std::size_t every, std::int64_t width)
{
    std::string reversed;
    std::size_t count = 0;
    const auto put = [&](char digit) {
        if (count > 0 && count % every == 0)
            reversed.push_back(separator);
        reversed.push_back(digit);
        ++count;
    };
    for (auto it = digits.rbegin(); it != digits.rend(); ++it)
        put(*it);
    while (static_cast<std::int64_t>(reversed.size()) < width)
        put('0');
    return {reversed.rbegin(), reversed.rend()};
}

// A number in its parts: sign, prefix (0x), whole digits, the rest (.5e+10%).
struct NumberParts {
    bool negative = false;
    std::string prefix;
    std::string whole;
    std::string rest;
};

Value padded(Renderer& renderer, const Value& text, const Spec& spec, char defaultAlign,
             std::size_t inside = 0)
{
    const auto length = static_cast<std::int64_t>(countCharacters(text.bytes()));
    const std::int64_t missing = spec.width > length ? spec.width - length : 0;
    std::string fill;
    appendCharacter(fill, spec.fill ? spec.fill : spec.zero ? U'0' : U' ');
    const char align = spec.align ? spec.align : spec.zero && defaultAlign != '<' ? '=' : defaultAlign;
    const std::int64_t left = align == '<' ? 0 : align == '^' ? missing / 2 : missing;
    TextBuilder out(renderer.heap());
    if (align == '=')
        out.append(text, 0, inside);
    out.appendRepeated(fill, static_cast<std::size_t>(left));
    out.append(text, align == '=' ? inside : 0, text.bytes().size());
    out.appendRepeated(fill, static_cast<std::size_t>(missing - left));
    return out.take();
}

Value formattedParts(Renderer& renderer, const NumberParts& parts, const Spec& spec, std::size_t every,
                     Source source)
{
    std::string head = parts.negative ? "-" : spec.sign == '+' ? "+" : spec.sign == ' ' ? " " : "";
    head += parts.prefix;
    std::string whole = parts.whole;
    if (spec.grouping) {
        const bool zeros = spec.zero && (spec.align == 0 || spec.align == '=');
        const auto used = static_cast<std::int64_t>(head.size() + parts.rest.size());
        renderer.budget().checkLength(static_cast<std::size_t>(spec.width));
        whole = grouped(whole, spec.grouping, every, zeros ? spec.width - used : 0);
    }
    const Value text = renderer.heap().text(head + whole + parts.rest, source);
    return padded(renderer, text, spec, '>', head.size());
}

void refuseForText(const Spec& spec, const Value& value)
{
    if (spec.type != 0 && spec.type != 's')
        valueError("Unknown format code for object of type '" + typeName(value) + "'");
    if (spec.sign != 0 || spec.alternate || spec.grouping || spec.align == '=')
        valueError("sign, '#', ',' and '=' are not allowed in string format specifier");
}

Value formattedString(Renderer& renderer, const Value& value, const Spec& spec)
{
    refuseForText(spec, value);
    Value text = value;
    if (spec.precision >= 0) {
        std::size_t at = 0;
        for (std::int64_t i = 0; i < spec.precision && at < value.bytes().size(); ++i)
            at += characterLength(value.bytes()[at]);
        text = slicedText(renderer.heap(), value, 0, std::min(at, value.bytes().size()));
    }
    return padded(renderer, text, spec, '<');
}

NumberParts floatParts(double number, const Spec& spec)
{
    NumberParts parts;
    parts.negative = std::signbit(number) && !std::isnan(number);
    const double magnitude = std::fabs(number);
    const auto precision = static_cast<int>(spec.precision < 0 ? 6 : spec.precision);
    std::string text;
    if (spec.type == 0 && spec.precision < 0) {
        text = floatText(magnitude);
    } else if (spec.type == 0) {
        text = formattedFloat(magnitude, 'g', std::max(precision, 1), spec.alternate);
        const bool plain = text.find_first_of(".en") == std::string::npos;
        if (plain && std::isfinite(magnitude)) {
            // As g, but with at least one digit behind the point; else the next form of exponent.
            const bool fits = static_cast<int>(text.size()) < std::max(precision, 1);
            text = fits ? text + ".0"
                        : formattedFloat(magnitude, 'e', std::max(precision, 1) - 1, spec.alternate);
        }
    } else if (spec.type == '%') {
        text = formattedFloat(magnitude * 100, 'f', precision, spec.alternate) + "%";
    } else {
        const char type = spec.type == 'n' ? 'g' : static_cast<char>(spec.type);
        text = formattedFloat(magnitude, type, precision, spec.alternate);
    }
    std::size_t digits = text.find_first_not_of("0123456789");
    if (digits == std::string::npos)
        digits = text.size();
    parts.whole = text.substr(0, digits);
    parts.rest = text.substr(digits);
    return parts;
}

bool isOneOf(char32_t type, std::string_view letters)
{
    return type == 0 || (type < 0x80 && letters.find(static_cast<char>(type)) != std::string_view::npos);
}

Value formattedInteger(Renderer& renderer, const Value& value, Spec spec)
{
    if (spec.type != 0 && isOneOf(spec.type, "eEfFgG%"))
        return formattedParts(renderer, floatParts(static_cast<double>(value.asInt()), spec), spec, 3,
                              value.source());
    if (!isOneOf(spec.type, "bcdoxXn") || spec.precision >= 0)
        valueError("Unknown format code or precision for an integer");
    if (spec.type == 'c') {
        if (value.asInt() < 0 || value.asInt() > 0x10FFFF ||
            (value.asInt() >= 0xD800 && value.asInt() < 0xE000))
            overflow("%c arg not in range(0x110000)");
        std::string character;
        appendCharacter(character, static_cast<char32_t>(value.asInt()));
        return padded(renderer, renderer.heap().text(character, value.source()), spec, '<');
    }
    const int base = spec.type == 'b'                       ? 2
                     : spec.type == 'o'                     ? 8
                     : spec.type == 'x' || spec.type == 'X' ? 16
                                                            : 10;
    if (spec.grouping == ',' && base != 10)
        valueError("Cannot specify ',' with this format code");
    NumberParts parts;
    parts.negative = value.asInt() < 0;
    parts.whole = integerDigits(value.asInt(), base);
    if (spec.alternate && base != 10)
        parts.prefix = std::string("0") + static_cast<char>(spec.type);
    if (spec.type == 'X') {
        for (char& c : parts.whole)
            c = c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return formattedParts(renderer, parts, spec, base == 10 ? 3 : 4, value.source());
}

} // namespace

Value formattedValue(Renderer& renderer, const Value& value, std::string_view spec)
{
    if (spec.empty() || (!value.isString() && !value.isNumber())) {
        if (!spec.empty())
            typeError("unsupported format string passed to " + typeName(value) + ".__format__");
        return textOf(renderer, value);
    }
    const Spec form = SpecReader(spec).read();
    if (form.precision > kMaxPrecision)
        fail(FailureKind::Limit, "a format asks for more than 5000 digits");
    if (value.isString())
        return formattedString(renderer, plainText(renderer.heap(), value), form);
    if (value.isIntegral())
        return formattedInteger(renderer, value, form);
    if (!isOneOf(form.type, "eEfFgGn%"))
        valueError("Unknown format code for object of type 'float'");
    return formattedParts(renderer, floatParts(value.asNumber(), form), form, 3, value.source());
}

} // namespace lens::jinja
