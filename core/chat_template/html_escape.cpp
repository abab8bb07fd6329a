// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/html_escape.h"

#include "core/chat_template/printing.h"
#include "core/chat_template/renderer.h"

namespace lens::jinja {
namespace {

const char* entityOf(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '\'':
        return "&#39;";
    case '"':
        return "&#34;";
    default:
        return nullptr;
    }
}

} // namespace

Value forceEscapedText(Renderer& renderer, const Value& text)
{
    TextBuilder out(renderer.heap());
    const std::string_view bytes = text.bytes();
    std::size_t kept = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const char* entity = entityOf(bytes[at]);
        if (!entity)
            continue;
        out.append(text, kept, at);
        const std::size_t begin = out.size();
        out.append(text, at, at + 1); // to learn the source of the character
        const Source source =
            out.marks().empty() || out.marks().back().end <= begin ? kOwn : out.marks().back().source;
        out.replaceFrom(begin, entity, source);
        kept = at + 1;
    }
    out.append(text, kept, bytes.size());
    return out.take(true);
}

Value escapedText(Renderer& renderer, const Value& value)
{
    if (value.isSafe())
        return value;
    return forceEscapedText(renderer, textOf(renderer, value));
}

} // namespace lens::jinja
