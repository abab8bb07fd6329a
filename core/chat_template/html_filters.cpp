// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Filters about HTML and URLs.
#include "core/chat_template/characters.h"
#include "core/chat_template/comparing.h"
#include "core/chat_template/containers.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/filters.h"
#include "core/chat_template/html_escape.h"
#include "core/chat_template/iteration.h"
#include "core/chat_template/markup_text.h"
#include "core/chat_template/renderer.h"
#include "core/chat_template/text_search.h"

namespace lens::jinja {
namespace {

Value escape(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments none("escape", arguments, {});
    return escapedText(renderer, input);
}

Value forceEscape(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments none("forceescape", arguments, {});
    return forceEscapedText(renderer, textOf(renderer, input));
}

Value safe(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments none("safe", arguments, {});
    return safeText(renderer.heap(), softText(renderer, input));
}

Value striptags(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments none("striptags", arguments, {});
    return withoutTags(renderer, textOf(renderer, input));
}

bool isUnreserved(char c, bool query)
{
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter || c == '_' || c == '.' || c == '-' || c == '~' || (c == '/' && !query);
}

void quoteTo(Renderer& renderer, TextBuilder& out, const Value& value, bool query)
{
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const Value text = textOf(renderer, value);
    std::string quoted;
    for (const char c : text.bytes()) {
        const auto byte = static_cast<unsigned char>(c);
        if (isUnreserved(c, query))
            quoted.push_back(c);
        else if (query && c == ' ')
            quoted.push_back('+');
        else
            ((quoted += '%') += kDigits[byte >> 4]) += kDigits[byte & 15];
    }
    out.append(quoted, text.source());
}

Value urlencode(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments none("urlencode", arguments, {});
    TextBuilder out(renderer.heap());
    if (input.isString() || !tryIterate(renderer, input)) {
        quoteTo(renderer, out, input, false);
        return out.take();
    }
    Values pairs;
    if (input.isDict()) {
        for (const auto& [key, value] : input.dict().entries())
            pairs.push_back(renderer.heap().tuple({key, value}));
    } else {
        pairs = listed(renderer, input);
    }
    bool first = true;
    for (const Value& pair : pairs) {
        const Values parts = listed(renderer, pair);
        if (parts.size() != 2)
            valueError("not two values to unpack");
        if (!first)
            out.append('&');
        first = false;
        quoteTo(renderer, out, parts[0], true);
        out.append('=');
        quoteTo(renderer, out, parts[1], true);
    }
    return out.take();
}

Value xmlattr(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("xmlattr", arguments, {"autospace"});
    expectDefined(input);
    if (!input.isDict())
        typeError("'" + typeName(input) + "' object has no attribute 'items'");
    TextBuilder out(renderer.heap());
    for (const auto& [key, value] : input.dict().entries()) {
        if (value.isNone() || value.isUndefined())
            continue;
        if (!key.isString())
            typeError("expected string, got " + typeName(key));
        if (key.bytes().find_first_of(" \t\n\r\f\v/>=") != std::string_view::npos)
            valueError("Invalid character in attribute name: '" + std::string(key.bytes()) + "'");
        if (out.size() > 0)
            out.append(' ');
        out.append(escapedText(renderer, key));
        out.append("=\"");
        out.append(escapedText(renderer, value));
        out.append('"');
    }
    if (out.size() == 0 || (bound.has(0) && !isTrue(renderer, bound.at(0))))
        return out.take();
    TextBuilder spaced(renderer.heap());
    spaced.append(' ');
    spaced.append(out.take());
    return spaced.take();
}

constexpr NamedFilter kFilters[] = {
    {"safe", &safe},
    {"escape", &escape},
    {"e", &escape},
    {"forceescape", &forceEscape},
    {"striptags", &striptags},
    {"urlencode", &urlencode},
    {"xmlattr", &xmlattr},
};

} // namespace

Filter htmlFilter(std::string_view name)
{
    for (const NamedFilter& one : kFilters) {
        if (one.name == name)
            return one.filter;
    }
    return nullptr;
}

} // namespace lens::jinja
