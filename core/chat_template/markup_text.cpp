// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/markup_text.h"

#include "core/chat_template/characters.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/renderer.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace lens::jinja {
namespace {

// Without what lies between `open` and `close`; an open one without close stays.
Value without(Renderer& renderer, const Value& text, std::string_view open, std::string_view close)
{
    const std::string_view bytes = text.bytes();
    TextBuilder out(renderer.heap());
    std::size_t kept = 0;
    for (std::size_t at = bytes.find(open); at != std::string_view::npos; at = bytes.find(open, kept)) {
        const std::size_t end = bytes.find(close, at + open.size());
        if (end == std::string_view::npos)
            break;
        out.append(text, kept, at);
        kept = end + close.size();
    }
    out.append(text, kept, bytes.size());
    return out.take();
}

Value withSingleBlanks(Renderer& renderer, const Value& text)
{
    const std::string_view bytes = text.bytes();
    TextBuilder out(renderer.heap());
    bool pending = false;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t begin = at;
        if (isSpace(nextCharacter(bytes, at))) {
            pending = out.size() > 0;
            continue;
        }
        if (pending)
            out.append(' ');
        pending = false;
        out.append(text, begin, at);
    }
    return out.take();
}

char32_t namedEntity(std::string_view name)
{
    constexpr std::array<std::pair<std::string_view, char32_t>, 12> kNames{{{"amp", U'&'},
                                                                            {"lt", U'<'},
                                                                            {"gt", U'>'},
                                                                            {"quot", U'"'},
                                                                            {"apos", U'\''},
                                                                            {"nbsp", U'\u00A0'},
                                                                            {"copy", U'©'},
                                                                            {"reg", U'®'},
                                                                            {"laquo", U'«'},
                                                                            {"raquo", U'»'},
                                                                            {"mdash", U'—'},
                                                                            {"hellip", U'…'}}};
    const auto found =
        std::find_if(kNames.begin(), kNames.end(), [&](const auto& one) { return one.first == name; });
    if (found == kNames.end())
        fail(FailureKind::Runtime, "striptags does not know the entity '" + std::string(name) + "'");
    return found->second;
}

char32_t numericEntity(std::string_view digits)
{
    unsigned value = 0;
    const bool hexadecimal = digits.starts_with('x') || digits.starts_with('X');
    digits.remove_prefix(hexadecimal ? 1 : 0);
    const auto read =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, hexadecimal ? 16 : 10);
    const bool odd = value < 0x20 || (value >= 0x7F && value < 0xA0) || (value >= 0xD800 && value < 0xE000);
    if (read.ptr != digits.data() + digits.size() || digits.empty() || odd || value > 0x10FFFF)
        fail(FailureKind::Runtime, "striptags does not know the entity '#" + std::string(digits) + "'");
    return value;
}

Value withoutEntities(Renderer& renderer, const Value& text)
{
    const std::string_view bytes = text.bytes();
    TextBuilder out(renderer.heap());
    std::size_t kept = 0;
    for (std::size_t at = bytes.find('&'); at != std::string_view::npos; at = bytes.find('&', at + 1)) {
        std::size_t end = at + 1;
        while (end < bytes.size() &&
               (isWordPart(static_cast<unsigned char>(bytes[end])) || bytes[end] == '#'))
            ++end;
        if (end == at + 1)
            continue;
        const std::string_view name = bytes.substr(at + 1, end - at - 1);
        out.append(text, kept, at);
        out.appendCharacter(name[0] == '#' ? numericEntity(name.substr(1)) : namedEntity(name),
                            text.source());
        kept = end < bytes.size() && bytes[end] == ';' ? end + 1 : end;
    }
    out.append(text, kept, bytes.size());
    return out.take();
}

} // namespace

Value withoutTags(Renderer& renderer, const Value& text)
{
    renderer.budget().work(text.bytes().size() * 8);
    const Value plain = without(renderer, without(renderer, text, "<!--", "-->"), "<", ">");
    return withoutEntities(renderer, withSingleBlanks(renderer, plain));
}

} // namespace lens::jinja
