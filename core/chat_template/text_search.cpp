// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/text_search.h"

#include "core/chat_template/characters.h"
#include "core/chat_template/html_escape.h"
#include "core/chat_template/renderer.h"
#include "core/chat_template/substring.h"

#include <algorithm>
#include <set>

namespace lens::jinja {
namespace {

// An empty text stands between all characters and at both ends.
void replaceNothing(Renderer& renderer, TextBuilder& out, const Value& text, const Value& with,
                    std::int64_t times)
{
    const std::string_view bytes = text.bytes();
    std::size_t at = 0;
    for (; times != 0; --times) {
        renderer.budget().step();
        out.append(with);
        if (at >= bytes.size())
            return;
        const std::size_t end = std::min(at + characterLength(bytes[at]), bytes.size());
        out.append(text, at, end);
        at = end;
    }
    out.append(text, at, bytes.size());
}

} // namespace

Value replacedText(Renderer& renderer, const Value& text, const Value& old, const Value& given,
                   std::int64_t times)
{
    TextBuilder out(renderer.heap());
    const std::string_view bytes = text.bytes();
    const std::string_view what = old.bytes();
    const Value with = text.isSafe() ? escapedText(renderer, given) : given;
    renderer.budget().work(bytes.size());
    if (what.empty()) {
        replaceNothing(renderer, out, text, with, times);
        return out.take(text.isSafe());
    }
    std::size_t kept = 0;
    std::size_t at = findText(bytes, what);
    if (at == std::string_view::npos)
        return text;
    for (; at != std::string_view::npos && times != 0; --times) {
        renderer.budget().step();
        out.append(text, kept, at);
        out.append(with);
        kept = at + what.size();
        at = findText(bytes, what, kept);
    }
    out.append(text, kept, bytes.size());
    return out.take(text.isSafe());
}

Value strippedText(Renderer& renderer, const Value& text, const Value* characters, bool left, bool right)
{
    const std::string_view bytes = text.bytes();
    std::set<char32_t> stripped;
    for (std::size_t at = 0; characters && at < characters->bytes().size();)
        stripped.insert(nextCharacter(characters->bytes(), at));
    const auto isStripped = [&](std::size_t at) {
        const char32_t c = nextCharacter(bytes, at);
        return characters ? stripped.contains(c) : isSpace(c);
    };
    std::size_t begin = 0;
    while (left && begin < bytes.size()) {
        const std::size_t next = std::min(begin + characterLength(bytes[begin]), bytes.size());
        if (!isStripped(begin))
            break;
        begin = next;
    }
    std::size_t end = bytes.size();
    while (right && end > begin) {
        std::size_t last = end - 1;
        while (last > begin && (static_cast<unsigned char>(bytes[last]) & 0xC0u) == 0x80)
            --last;
        if (!isStripped(last))
            break;
        end = last;
    }
    renderer.budget().work((begin + bytes.size() - end) * 4 +
                           (characters ? characters->bytes().size() * 64 : 0));
    return slicedText(renderer.heap(), text, begin, end);
}

Values linesOf(Renderer& renderer, const Value& text, bool keepEnds)
{
    const std::string_view bytes = text.bytes();
    renderer.budget().work(bytes.size() * 4);
    Values lines;
    for (std::size_t begin = 0; begin < bytes.size();) {
        std::size_t end = begin;
        std::size_t next = begin;
        bool ended = false;
        while (!ended && next < bytes.size()) {
            end = next;
            ended = isLineEnd(nextCharacter(bytes, next));
        }
        if (!ended)
            end = next;
        else if (bytes[end] == '\r' && next < bytes.size() && bytes[next] == '\n')
            ++next;
        lines.push_back(slicedText(renderer.heap(), text, begin, keepEnds ? next : end));
        begin = next;
    }
    return lines;
}

Value joinedTexts(Renderer& renderer, const Value& separator, const Values& items)
{
    TextBuilder out(renderer.heap());
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0)
            out.append(separator);
        out.append(items[i]);
    }
    renderer.budget().step(items.size());
    return out.take(separator.isSafe());
}

Value centeredText(Renderer& renderer, const Value& text, std::int64_t width, std::string_view fill)
{
    const auto length = static_cast<std::int64_t>(countCharacters(text.bytes()));
    if (width <= length)
        return text;
    const std::int64_t missing = width - length;
    const std::int64_t left = missing / 2 + (missing & width & 1); // as Python's
    TextBuilder out(renderer.heap());
    out.appendRepeated(fill, static_cast<std::size_t>(left));
    out.append(text);
    out.appendRepeated(fill, static_cast<std::size_t>(missing - left));
    return out.take(text.isSafe());
}

} // namespace lens::jinja
