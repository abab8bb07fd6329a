// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// str methods that take text apart and put it together: split, strip, join …
#include "core/chat_template/characters.h"
#include "core/chat_template/comparing.h"
#include "core/chat_template/containers.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/html_escape.h"
#include "core/chat_template/iteration.h"
#include "core/chat_template/methods.h"
#include "core/chat_template/renderer.h"
#include "core/chat_template/substring.h"
#include "core/chat_template/text_search.h"

#include <algorithm>

namespace lens::jinja {
namespace {

Value stripped(Renderer& renderer, const Value& self, Arguments& arguments, bool left, bool right)
{
    expectPositional("strip", arguments, 0, 1);
    const Value* characters = arguments.positional.empty() ? nullptr : &arguments.positional[0];
    if (characters && characters->isNone())
        characters = nullptr;
    if (characters && !characters->isString())
        typeError("strip arg must be None or str");
    return strippedText(renderer, self, characters, left, right);
}

Value strip(Renderer& renderer, const Value& self, Arguments& arguments)
{
    return stripped(renderer, self, arguments, true, true);
}

Value lstrip(Renderer& renderer, const Value& self, Arguments& arguments)
{
    return stripped(renderer, self, arguments, true, false);
}

Value rstrip(Renderer& renderer, const Value& self, Arguments& arguments)
{
    return stripped(renderer, self, arguments, false, true);
}

struct SplitArguments {
    const Value* separator = nullptr; // null: white space
    std::int64_t most = -1;
};

SplitArguments splitArguments(const char* function, const Arguments& arguments)
{
    const BoundArguments bound(function, arguments, {"sep", "maxsplit"});
    SplitArguments split;
    split.separator = bound.given(0);
    if (split.separator && !split.separator->isString())
        typeError("must be str or None, not " + typeName(*split.separator));
    if (split.separator && split.separator->bytes().empty())
        valueError("empty separator");
    if (bound.has(1)) {
        if (!bound.at(1).isIntegral())
            typeError("'" + typeName(bound.at(1)) + "' object cannot be interpreted as an integer");
        split.most = bound.at(1).asInt();
    }
    return split;
}

// Collects pieces of a text.
class Pieces {
public:
    Pieces(Renderer& renderer, const Value& text) : m_renderer(renderer), m_text(text) {}

