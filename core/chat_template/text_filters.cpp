// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Filters that make text of text.
#include "core/chat_template/characters.h"
#include "core/chat_template/comparing.h"
#include "core/chat_template/containers.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/filters.h"
#include "core/chat_template/iteration.h"
#include "core/chat_template/json_writer.h"
#include "core/chat_template/percent_format.h"
#include "core/chat_template/pretty_text.h"
#include "core/chat_template/renderer.h"
#include "core/chat_template/text_case.h"
#include "core/chat_template/text_search.h"
#include "core/chat_template/word_wrap.h"

#include <algorithm>

namespace lens::jinja {
namespace {

std::int64_t integer(const Value& value)
{
    expectDefined(value);
    if (!value.isIntegral())
        typeError("'" + typeName(value) + "' object cannot be interpreted as an integer");
    return value.asInt();
}

template <Value (*change)(Renderer&, const Value&)>
Value changed(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments none("filter", arguments, {});
    return change(renderer, softText(renderer, input));
}

Value trim(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("trim", arguments, {"chars"});
    const Value* characters = bound.given(0);
    if (characters && !characters->isString())
        typeError("strip arg must be None or str");
    return strippedText(renderer, softText(renderer, input), characters, true, true);
}

Value string(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments none("string", arguments, {});
    return softText(renderer, input);
}

Value center(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("center", arguments, {"width"});
    return centeredText(renderer, softText(renderer, input), bound.has(0) ? integer(bound.at(0)) : 80, " ");
}

Value replace(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("replace", arguments, {"old", "new", "count"});
    const std::int64_t count = bound.given(2) ? integer(bound.at(2)) : -1;
    return replacedText(renderer, textOf(renderer, input), textOf(renderer, bound.at(0)),
                        textOf(renderer, bound.at(1)), count);
}

Value format(Renderer& renderer, const Value& input, Arguments& arguments)
{
    if (!arguments.positional.empty() && !arguments.named.empty())
        fail(FailureKind::Runtime, "can't handle positional and keyword arguments at the same time");
    const Value text = softText(renderer, input);
    if (arguments.named.empty())
        return percentFormatted(renderer, text, renderer.heap().tuple(arguments.positional));
    const std::shared_ptr<Dict> named = renderer.heap().dict();
    for (const auto& [name, value] : arguments.named)
        named->set(renderer.heap().text(name), value);
    return percentFormatted(renderer, text, Value(std::shared_ptr<const Dict>(named)));
}

Value expectText(const Value& input)
{
    expectDefined(input);
    if (!input.isString())
        typeError("the filter needs a string, not " + typeName(input));
    return input;
}

// The text gets a newline at its end first, so that a last empty line counts, as in jinja2.
Value indent(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("indent", arguments, {"width", "first", "blank"});
    const Value width = bound.at(0, Value(std::int64_t(4)));
    TextBuilder indentation(renderer.heap());
    if (width.isString())
        indentation.append(width);
    else
        indentation.appendRepeated(" ", static_cast<std::size_t>(std::max<std::int64_t>(integer(width), 0)));
    const Value shift = indentation.take();
    TextBuilder ended(renderer.heap());
    ended.append(expectText(input));
    ended.append('\n');
    const bool first = bound.has(1) && isTrue(renderer, bound.at(1));
    const bool blank = bound.has(2) && isTrue(renderer, bound.at(2));
    const Values lines = linesOf(renderer, ended.take(), false);
    TextBuilder out(renderer.heap());
    if (first)
        out.append(shift);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i > 0)
            out.append('\n');
        if (i > 0 && (blank || !lines[i].bytes().empty()))
            out.append(shift);
        out.append(lines[i]);
    }
    return out.take(input.isSafe());
}

// The byte position of a character.
std::size_t positionOf(std::string_view text, std::int64_t characters)
{
    std::size_t at = 0;
    for (; characters > 0 && at < text.size(); --characters)
        at += characterLength(text[at]);
    return std::min(at, text.size());
}

