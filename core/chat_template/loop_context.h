// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The variable "loop" inside of {% for %}.
#pragma once

#include "core/chat_template/object.h"
#include "core/chat_template/scope.h"

namespace lens::jinja {

class ForStatement;

class LoopContext : public Object {
public:
    // recursion: the statement to run for loop(values), null if it is not recursive; definition: the scope
    // around it.
    LoopContext(Value over, std::unique_ptr<Cursor> cursor, bool filtered, const ForStatement* recursion,
                Scope* definition, std::int64_t depth0);

    // Goes to the next item; false at the end.
    bool advance(Renderer& renderer);
    const Value& current() const { return m_current; }

    std::string typeName() const override { return "LoopContext"; }
    std::string repr(Renderer& renderer) const override;
    std::optional<Value> attribute(Renderer& renderer, std::string_view name) override;
    bool isCallable() const override { return true; }
    Value call(Renderer& renderer, Arguments& arguments) override;
    std::optional<std::int64_t> length(Renderer& renderer) override { return count(renderer); }
    std::unique_ptr<Cursor> iterate(Renderer& renderer) override;
    int nesting() const override { return m_over.nesting() + 1; }

private:
    std::int64_t count(Renderer& renderer);
    bool isLast(Renderer& renderer);
    Value method(std::string_view name, Value (LoopContext::*function)(Renderer&, Arguments&));
    Value cycle(Renderer& renderer, Arguments& arguments);
    Value changed(Renderer& renderer, Arguments& arguments);

    Value m_over;
    std::unique_ptr<Cursor> m_cursor;
    bool m_filtered;
    const ForStatement* m_recursion;
    Scope* m_definition;
    std::int64_t m_depth0;
    std::int64_t m_index0 = -1;
    std::optional<std::int64_t> m_length;
    std::optional<Value> m_after; // looked at ahead of its turn
    Value m_current;
    Value m_before;
    std::optional<Values> m_lastChanged;
};

} // namespace lens::jinja
