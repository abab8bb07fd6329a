// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/json_fields.h"

#include <cmath>
#include <limits>
#include <sstream>

namespace lens {
namespace {

const Json kNull;
const Json kEmpty = Json::object();

std::string shownNumber(double value)
{
    std::ostringstream stream;
    stream << value;
    return stream.str();
}

std::string rangeText(const std::string& low, const std::string& high)
{
    return "allowed " + low + " to " + high;
}

} // namespace

std::string shownJson(const Json& value)
{
    constexpr std::size_t kMaxShown = 60;
    std::string text = toJsonLine(value);
    if (text.size() <= kMaxShown)
        return text;
    text.resize(kMaxShown);
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0x80u) != 0)
        text.pop_back();
    return text + "…";
}

std::optional<std::int64_t> wholeNumber(const Json& value)
{
    if (value.is_number_unsigned()) {
        const auto number = value.get<std::uint64_t>();
        if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return std::nullopt;
        return static_cast<std::int64_t>(number);
    }
    if (value.is_number_integer())
        return value.get<std::int64_t>();
    if (value.is_number_float()) {
        const double number = value.get<double>();
        if (std::floor(number) == number && std::abs(number) <= 9007199254740992.0)
            return static_cast<std::int64_t>(number);
    }
    return std::nullopt;
}

JsonFields::JsonFields(const Json& object, std::string where, std::vector<Problem>& problems)
    : m_object(object.is_object() ? &object : &kEmpty)
    , m_where(std::move(where))
    , m_problems(&problems)
{
    if (!object.is_object())
        m_problems->push_back({"found " + shownJson(object) + ", an object is needed", m_where, ""});
}

bool JsonFields::has(const char* key) const
{
    return !at(key).is_null();
}

const Json& JsonFields::at(const char* key) const
{
    const auto found = m_object->find(key);
    return found == m_object->end() ? kNull : *found;
}

void JsonFields::problem(const char* key, const std::string& what, const std::string& hint) const
{
    m_problems->push_back({what, m_where + ": " + key, hint});
}

bool JsonFields::missing(const char* key) const
{
    if (has(key))
        return false;
    problem(key, "is missing");
    return true;
}

std::int64_t JsonFields::integer(const char* key, std::int64_t fallback, std::int64_t low,
                                 std::int64_t high) const
{
    if (!has(key))
        return fallback;
    const auto value = wholeNumber(at(key));
    if (value && *value >= low && *value <= high)
        return *value;
    problem(key, "found " + shownJson(at(key)) + ", a whole number is needed, " +
                     rangeText(std::to_string(low), std::to_string(high)));
    return fallback;
}

double JsonFields::number(const char* key, double fallback, double low, double high) const
{
    if (!has(key))
        return fallback;
    const double value = jsonNumber(at(key));
    if (value >= low && value <= high)
        return value;
    problem(key, "found " + shownJson(at(key)) + ", a number is needed, " +
                     rangeText(shownNumber(low), shownNumber(high)));
    return fallback;
}

bool JsonFields::boolean(const char* key, bool fallback) const
{
    if (!has(key))
        return fallback;
    if (at(key).is_boolean())
        return at(key).get<bool>();
    problem(key, "found " + shownJson(at(key)) + ", true or false is needed");
    return fallback;
}

std::string JsonFields::text(const char* key, std::string fallback) const
{
    if (!has(key))
        return fallback;
    if (at(key).is_string())
        return at(key).get<std::string>();
    problem(key, "found " + shownJson(at(key)) + ", a text is needed");
    return fallback;
}

std::int64_t JsonFields::requiredInteger(const char* key, std::int64_t low, std::int64_t high) const
{
    return missing(key) ? low : integer(key, low, low, high);
}

double JsonFields::requiredNumber(const char* key, double low, double high) const
{
    return missing(key) ? low : number(key, low, low, high);
}

std::string JsonFields::requiredText(const char* key) const
{
    return missing(key) ? std::string() : text(key, {});
}

std::vector<std::int64_t> JsonFields::integerOrList(const char* key) const
{
    if (!has(key))
        return {};
    std::vector<std::int64_t> values;
    const Json list = at(key).is_array() ? at(key) : Json::array({at(key)});
    for (const Json& item : list) {
        if (const auto value = wholeNumber(item))
            values.push_back(*value);
        else
            problem(key, "found " + shownJson(item) + ", a whole number or a list of them is needed");
    }
    return values;
}

std::vector<std::string> JsonFields::textList(const char* key) const
{
    if (!has(key))
        return {};
    std::vector<std::string> values;
    bool good = at(key).is_array();
    for (const Json& item : at(key)) {
        if (item.is_string())
            values.push_back(item.get<std::string>());
        else
            good = false;
    }
    if (!good)
        problem(key, "found " + shownJson(at(key)) + ", a list of texts is needed");
    return values;
}

} // namespace lens
