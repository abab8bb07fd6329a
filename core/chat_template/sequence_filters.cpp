// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Filters about sequences: join, first, list, batch …
#include "core/chat_template/attribute_path.h"
#include "core/chat_template/attributes.h"
#include "core/chat_template/comparing.h"
#include "core/chat_template/containers.h"
#include "core/chat_template/dict_view.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/filters.h"
#include "core/chat_template/iteration.h"
#include "core/chat_template/number_math.h"
#include "core/chat_template/range.h"
#include "core/chat_template/renderer.h"
#include "core/chat_template/slicing.h"
#include "core/chat_template/text_search.h"

#include <algorithm>

namespace lens::jinja {
namespace {

Value defaultFilter(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("default", arguments, {"default_value", "boolean"});
    const bool boolean = bound.has(1) && isTrue(renderer, bound.at(1));
    if (input.isUndefined() || (boolean && !isTrue(renderer, input)))
        return bound.has(0) ? bound.at(0) : renderer.heap().text("");
    return input;
}

Value length(Renderer& renderer, const Value& input, Arguments& arguments)
{
    expectPositional("len", arguments, 0, 0);
    const std::optional<std::int64_t> size = lengthOf(renderer, input);
    if (!size)
        typeError("object of type '" + typeName(input) + "' has no len()");
    return Value(*size);
}

Value join(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("join", arguments, {"d", "attribute"});
    const AttributePath path(renderer, bound.at(1, Value()));
    const Value separator = bound.has(0) ? textOf(renderer, bound.at(0)) : renderer.heap().text("");
    const std::unique_ptr<Cursor> cursor = iterate(renderer, input);
    TextBuilder out(renderer.heap());
    Value item;
    for (bool first = true; cursor->next(renderer, item); first = false) {
        renderer.budget().step();
        if (!first)
            out.append(separator);
        printTo(renderer, out, path.of(renderer, item));
    }
    return out.take();
}

Value first(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments none("first", arguments, {});
    Value item;
    if (iterate(renderer, input)->next(renderer, item))
        return item;
    return Value::undefined("No first item, sequence was empty.");
}

Value wholeBackwards(Renderer& renderer, const Value& input)
{
    return *slicedValue(renderer, input, {Value(), Value(), Value(std::int64_t(-1))});
}

// Python's reversed(); null for what it refuses.
std::unique_ptr<Cursor> backwards(Renderer& renderer, const Value& input)
{
    if (input.isUndefined())
        return std::make_unique<ValuesCursor>(Values());
    if (input.isString() || input.isSequence())
        return iterate(renderer, wholeBackwards(renderer, input));
    if (input.isDict()) {
        Values keys = listed(renderer, input);
        std::reverse(keys.begin(), keys.end());
        return std::make_unique<ValuesCursor>(std::move(keys));
    }
    if (!input.isObject())
        return nullptr;
    if (dynamic_cast<const Range*>(&input.object()))
        return iterate(renderer, wholeBackwards(renderer, input));
    const auto* view = dynamic_cast<const DictView*>(&input.object());
    return view ? view->iterateBackwards(renderer) : nullptr;
}

Value last(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments none("last", arguments, {});
    const std::unique_ptr<Cursor> cursor = backwards(renderer, input);
    if (!cursor)
        typeError("'" + typeName(input) + "' object is not reversible");
    Value item;
    if (cursor->next(renderer, item))
        return item;
    return Value::undefined("No last item, sequence was empty.");
}

Value reverse(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments none("reverse", arguments, {});
    if (input.isString())
        return wholeBackwards(renderer, input);
    if (std::unique_ptr<Cursor> cursor = backwards(renderer, input))
        return Iterator::make(std::move(cursor), input,
                              input.kind() == Kind::List ? "list_reverseiterator" : "reversed");
    Values values = listed(renderer, input);
    std::reverse(values.begin(), values.end());
    return renderer.heap().list(std::move(values));
}

Value list(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments none("list", arguments, {});
    return renderer.heap()
        .list(listed(renderer, input))
        .withSource(input.isSequence() ? input.source() : kOwn);
}

// The work of a lazy filter is done when the first item is asked for.
class LateCursor : public Cursor {
public:
    using Make = Values (*)(Renderer&, const Value& input, const Value& a, const Value& b);
    LateCursor(Make make, Value input, Value a, Value b)
        : m_make(make)
        , m_input(std::move(input))
        , m_a(std::move(a))
        , m_b(std::move(b))
    {
    }

