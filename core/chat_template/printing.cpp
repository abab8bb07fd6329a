// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/printing.h"

#include "core/chat_template/characters.h"
#include "core/chat_template/number_text.h"
#include "core/chat_template/object.h"
#include "core/chat_template/renderer.h"

#include <array>
#include <cstdio>

namespace lens::jinja {
namespace {

std::string escapedCharacter(char32_t c)
{
    std::array<char, 16> buffer{};
    const char* format = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
    std::snprintf(buffer.data(), buffer.size(), format, static_cast<unsigned>(c));
    return buffer.data();
}

std::string quoted(std::string_view text)
{
    const bool single = text.find('\'') == std::string_view::npos || text.find('"') != std::string_view::npos;
    const char quote = single ? '\'' : '"';
    std::string out(1, quote);
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = nextCharacter(text, at);
        if (c == static_cast<unsigned char>(quote) || c == '\\')
            out.push_back('\\');
        if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else if (c == '\t')
            out += "\\t";
        else if (c >= 0x20 && c < 0x7F)
            out.push_back(static_cast<char>(c));
        else if (c < 0x80 || !hasFlag(c, kPrintable))
            out += escapedCharacter(c);
        else
            appendCharacter(out, c);
    }
    out.push_back(quote);
    return out;
}

void reprItems(Renderer& renderer, TextBuilder& out, const Items& items)
{
    out.append(items.isList() ? '[' : '(');
    bool first = true;
    for (const Value& item : items.values()) {
        if (!first)
            out.append(", ");
        first = false;
        reprTo(renderer, out, item);
    }
    if (!items.isList() && items.size() == 1)
        out.append(',');
    out.append(items.isList() ? ']' : ')');
}

void reprDict(Renderer& renderer, TextBuilder& out, const Dict& dict)
{
    out.append('{');
    bool first = true;
    for (const auto& [key, value] : dict.entries()) {
        if (!first)
            out.append(", ");
        first = false;
        reprTo(renderer, out, key);
        out.append(": ");
        reprTo(renderer, out, value);
    }
    out.append('}');
}

void reprString(TextBuilder& out, const Value& value)
{
    const std::size_t begin = out.size();
    const std::string inner = quoted(value.bytes());
    out.append(value.isSafe() ? "Markup(" + inner + ")" : inner, value.source());
    if (value.source() == kOwn && !value.text().marks().empty() &&
        value.text().marks()[0].source != kGeneration)
        out.markFrom(begin, value.text().marks()[0].source);
}

void reprOther(Renderer& renderer, TextBuilder& out, const Value& value)
{
    switch (value.kind()) {
    case Kind::None:
        return out.append("None");
    case Kind::Undefined:
        return out.append("Undefined");
    case Kind::Bool:
        return out.append(value.asBool() ? "True" : "False");
    case Kind::Int:
        return out.append(std::to_string(value.asInt()));
    case Kind::Float:
        return out.append(floatText(value.asNumber()));
    case Kind::List:
    case Kind::Tuple:
        return reprItems(renderer, out, value.items());
    case Kind::Dict:
        return reprDict(renderer, out, value.dict());
    default:
        return out.append(value.object().repr(renderer));
    }
}

} // namespace

void reprTo(Renderer& renderer, TextBuilder& out, const Value& value)
{
    const DepthGuard guard(renderer.budget());
    renderer.budget().step();
    if (value.isString())
        return reprString(out, value);
    const std::size_t begin = out.size();
    reprOther(renderer, out, value);
    if (value.source() != kOwn)
        out.markFrom(begin, value.source());
}

void printTo(Renderer& renderer, TextBuilder& out, const Value& value)
{
    if (value.isString())
        out.append(value);
    else if (!value.isUndefined())
        reprTo(renderer, out, value);
}

Value textOf(Renderer& renderer, const Value& value)
{
    if (value.isString())
        return plainText(renderer.heap(), value);
    TextBuilder out(renderer.heap());
    printTo(renderer, out, value);
    return out.take();
}

Value softText(Renderer& renderer, const Value& value)
{
    return value.isString() ? value : textOf(renderer, value);
}

std::string shownRepr(Renderer& renderer, const Value& value)
{
    TextBuilder out(renderer.heap());
    reprTo(renderer, out, value);
    std::string text = out.takeBytes();
    return text.size() > 80 ? text.substr(0, 80) + "…" : text;
}

} // namespace lens::jinja