Value truncate(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("truncate", arguments, {"length", "killwords", "end", "leeway"});
    const std::int64_t length = bound.has(0) ? integer(bound.at(0)) : 255;
    const std::int64_t leeway = bound.given(3) ? integer(bound.at(3)) : 5;
    const Value end = bound.at(2, renderer.heap().text("..."));
    const std::optional<std::int64_t> endLength = lengthOf(renderer, end);
    const std::optional<std::int64_t> inputLength = lengthOf(renderer, input);
    if (!endLength || !inputLength)
        typeError("object has no len()");
    if (length < *endLength || leeway < 0)
        fail(FailureKind::Runtime,
             "truncate expects length >= " + std::to_string(*endLength) + " and leeway >= 0");
    if (*inputLength <= length + leeway)
        return input;
    expectText(input);
    expectText(end);
    std::size_t cut = positionOf(input.bytes(), length - *endLength);
    if (!bound.has(1) || !isTrue(renderer, bound.at(1))) {
        const std::size_t blank = input.bytes().substr(0, cut).rfind(' ');
        cut = blank == std::string_view::npos ? cut : blank;
    }
    TextBuilder out(renderer.heap());
    out.append(input, 0, cut);
    out.append(end);
    return out.take(input.isSafe());
}

Value wordcount(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments none("wordcount", arguments, {});
    const Value text = softText(renderer, input);
    std::int64_t words = 0;
    bool inWord = false;
    for (std::size_t at = 0; at < text.bytes().size();) {
        const bool part = isWordPart(nextCharacter(text.bytes(), at));
        words += part && !inWord ? 1 : 0;
        inWord = part;
    }
    return Value(words);
}

Value wordwrap(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("wordwrap", arguments,
                               {"width", "break_long_words", "wrapstring", "break_on_hyphens"});
    WrapForm form;
    form.width = bound.has(0) ? integer(bound.at(0)) : 79;
    form.breakLongWords = !bound.has(1) || isTrue(renderer, bound.at(1));
    form.breakOnHyphens = !bound.has(3) || isTrue(renderer, bound.at(3));
    const Value separator = bound.given(2) ? expectText(bound.at(2)) : renderer.heap().text("\n");
    Values lines;
    for (const Value& line : linesOf(renderer, expectText(input), false)) {
        // A line without words leaves an empty one.
        lines.push_back(joinedTexts(renderer, separator, wrappedText(renderer, line, form)));
    }
    return joinedTexts(renderer, separator, lines);
}

std::string separatorAt(const Value& separators, std::size_t index)
{
    if (!separators.isSequence() || separators.items().size() != 2 ||
        !separators.items().values()[index].isString())
        typeError("tojson separators must be two strings");
    return std::string(separators.items().values()[index].bytes());
}

Value tojson(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("tojson", arguments, {"ensure_ascii", "indent", "separators", "sort_keys"});
    JsonForm form;
    form.ensureAscii = bound.has(0) && isTrue(renderer, bound.at(0));
    form.sortKeys = bound.has(3) && isTrue(renderer, bound.at(3));
    if (const Value* indent = bound.given(1)) {
        if (indent->isString())
            form.indent = std::string(indent->bytes());
        else
            form.indent = std::string(
                static_cast<std::size_t>(std::clamp<std::int64_t>(integer(*indent), 0, 1000)), ' ');
        form.itemSeparator = ",";
    }
    if (const Value* separators = bound.given(2)) {
        form.itemSeparator = separatorAt(*separators, 0);
        form.keySeparator = separatorAt(*separators, 1);
    }
    return jsonText(renderer, input, form);
}

Value pprint(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments none("pprint", arguments, {});
    return prettyText(renderer, input);
}

constexpr NamedFilter kFilters[] = {
    {"trim", &trim},
    {"tojson", &tojson},
    {"replace", &replace},
    {"string", &string},
    {"upper", &changed<upperText>},
    {"lower", &changed<lowerText>},
    {"title", &changed<titleWords>},
    {"capitalize", &changed<capitalizedText>},
    {"indent", &indent},
    {"format", &format},
    {"center", &center},
    {"truncate", &truncate},
    {"wordcount", &wordcount},
    {"wordwrap", &wordwrap},
    {"pprint", &pprint},
};

} // namespace

Filter textFilter(std::string_view name)
{
    for (const NamedFilter& one : kFilters) {
        if (one.name == name)
            return one.filter;
    }
    return nullptr;
}

} // namespace lens::jinja