    bool next(Renderer& renderer, Value& value) override
    {
        if (!m_values)
            m_values.emplace(m_make(renderer, m_input, m_a, m_b));
        return m_values->next(renderer, value);
    }

private:
    Make m_make;
    Value m_input;
    Value m_a;
    Value m_b;
    std::optional<ValuesCursor> m_values;
};

Values itemPairs(Renderer& renderer, const Value& input, const Value&, const Value&)
{
    if (input.isUndefined())
        return {};
    if (!input.isDict())
        typeError("Can only get item pairs from a mapping.");
    Values pairs;
    for (const auto& [key, value] : input.dict().entries())
        pairs.push_back(renderer.heap().tuple({key, value}));
    return pairs;
}

Value items(Renderer&, const Value& input, Arguments& arguments)
{
    const BoundArguments none("items", arguments, {});
    return Iterator::make(std::make_unique<LateCursor>(&itemPairs, input, Value(), Value()), input);
}

Values batches(Renderer& renderer, const Value& input, const Value& count, const Value& fill)
{
    Values all;
    Values batch;
    const auto size = [&] { return Value(static_cast<std::int64_t>(batch.size())); };
    for (const Value& item : listed(renderer, input)) {
        if (areEqual(size(), count)) {
            all.push_back(renderer.heap().list(std::move(batch)));
            batch.clear();
        }
        batch.push_back(item);
    }
    if (batch.empty())
        return all;
    if (!fill.isNone() && isInOrder(size(), count, Order::Less)) {
        const Value missing = calculatedNumbers(Operator::Subtract, count, size());
        if (!missing.isIntegral())
            typeError("can't multiply sequence by non-int of type 'float'");
        renderer.budget().checkLength(static_cast<std::size_t>(missing.asInt()) * sizeof(Value));
        batch.insert(batch.end(), static_cast<std::size_t>(missing.asInt()), fill);
    }
    all.push_back(renderer.heap().list(std::move(batch)));
    return all;
}

Value batch(Renderer&, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("batch", arguments, {"linecount", "fill_with"});
    return Iterator::make(std::make_unique<LateCursor>(&batches, input, bound.at(0), bound.at(1, Value())),
                          input);
}

Values slices(Renderer& renderer, const Value& input, const Value& given, const Value& fill)
{
    const Values all = listed(renderer, input);
    expectDefined(given);
    if (!given.isIntegral())
        typeError("slice needs an integer, not " + typeName(given));
    const std::int64_t count = given.asInt();
    if (count == 0)
        fail(FailureKind::ZeroDivision, "integer division or modulo by zero");
    const auto length = static_cast<std::int64_t>(all.size());
    const std::int64_t perSlice = count > 0 ? length / count : 0;
    const std::int64_t extra = count > 0 ? length % count : 0;
    Values made;
    std::int64_t at = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        renderer.budget().step();
        renderer.budget().checkLength(made.size() * sizeof(Value));
        const std::int64_t end = at + perSlice + (i < extra ? 1 : 0);
        Values slice(all.begin() + at, all.begin() + end);
        if (!fill.isNone() && i >= extra)
            slice.push_back(fill);
        made.push_back(renderer.heap().list(std::move(slice)));
        at = end;
    }
    return made;
}

Value slice(Renderer&, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("slice", arguments, {"slices", "fill_with"});
    return Iterator::make(std::make_unique<LateCursor>(&slices, input, bound.at(0), bound.at(1, Value())),
                          input);
}

Value attr(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("attr", arguments, {"name"});
    const Value& name = bound.at(0);
    if (!name.isString())
        typeError("attribute name must be string, not '" + typeName(name) + "'");
    if (input.isUndefined() && !name.bytes().starts_with("__"))
        useOfUndefined(input);
    if (std::optional<Value> attribute = pythonAttribute(renderer, input, name.bytes()))
        return *attribute;
    return Value::undefined("'" + typeName(input) + " object' has no attribute '" +
                            std::string(name.bytes()) + "'");
}

constexpr NamedFilter kFilters[] = {
    {"default", &defaultFilter},
    {"d", &defaultFilter},
    {"length", &length},
    {"count", &length},
    {"join", &join},
    {"first", &first},
    {"last", &last},
    {"reverse", &reverse},
    {"list", &list},
    {"items", &items},
    {"batch", &batch},
    {"slice", &slice},
    {"attr", &attr},
};

} // namespace

Filter sequenceFilter(std::string_view name)
{
    for (const NamedFilter& one : kFilters) {
        if (one.name == name)
            return one.filter;
    }
    return nullptr;
}

} // namespace lens::jinja
