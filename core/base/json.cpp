// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/json.h"

#include "core/base/error.h"
#include "core/base/file.h"

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

int deepestNesting(std::string_view text)
{
    int depth = 0;
    int deepest = 0;
    forEachOutsideStrings(text, [&](std::size_t i) {
        if (text[i] == '[' || text[i] == '{')
            deepest = std::max(deepest, ++depth);
        else if (text[i] == ']' || text[i] == '}')
            --depth;
    });
    return deepest;
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

// The part of nlohmann's message that says what was expected, without its ids.
std::string plainMessage(std::string message)
{
    const auto colon = message.find("parse error");
    if (colon != std::string::npos)
        message = message.substr(colon);
    const auto dash = message.find(": ");
    return dash == std::string::npos ? message : message.substr(dash + 2);
}

} // namespace

Json parseJson(std::string_view text, const std::string& where, bool comments)
{
    if (deepestNesting(text) > kMaxJsonDepth)
        throw Error("JSON is nested deeper than " + std::to_string(kMaxJsonDepth) + " levels", where);
    try {
        return Json::parse(text, nullptr, true, comments);
    } catch (const nlohmann::json::parse_error& error) {
        if (text.find("NaN") != std::string_view::npos || text.find("Infinity") != std::string_view::npos) {
            Json tolerant = Json::parse(quoteNonFinite(text), nullptr, false, comments);
            if (!tolerant.is_discarded())
                return tolerant;
        }
        throw Error("not valid JSON: " + plainMessage(error.what()), where + ":" + lineOf(text, error.byte));
    }
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