    void add(std::size_t begin, std::size_t end)
    {
        m_renderer.budget().step();
        m_renderer.budget().checkLength(m_pieces.size() * sizeof(Value));
        m_pieces.push_back(slicedText(m_renderer.heap(), m_text, begin, end));
    }
    Value take(bool reversed)
    {
        if (reversed)
            std::reverse(m_pieces.begin(), m_pieces.end());
        return m_renderer.heap().list(std::move(m_pieces));
    }

private:
    Renderer& m_renderer;
    const Value& m_text;
    Values m_pieces;
};

Value splitAtSpace(Renderer& renderer, const Value& self, std::int64_t most)
{
    const std::string_view bytes = self.bytes();
    Pieces pieces(renderer, self);
    std::size_t begin = std::string_view::npos;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t here = at;
        const bool space = isSpace(nextCharacter(bytes, at));
        if (space && begin != std::string_view::npos) {
            pieces.add(begin, here);
            begin = std::string_view::npos;
        } else if (!space && begin == std::string_view::npos) {
            begin = here;
            if (most == 0) {
                // The rest stays one piece, its white space at the end included only where Python keeps it.
                pieces.add(begin, bytes.size());
                return pieces.take(false);
            }
            --most;
        }
    }
    if (begin != std::string_view::npos)
        pieces.add(begin, bytes.size());
    return pieces.take(false);
}

Value splitAtSpaceFromEnd(Renderer& renderer, const Value& self, std::int64_t most)
{
    const std::string_view bytes = self.bytes();
    const auto before = [&](std::size_t at) {
        do
            --at;
        while (at > 0 && (static_cast<unsigned char>(bytes[at]) & 0xC0u) == 0x80);
        return at;
    };
    Pieces pieces(renderer, self);
    std::size_t end = 0; // of the piece under way, 0 for none
    for (std::size_t at = bytes.size(); at > 0;) {
        const std::size_t here = before(at);
        std::size_t next = here;
        const bool space = isSpace(nextCharacter(bytes, next));
        if (space && end > 0) {
            pieces.add(at, end);
            end = 0;
        } else if (!space && end == 0) {
            end = at;
            if (most == 0) {
                pieces.add(0, end);
                return pieces.take(true);
            }
            --most;
        }
        at = here;
    }
    if (end > 0)
        pieces.add(0, end);
    return pieces.take(true);
}

Value split(Renderer& renderer, const Value& self, Arguments& arguments)
{
    const SplitArguments split = splitArguments("split", arguments);
    renderer.budget().work(self.bytes().size());
    if (!split.separator)
        return splitAtSpace(renderer, self, split.most);
    const std::string_view bytes = self.bytes();
    const std::string_view separator = split.separator->bytes();
    Pieces pieces(renderer, self);
    std::size_t begin = 0;
    std::int64_t left = split.most;
    for (std::size_t at = findText(bytes, separator); at != std::string_view::npos && left != 0; --left) {
        pieces.add(begin, at);
        begin = at + separator.size();
        at = findText(bytes, separator, begin);
    }
    pieces.add(begin, bytes.size());
    return pieces.take(false);
}

Value rsplit(Renderer& renderer, const Value& self, Arguments& arguments)
{
    const SplitArguments split = splitArguments("rsplit", arguments);
    renderer.budget().work(self.bytes().size());
    if (!split.separator)
        return splitAtSpaceFromEnd(renderer, self, split.most);
    const std::string_view bytes = self.bytes();
    const std::string_view separator = split.separator->bytes();
    Pieces pieces(renderer, self);
    const BackwardSearch search(bytes, separator);
    std::size_t end = bytes.size();
    for (std::int64_t left = split.most; left != 0; --left) {
        const std::size_t at = search.findBefore(end);
        if (at == std::string_view::npos)
            break;
        pieces.add(at + separator.size(), end);
        end = at;
    }
    pieces.add(0, end);
    return pieces.take(true);
}

Value splitlines(Renderer& renderer, const Value& self, Arguments& arguments)
{
    const BoundArguments bound("splitlines", arguments, {"keepends"});
    if (bound.has(0) && !bound.at(0).isIntegral())
        typeError("'" + typeName(bound.at(0)) + "' object cannot be interpreted as an integer");
    const bool keep = bound.has(0) && bound.at(0).asInt() != 0;
    return renderer.heap().list(linesOf(renderer, self, keep));
}

Value partitioned(Renderer& renderer, const Value& self, Arguments& arguments, bool last)
{
    expectPositional("partition", arguments, 1, 1);
    const Value& separator = arguments.positional[0];
    if (!separator.isString())
        typeError("must be str, not " + typeName(separator));
    if (separator.bytes().empty())
        valueError("empty separator");
    const std::string_view bytes = self.bytes();
    renderer.budget().work(bytes.size());
    const std::size_t at = last ? BackwardSearch(bytes, separator.bytes()).findBefore(bytes.size())
                                : findText(bytes, separator.bytes());
    const Value nothing = renderer.heap().text("", kOwn, self.isSafe());
    if (at == std::string_view::npos)
        return renderer.heap().tuple(last ? Values{nothing, nothing, self} : Values{self, nothing, nothing});
    const std::size_t end = at + separator.bytes().size();
    return renderer.heap().tuple({slicedText(renderer.heap(), self, 0, at),
                                  slicedText(renderer.heap(), self, at, end),
                                  slicedText(renderer.heap(), self, end, bytes.size())});
}

Value partition(Renderer& renderer, const Value& self, Arguments& arguments)
{
    return partitioned(renderer, self, arguments, false);
}

Value rpartition(Renderer& renderer, const Value& self, Arguments& arguments)
{
    return partitioned(renderer, self, arguments, true);
}

Value join(Renderer& renderer, const Value& self, Arguments& arguments)
{
    expectPositional("join", arguments, 1, 1);
    if (!tryIterate(renderer, arguments.positional[0]))
        typeError("can only join an iterable");
    Values items = listed(renderer, arguments.positional[0]);
    for (Value& item : items) {
        if (self.isSafe())
            item = escapedText(renderer, item);
        else if (!item.isString())
            typeError("sequence item: expected str instance, " + typeName(item) + " found");
    }
    return joinedTexts(renderer, self, items);
}

constexpr NamedMethod kMethods[] = {
    {"strip", &strip}, {"lstrip", &lstrip},       {"rstrip", &rstrip},
    {"split", &split}, {"rsplit", &rsplit},       {"splitlines", &splitlines},
    {"join", &join},   {"partition", &partition}, {"rpartition", &rpartition},
};

} // namespace

Method splitMethod(std::string_view name)
{
    return findIn(kMethods, name);
}

} // namespace lens::jinja
