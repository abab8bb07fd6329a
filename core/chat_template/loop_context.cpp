// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/loop_context.h"

#include "core/chat_template/comparing.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/for_statement.h"
#include "core/chat_template/iteration.h"
#include "core/chat_template/native_function.h"
#include "core/chat_template/renderer.h"

#include <algorithm>

namespace lens::jinja {
namespace {

// Iterating over the loop itself gives (item, loop) pairs and moves it on.
class LoopCursor : public Cursor {
public:
    explicit LoopCursor(std::shared_ptr<Object> loop) : m_loop(std::move(loop)) {}

    bool next(Renderer& renderer, Value& value) override
    {
        auto& loop = static_cast<LoopContext&>(*m_loop);
        if (!loop.advance(renderer))
            return false;
        value = renderer.heap().tuple({loop.current(), Value(m_loop)});
        return true;
    }

private:
    std::shared_ptr<Object> m_loop;
};

} // namespace

LoopContext::LoopContext(Value over, std::unique_ptr<Cursor> cursor, bool filtered,
                         const ForStatement* recursion, Scope* definition, std::int64_t depth0)
    : m_over(std::move(over))
    , m_cursor(std::move(cursor))
    , m_filtered(filtered)
    , m_recursion(recursion)
    , m_definition(definition)
    , m_depth0(depth0)
{
}

bool LoopContext::advance(Renderer& renderer)
{
    Value item;
    if (m_after) {
        item = std::move(*m_after);
        m_after.reset();
    } else if (!m_cursor->next(renderer, item)) {
        return false;
    }
    ++m_index0;
    m_before = std::move(m_current);
    m_current = std::move(item);
    return true;
}

std::int64_t LoopContext::count(Renderer& renderer)
{
    if (m_length)
        return *m_length;
    m_length = m_filtered ? std::nullopt : lengthOf(renderer, m_over);
    if (!m_length) {
        Values rest;
        Value item;
        while (m_cursor->next(renderer, item)) {
            renderer.budget().step();
            rest.push_back(item);
        }
        m_length = static_cast<std::int64_t>(rest.size()) + m_index0 + 1 + (m_after ? 1 : 0);
        m_cursor = std::make_unique<ValuesCursor>(std::move(rest));
    }
    return *m_length;
}

bool LoopContext::isLast(Renderer& renderer)
{
    if (m_after)
        return false;
    Value item;
    if (!m_cursor->next(renderer, item))
        return true;
    m_after = std::move(item);
    return false;
}

std::string LoopContext::repr(Renderer& renderer) const
{
    const std::int64_t size = const_cast<LoopContext*>(this)->count(renderer);
    return "<LoopContext " + std::to_string(m_index0 + 1) + "/" + std::to_string(size) + ">";
}

std::optional<Value> LoopContext::attribute(Renderer& renderer, std::string_view name)
{
    if (name == "first")
        return Value(m_index0 == 0);
    if (name == "last")
        return Value(isLast(renderer));
    if (name == "index0")
        return Value(m_index0);
    if (name == "index")
        return Value(m_index0 + 1);
    if (name == "length")
        return Value(count(renderer));
    if (name == "revindex")
        return Value(count(renderer) - m_index0);
    if (name == "revindex0")
        return Value(count(renderer) - m_index0 - 1);
    if (name == "depth")
        return Value(m_depth0 + 1);
    if (name == "depth0")
        return Value(m_depth0);
    if (name == "previtem")
        return m_index0 == 0 ? Value::undefined("there is no previous item") : m_before;
    if (name == "nextitem")
        return isLast(renderer) ? Value::undefined("there is no next item") : *m_after;
    if (name == "cycle")
        return method(name, &LoopContext::cycle);
    if (name == "changed")
        return method(name, &LoopContext::changed);
    return std::nullopt;
}

Value LoopContext::method(std::string_view name, Value (LoopContext::*function)(Renderer&, Arguments&))
{
    const std::shared_ptr<LoopContext> self = std::static_pointer_cast<LoopContext>(shared_from_this());
    return makeFunction(std::string(name), nesting() + 1,
                        [self, function](Renderer& renderer, Arguments& arguments) {
                            return (*self.*function)(renderer, arguments);
                        });
}

Value LoopContext::cycle(Renderer&, Arguments& arguments)
{
    if (!arguments.named.empty())
        typeError("cycle() takes no keyword arguments");
    if (arguments.positional.empty())
        typeError("no items for cycling given");
    const auto size = static_cast<std::int64_t>(arguments.positional.size());
    return arguments.positional[static_cast<std::size_t>(((m_index0 % size) + size) % size)];
}

Value LoopContext::changed(Renderer&, Arguments& arguments)
{
    if (!arguments.named.empty())
        typeError("changed() takes no keyword arguments");
    const Values& values = arguments.positional;
    const bool same = m_lastChanged && m_lastChanged->size() == values.size() &&
                      std::equal(values.begin(), values.end(), m_lastChanged->begin(), areEqual);
    if (!same)
        m_lastChanged = values;
    return Value(!same);
}

Value LoopContext::call(Renderer& renderer, Arguments& arguments)
{
    const BoundArguments bound("loop", arguments, {"iterable"});
    const Value& values = bound.at(0);
    if (!m_recursion)
        typeError("The loop must have the 'recursive' marker to be called recursively.");
    OutputGuard output(renderer);
    m_recursion->loopOver(renderer, values, m_definition, m_depth0 + 1);
    return output.take();
}

std::unique_ptr<Cursor> LoopContext::iterate(Renderer&)
{
    return std::make_unique<LoopCursor>(shared_from_this());
}

} // namespace lens::jinja
