// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/take_turns.h"

#include "core/chat_template/failure.h"
#include "core/chat_template/native_function.h"
#include "core/chat_template/renderer.h"

#include <algorithm>

namespace lens::jinja {
namespace {

int nestingOf(const Values& values)
{
    int nesting = 0;
    for (const Value& value : values)
        nesting = std::max(nesting, value.nesting());
    return nesting + 1;
}

class Cycler : public Object {
public:
    explicit Cycler(Values items) : m_items(std::move(items)), m_nesting(nestingOf(m_items)) {}

    std::string typeName() const override { return "Cycler"; }
    int nesting() const override { return m_nesting; }
    std::optional<Value> attribute(Renderer& renderer, std::string_view name) override
    {
        if (name == "current")
            return m_items[m_at];
        if (name == "pos")
            return Value(static_cast<std::int64_t>(m_at));
        if (name == "items")
            return renderer.heap().tuple(m_items);
        if (name == "next" || name == "reset")
            return method(name == "next");
        return std::nullopt;
    }

private:
    Value method(bool isNext)
    {
        const auto self = std::static_pointer_cast<Cycler>(shared_from_this());
        return makeFunction(isNext ? "next" : "reset", m_nesting + 1,
                            [self, isNext](Renderer&, Arguments& arguments) {
                                expectPositional("cycler method", arguments, 0, 0);
                                const Value current = isNext ? self->m_items[self->m_at] : Value();
                                self->m_at = isNext ? (self->m_at + 1) % self->m_items.size() : 0;
                                return current;
                            });
    }

    Values m_items;
    int m_nesting;
    std::size_t m_at = 0;
};

class Joiner : public Object {
public:
    explicit Joiner(Value separator) : m_separator(std::move(separator)) {}

    std::string typeName() const override { return "Joiner"; }
    bool isCallable() const override { return true; }
    int nesting() const override { return m_separator.nesting() + 1; }
    std::optional<Value> attribute(Renderer&, std::string_view name) override
    {
        if (name == "sep")
            return m_separator;
        return name == "used" ? std::optional(Value(m_used)) : std::nullopt;
    }
    Value call(Renderer& renderer, Arguments& arguments) override
    {
        expectPositional("joiner", arguments, 0, 0);
        if (m_used)
            return m_separator;
        m_used = true;
        return renderer.heap().text("");
    }

private:
    Value m_separator;
    bool m_used = false;
};

} // namespace

Value makeCycler(Renderer&, Arguments& arguments)
{
    if (!arguments.named.empty())
        typeError("cycler() takes no keyword arguments");
    if (arguments.positional.empty())
        fail(FailureKind::Runtime, "at least one item has to be provided");
    return Value(std::static_pointer_cast<Object>(std::make_shared<Cycler>(arguments.positional)));
}

Value makeJoiner(Renderer& renderer, Arguments& arguments)
{
    const BoundArguments bound("joiner", arguments, {"sep"});
    return Value(
        std::static_pointer_cast<Object>(std::make_shared<Joiner>(bound.at(0, renderer.heap().text(", ")))));
}

} // namespace lens::jinja
