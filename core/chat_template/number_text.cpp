// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/number_text.h"

#include "core/chat_template/characters.h"
#include "core/chat_template/failure.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace lens::jinja {
namespace {

constexpr double kTwo63 = 9223372036854775808.0;

std::string_view stripped(std::string_view text)
{
    std::size_t begin = text.size();
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t here = at;
        if (isSpace(nextCharacter(text, at)))
            continue;
        begin = std::min(begin, here);
        end = at;
    }
    return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

[[noreturn]] void notANumber(const char* what, std::string_view text)
{
    valueError(std::string("'") + std::string(text.substr(0, 60)) + "' is not " + what);
}

// Underscores are allowed between digits only. False if one stands elsewhere.
bool removeUnderscores(std::string& text)
{
    std::string kept;
    const auto isDigit = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '_') {
            kept.push_back(text[i]);
        } else if (i == 0 || i + 1 == text.size() || !isDigit(text[i - 1]) || !isDigit(text[i + 1])) {
            return false;
        }
    }
    text = std::move(kept);
    return true;
}

std::string lowered(std::string_view text)
{
    std::string low(text);
    for (char& c : low)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return low;
}

// Takes "0x" and the like off; 0 where no base remains to be guessed.
int takePrefix(std::string& digits, int base)
{
    const auto hasPrefix = [&](char letter) {
        return digits.size() > 1 && digits[0] == '0' && digits[1] == letter;
    };
    for (const auto& [letter, value] : {std::pair{'x', 16}, {'o', 8}, {'b', 2}}) {
        if (!hasPrefix(letter) || (base != 0 && base != value))
            continue;
        digits.erase(0, 2);
        if (!digits.empty() && digits[0] == '_')
            digits.erase(0, 1);
        return value;
    }
    if (base != 0)
        return base;
    const bool zeros = digits.find_first_not_of("0_") == std::string::npos;
    return digits.size() > 1 && digits[0] == '0' && !zeros ? 0 : 10;
}

bool looksLikeFloat(const std::string& text)
{
    std::size_t at = text.starts_with('+') || text.starts_with('-') ? 1 : 0;
    std::size_t digits = 0;
    const auto skipDigits = [&] {
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
            ++digits;
    };
    skipDigits();
    if (at < text.size() && text[at] == '.') {
        ++at;
        skipDigits();
    }
    if (digits == 0)
        return false;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        digits = 0;
        skipDigits();
        if (digits == 0)
            return false;
    }
    return at == text.size();
}

} // namespace

std::string floatText(double number)
{
    if (std::isnan(number))
        return "nan";
    if (std::isinf(number))
        return number > 0 ? "inf" : "-inf";
    std::array<char, 40> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific);
    const std::string scientific(buffer.data(), end.ptr);
    const std::size_t e = scientific.find('e');
    const int exponent = std::atoi(scientific.c_str() + e + 1);
    if (exponent < -4 || exponent >= 16)
        return scientific; // two digits of exponent at least, as Python's
    const auto plain =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed);
    std::string text(buffer.data(), plain.ptr);
    return text.find('.') == std::string::npos ? text + ".0" : text;
}

std::string formattedFloat(double number, char type, int precision, bool alternate)
{
    const bool upper = type == 'E' || type == 'F' || type == 'G';
    if (std::isnan(number))
        return upper ? "NAN" : "nan";
    if (std::isinf(number))
        return std::string(number < 0 ? "-" : "") + (upper ? "INF" : "inf");
    const std::string format = std::string("%") + (alternate ? "#" : "") + ".*" + type;
    const int length = std::snprintf(nullptr, 0, format.c_str(), precision, number);
    std::string text(static_cast<std::size_t>(length) + 1, '\0');
    std::snprintf(text.data(), text.size(), format.c_str(), precision, number);
    text.pop_back();
    return text;
}

std::string integerDigits(std::int64_t number, int base)
{
    const std::uint64_t magnitude =
        number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
    std::array<char, 70> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude, base);
    return {buffer.data(), end.ptr};
}

std::int64_t integerFromText(std::string_view text, int base)
{
    if (base != 0 && (base < 2 || base > 36))
        valueError("int() base must be >= 2 and <= 36, or 0");
    std::string digits = lowered(stripped(text));
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+'))
        digits.erase(0, 1);
    base = takePrefix(digits, base);
    std::uint64_t magnitude = 0;
    if (base == 0 || digits.empty() || !removeUnderscores(digits))
        notANumber("an integer", text);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), magnitude, base);
    if (read.ptr != digits.data() + digits.size() || read.ec == std::errc::invalid_argument)
        notANumber("an integer", text);
    if (read.ec == std::errc::result_out_of_range ||
        magnitude > (std::uint64_t(1) << 63) - (negative ? 0 : 1))
        overflow("an integer is too large: " + std::string(text.substr(0, 60)));
    return static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude);
}

double floatFromText(std::string_view text)
{
    std::string digits(stripped(text));
    const std::string low =
        lowered(digits.starts_with('+') || digits.starts_with('-') ? digits.substr(1) : digits);
    const double sign = digits.starts_with('-') ? -1.0 : 1.0;
    if (low == "inf" || low == "infinity")
        return sign * HUGE_VAL;
    if (low == "nan")
        return std::nan("");
    if (!removeUnderscores(digits) || !looksLikeFloat(digits))
        notANumber("a number", text);
    const char* begin = digits.data() + (digits.starts_with('+') ? 1 : 0);
    double number = 0;
    const auto read = std::from_chars(begin, digits.data() + digits.size(), number);
    if (read.ec == std::errc::result_out_of_range)
        return std::strtod(begin, nullptr); // infinity or zero
    return number;
}

std::int64_t integerFromFloat(double number)
{
    if (std::isnan(number))
        valueError("cannot convert float NaN to integer");
    if (std::isinf(number))
        overflow("cannot convert float infinity to integer");
    if (number >= kTwo63 || number < -kTwo63)
        overflow("an integer is too large: " + floatText(number));
    return static_cast<std::int64_t>(number);
}

} // namespace lens::jinja
