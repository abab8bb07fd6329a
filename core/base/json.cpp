// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/json.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json_tree.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lens {
namespace {

// Walks the text outside of strings; visit(index) may look at and act on the character there.
template <typename Visit>
void forEachOutsideStrings(std::string_view text, Visit visit)
{
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else {
            visit(i);
        }
    }
}

// Python's json module writes NaN, Infinity and -Infinity bare. Each becomes the string of the same name.
std::string quoteNonFinite(std::string_view text)
{
    std::string out;
    std::size_t copied = 0;
    forEachOutsideStrings(text, [&](std::size_t i) {
        if (i < copied)
            return;
        for (const std::string_view word : {"-Infinity", "Infinity", "NaN"}) {
            if (text.substr(i, word.size()) != word)
                continue;
            out.append(text.substr(copied, i - copied));
            out.append("\"").append(word).append("\"");
            copied = i + word.size();
            return;
        }
    });
    return out.append(text.substr(copied));
}

std::string lineOf(std::string_view text, std::size_t byte)
{
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size()));
    return std::to_string(1 + std::count(text.begin(), end, '\n'));
}

// The part of nlohmann's message that says what was expected, without its ids and places.
std::string plainMessage(const std::string& message)
{
    const auto begin =
        message.find("parse error") != std::string::npos ? message.find(": ") : message.find("] ");
    return begin == std::string::npos ? message : message.substr(begin + 2);
}

class Parser final : public nlohmann::json_sax<Json> {
public:
    Parser(std::string_view text, const std::string& where) : m_text(text), m_where(where), m_tree(where) {}

    Json parse(bool comments)
    {
        Json::sax_parse(m_text.begin(), m_text.end(), this, nlohmann::detail::input_format_t::json, true,
                        comments);
        return m_tree.take();
    }

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(value); }
    bool number_unsigned(number_unsigned_t value) override { return put(value); }
    bool number_float(number_float_t value, const string_t&) override { return put(value); }
    bool string(string_t& value) override { return put(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return m_tree.open(Json::object()) != nullptr; }
    bool start_array(std::size_t) override { return m_tree.open(Json::array()) != nullptr; }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override
    {
        m_tree.key(std::move(name));
        return true;
    }
    bool parse_error(std::size_t at, const std::string&, const nlohmann::json::exception& error) override
    {
        throw Error("not valid JSON: " + plainMessage(error.what()), m_where + ":" + lineOf(m_text, at));
    }

private:
    bool put(Json value) { return m_tree.put(std::move(value)) != nullptr; }
    bool close()
    {
        m_tree.close();
        return true;
    }

    std::string_view m_text;
    const std::string& m_where;
    JsonTree m_tree;
};

} // namespace

Json parseJson(std::string_view text, const std::string& where, bool comments)
{
    try {
        return Parser(text, where).parse(comments);
    } catch (const Error&) {
        if (text.find("NaN") == std::string_view::npos && text.find("Infinity") == std::string_view::npos)
            throw;
    }
    const std::string quoted = quoteNonFinite(text); // of the same lines
    return Parser(quoted, where).parse(comments);
}

Json readJsonFile(const std::filesystem::path& path, bool comments, std::size_t maxBytes)
{
    return parseJson(readFile(path, maxBytes), path.string(), comments);
}

namespace {

Json withoutNonFinite(const Json& value)
{
    if (value.is_number_float()) {
        const double number = value.get<double>();
        if (std::isnan(number))
            return "NaN";
        if (std::isinf(number))
            return number > 0 ? "Infinity" : "-Infinity";
        return value;
    }
    if (!value.is_structured())
        return value;
    Json copy = value;
    for (auto& item : copy)
        item = withoutNonFinite(item);
    return copy;
}

} // namespace

std::string toJsonLine(const Json& value)
{
    return withoutNonFinite(value).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string toJsonText(const Json& value)
{
    return withoutNonFinite(value).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

double jsonNumber(const Json& value)
{
    if (value.is_number())
        return value.get<double>();
    if (value == "Infinity")
        return std::numeric_limits<double>::infinity();
    if (value == "-Infinity")
        return -std::numeric_limits<double>::infinity();
    return std::numeric_limits<double>::quiet_NaN();
}

} // namespace lens
