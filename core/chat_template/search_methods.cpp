// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// str methods that look for text: find, count, startswith, replace …
#include "core/chat_template/characters.h"
#include "core/chat_template/comparing.h"
#include "core/chat_template/containers.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/methods.h"
#include "core/chat_template/renderer.h"
#include "core/chat_template/substring.h"
#include "core/chat_template/text_search.h"

#include <algorithm>

namespace lens::jinja {
namespace {

// text[start:end] in bytes; nothing where start lies behind the end of the text.
struct Window {
    std::size_t begin = 0;
    std::size_t end = 0;
};

std::int64_t bound(const Arguments& arguments, std::size_t index, std::int64_t absent, std::int64_t length)
{
    if (arguments.positional.size() <= index || arguments.positional[index].isNone())
        return absent;
    const Value& value = arguments.positional[index];
    if (!value.isIntegral())
        typeError("slice indices must be integers or None");
    return value.asInt() < 0 ? std::max<std::int64_t>(value.asInt() + length, 0) : value.asInt();
}

std::optional<Window> windowOf(const Value& self, const Arguments& arguments)
{
    const std::string_view bytes = self.bytes();
    if (arguments.positional.size() < 2)
        return Window{0, bytes.size()};
    const auto length = static_cast<std::int64_t>(countCharacters(bytes));
    const std::int64_t start = bound(arguments, 1, 0, length);
    const std::int64_t stop = std::min(bound(arguments, 2, length, length), length);
    if (start > stop)
        return std::nullopt;
    Window window{0, 0};
    for (std::int64_t i = 0; i < start; ++i)
        window.begin += characterLength(bytes[window.begin]);
    window.end = window.begin;
    for (std::int64_t i = start; i < stop; ++i)
        window.end += characterLength(bytes[window.end]);
    return window;
}

std::string_view wanted(const char* function, const Arguments& arguments, std::size_t index)
{
    const Value& value = arguments.positional[index];
    if (!value.isString()) {
        typeError(std::string(function) + "() argument must be str, not " + typeName(value));
    }
    return value.bytes();
}

// Character position of the first (or last) occurrence; -1 if there is none.
std::int64_t position(Renderer& renderer, const char* function, const Value& self, Arguments& arguments,
                      bool last)
{
    expectPositional(function, arguments, 1, 3);
    const std::string_view text = wanted(function, arguments, 0);
    renderer.budget().work(self.bytes().size() * 4);
    const std::optional<Window> window = windowOf(self, arguments);
    if (!window)
        return -1;
    const std::string_view inside = self.bytes().substr(window->begin, window->end - window->begin);
    const std::size_t at =
        last ? BackwardSearch(inside, text).findBefore(inside.size()) : findText(inside, text);
    if (at == std::string_view::npos)
        return -1;
    return static_cast<std::int64_t>(countCharacters(self.bytes().substr(0, window->begin + at)));
}

Value find(Renderer& renderer, const Value& self, Arguments& arguments)
{
    return Value(position(renderer, "find", self, arguments, false));
}

Value rfind(Renderer& renderer, const Value& self, Arguments& arguments)
{
    return Value(position(renderer, "rfind", self, arguments, true));
}

Value found(std::int64_t position)
{
    if (position < 0)
        valueError("substring not found");
    return Value(position);
}

Value index(Renderer& renderer, const Value& self, Arguments& arguments)
{
    return found(position(renderer, "index", self, arguments, false));
}

Value rindex(Renderer& renderer, const Value& self, Arguments& arguments)
{
    return found(position(renderer, "rindex", self, arguments, true));
}

Value count(Renderer& renderer, const Value& self, Arguments& arguments)
{
    expectPositional("count", arguments, 1, 3);
    const std::string_view text = wanted("count", arguments, 0);
    renderer.budget().work(self.bytes().size() * 4);
    const std::optional<Window> window = windowOf(self, arguments);
    if (!window)
        return Value(std::int64_t(0));
    const std::string_view inside = self.bytes().substr(window->begin, window->end - window->begin);
    if (text.empty())
        return Value(static_cast<std::int64_t>(countCharacters(inside)) + 1);
    std::int64_t times = 0;
    for (std::size_t at = findText(inside, text); at != std::string_view::npos;
         at = findText(inside, text, at + text.size()))
        ++times;
    return Value(times);
}

// startswith and endswith: one text or a tuple of them.
Value touches(const char* function, const Value& self, Arguments& arguments, bool atEnd)
{
    expectPositional(function, arguments, 1, 3);
    const std::optional<Window> window = windowOf(self, arguments);
    const auto one = [&](const Value& value) {
        if (!value.isString())
            typeError(std::string(function) + " first arg must be str or a tuple of str, not " +
                      typeName(value));
        if (!window)
            return false;
        const std::string_view inside = self.bytes().substr(window->begin, window->end - window->begin);
        return atEnd ? inside.ends_with(value.bytes()) : inside.starts_with(value.bytes());
    };
    const Value& given = arguments.positional[0];
    if (!given.isSequence() || given.items().isList())
        return Value(one(given));
    const Values& all = given.items().values();
    return Value(std::any_of(all.begin(), all.end(), one));
}

Value startswith(Renderer&, const Value& self, Arguments& arguments)
{
    return touches("startswith", self, arguments, false);
}

Value endswith(Renderer&, const Value& self, Arguments& arguments)
{
    return touches("endswith", self, arguments, true);
}

Value removeprefix(Renderer& renderer, const Value& self, Arguments& arguments)
{
    expectPositional("removeprefix", arguments, 1, 1);
    const std::string_view text = wanted("removeprefix", arguments, 0);
    const std::size_t begin = self.bytes().starts_with(text) ? text.size() : 0;
    return slicedText(renderer.heap(), self, begin, self.bytes().size());
}

Value removesuffix(Renderer& renderer, const Value& self, Arguments& arguments)
{
    expectPositional("removesuffix", arguments, 1, 1);
    const std::string_view text = wanted("removesuffix", arguments, 0);
    const bool ends = !text.empty() && self.bytes().ends_with(text);
    return slicedText(renderer.heap(), self, 0, self.bytes().size() - (ends ? text.size() : 0));
}

Value replace(Renderer& renderer, const Value& self, Arguments& arguments)
{
    expectPositional("replace", arguments, 2, 3);
    wanted("replace", arguments, 0);
    wanted("replace", arguments, 1);
    std::int64_t times = -1;
    if (arguments.positional.size() > 2) {
        if (!arguments.positional[2].isIntegral())
            typeError("'" + typeName(arguments.positional[2]) +
                      "' object cannot be interpreted as an integer");
        times = arguments.positional[2].asInt();
    }
    return replacedText(renderer, self, arguments.positional[0], arguments.positional[1], times);
}

constexpr NamedMethod kMethods[] = {
    {"startswith", &startswith},
    {"endswith", &endswith},
    {"replace", &replace},
    {"find", &find},
    {"rfind", &rfind},
    {"index", &index},
    {"rindex", &rindex},
    {"count", &count},
    {"removeprefix", &removeprefix},
    {"removesuffix", &removesuffix},
};

} // namespace

Method searchMethod(std::string_view name)
{
    return findIn(kMethods, name);
}

} // namespace lens::jinja
