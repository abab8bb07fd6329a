// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// str methods that fill up or translate: center, zfill, expandtabs, format, translate …
#include "core/chat_template/brace_format.h"
#include "core/chat_template/characters.h"
#include "core/chat_template/comparing.h"
#include "core/chat_template/containers.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/methods.h"
#include "core/chat_template/renderer.h"
#include "core/chat_template/text_search.h"

#include <algorithm>

namespace lens::jinja {
namespace {

std::int64_t integer(const Value& value)
{
    if (!value.isIntegral())
        typeError("'" + typeName(value) + "' object cannot be interpreted as an integer");
    return value.asInt();
}

std::string fillOf(const Arguments& arguments)
{
    if (arguments.positional.size() < 2)
        return " ";
    const Value& fill = arguments.positional[1];
    if (!fill.isString() || countCharacters(fill.bytes()) != 1)
        typeError("The fill character must be exactly one character long");
    return std::string(fill.bytes());
}

Value center(Renderer& renderer, const Value& self, Arguments& arguments)
{
    expectPositional("center", arguments, 1, 2);
    return centeredText(renderer, self, integer(arguments.positional[0]), fillOf(arguments));
}

Value justified(Renderer& renderer, const Value& self, Arguments& arguments, bool left)
{
    expectPositional("ljust", arguments, 1, 2);
    const std::string fill = fillOf(arguments);
    const auto length = static_cast<std::int64_t>(countCharacters(self.bytes()));
    const std::int64_t missing = std::max<std::int64_t>(integer(arguments.positional[0]) - length, 0);
    TextBuilder out(renderer.heap());
    if (!left)
        out.appendRepeated(fill, static_cast<std::size_t>(missing));
    out.append(self);
    if (left)
        out.appendRepeated(fill, static_cast<std::size_t>(missing));
    return out.take(self.isSafe());
}

Value ljust(Renderer& renderer, const Value& self, Arguments& arguments)
{
    return justified(renderer, self, arguments, true);
}

Value rjust(Renderer& renderer, const Value& self, Arguments& arguments)
{
    return justified(renderer, self, arguments, false);
}

Value zfill(Renderer& renderer, const Value& self, Arguments& arguments)
{
    expectPositional("zfill", arguments, 1, 1);
    const auto length = static_cast<std::int64_t>(countCharacters(self.bytes()));
    const std::int64_t missing = std::max<std::int64_t>(integer(arguments.positional[0]) - length, 0);
    const bool sign = self.bytes().starts_with('+') || self.bytes().starts_with('-');
    TextBuilder out(renderer.heap());
    out.append(self, 0, sign ? 1 : 0);
    out.appendRepeated("0", static_cast<std::size_t>(missing));
    out.append(self, sign ? 1 : 0, self.bytes().size());
    return out.take(self.isSafe());
}

Value expandtabs(Renderer& renderer, const Value& self, Arguments& arguments)
{
    const BoundArguments bound("expandtabs", arguments, {"tabsize"});
    const std::int64_t size = bound.has(0) ? integer(bound.at(0)) : 8;
    const std::string_view bytes = self.bytes();
    TextBuilder out(renderer.heap());
    std::int64_t column = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t begin = at;
        const char32_t c = nextCharacter(bytes, at);
        if (c == '\t') {
            const std::int64_t blanks = size > 0 ? size - column % size : 0;
            out.appendRepeated(" ", static_cast<std::size_t>(blanks));
            column += blanks;
        } else {
            out.append(self, begin, at);
            column = c == '\n' || c == '\r' ? 0 : column + 1;
        }
    }
    return out.take(self.isSafe());
}

Value format(Renderer& renderer, const Value& self, Arguments& arguments)
{
    return braceFormatted(renderer, self, arguments);
}

Value formatMap(Renderer& renderer, const Value& self, Arguments& arguments)
{
    expectPositional("format_map", arguments, 1, 1);
    const Value& mapping = arguments.positional[0];
    if (!mapping.isDict())
        typeError("format_map() needs a mapping");
    Arguments named;
    for (const auto& [key, value] : mapping.dict().entries()) {
        if (key.isString())
            named.named.emplace_back(key.bytes(), value);
    }
    return braceFormatted(renderer, self, named);
}

// str.maketrans: a mapping from characters (as numbers) to what stands for them.
Value maketrans(Renderer& renderer, const Value&, Arguments& arguments)
{
    expectPositional("maketrans", arguments, 1, 3);
    const std::shared_ptr<Dict> table = renderer.heap().dict();
    const auto number = [](std::string_view text, std::size_t& at) {
        return Value(static_cast<std::int64_t>(nextCharacter(text, at)));
    };
    const Values& given = arguments.positional;
    if (given.size() == 1) {
        if (!given[0].isDict())
            typeError("if you give only one argument to maketrans it must be a dict");
        for (const auto& [key, value] : given[0].dict().entries()) {
            std::size_t at = 0;
            if (!key.isIntegral() && !(key.isString() && countCharacters(key.bytes()) == 1))
                valueError("keys in translate table must be strings of length 1 or integers");
            table->set(key.isString() ? number(key.bytes(), at) : key, value);
        }
        return Value(std::shared_ptr<const Dict>(table));
    }
    for (const Value& one : given) {
        if (!one.isString())
            typeError("maketrans() arguments must be strings");
    }
    if (countCharacters(given[0].bytes()) != countCharacters(given[1].bytes()))
        valueError("the first two maketrans arguments must have equal length");
    std::size_t to = 0;
    for (std::size_t from = 0; from < given[0].bytes().size();) {
        const Value key = number(given[0].bytes(), from);
        table->set(key, number(given[1].bytes(), to));
    }
    for (std::size_t at = 0; given.size() > 2 && at < given[2].bytes().size();)
        table->set(number(given[2].bytes(), at), Value());
    return Value(std::shared_ptr<const Dict>(table));
}

Value translate(Renderer& renderer, const Value& self, Arguments& arguments)
{
    expectPositional("translate", arguments, 1, 1);
    const Value& table = arguments.positional[0];
    if (!table.isDict())
        typeError("translate() of other tables than mappings is not supported");
    const std::string_view bytes = self.bytes();
    TextBuilder out(renderer.heap());
    for (std::size_t at = 0; at < bytes.size();) {
        renderer.budget().step();
        const std::size_t begin = at;
        const auto character = static_cast<std::int64_t>(nextCharacter(bytes, at));
        const Value* with = table.dict().find(Value(character));
        if (!with)
            out.append(self, begin, at);
        else if (with->isString())
            out.append(*with);
        else if (with->isIntegral() && with->asInt() >= 0 && with->asInt() <= 0x10FFFF)
            out.appendCharacter(static_cast<char32_t>(with->asInt()));
        else if (!with->isNone())
            typeError("character mapping must return integer, None or str");
    }
    return out.take(self.isSafe());
}

Value encode(Renderer&, const Value&, Arguments&)
{
    typeError("str.encode() is not supported: templates here have no bytes");
}

constexpr NamedMethod kMethods[] = {
    {"center", &center},         {"ljust", &ljust},   {"rjust", &rjust},          {"zfill", &zfill},
    {"expandtabs", &expandtabs}, {"format", &format}, {"format_map", &formatMap}, {"maketrans", &maketrans},
    {"translate", &translate},   {"encode", &encode},
};

} // namespace

Method paddingMethod(std::string_view name)
{
    return findIn(kMethods, name);
}

} // namespace lens::jinja
