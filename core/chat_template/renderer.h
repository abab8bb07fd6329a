// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// One rendering under way: its memory, its variables and what it wrote so far. Made for one call of
// ChatTemplate::render and used by one thread.
#pragma once

#include "core/chat_template/heap.h"
#include "core/chat_template/object.h"
#include "core/chat_template/printing.h"
#include "core/chat_template/scope.h"
#include "core/chat_template/text_builder.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string_view>

namespace lens::jinja {

class Expression;
class Namespace;
struct Program;

class Renderer {
public:
    // `program` has to outlive this. inputBytes: see Budget.
    Renderer(const Program& program, std::size_t inputBytes, std::optional<std::int64_t> now);
    ~Renderer();
    Renderer(const Renderer&) = delete;
    Renderer& operator=(const Renderer&) = delete;

    Heap& heap() { return m_heap; }
    Budget& budget() { return m_heap.budget(); }

    // A variable of the outermost context; made only if the template has the name at all.
    void setContext(std::string_view name, const std::function<Value()>& make);
    // Throws Failure.
    TextBuilder& render();

    Value evaluate(const Expression& expression);
    Value call(const Value& callee, Arguments& arguments);

    // What the name means here.
    Value lookUp(Symbol symbol);
    Scope& scope() { return *m_scope; }
    // Where statements write.
    TextBuilder& out() { return *m_out; }

    // The line that is being worked on, for errors.
    void setLine(int line) { m_line = line; }
    int line() const { return m_line; }
    // strftime_now: seconds since 1970 on the wall clock.
    std::int64_t now();

    // Namespaces may hold themselves; their contents are let go when the rendering ends.
    Value makeNamespace(std::shared_ptr<Dict> fields);

private:
    friend class ScopeGuard;
    friend class OutputGuard;
    Scope* newScope(Scope* parent);
    void release(Scope* scope);

    const Program& m_program;
    Heap m_heap;
    std::deque<Scope> m_scopes;
    std::vector<Scope*> m_free;
    std::vector<std::shared_ptr<Namespace>> m_namespaces;
    std::vector<std::optional<Value>> m_context; // by symbol
    TextBuilder m_text;
    TextBuilder* m_out;
    Scope* m_scope = nullptr;
    std::optional<std::int64_t> m_now;
    int m_line = 0;
};

// A scope for the lifetime of the object; its parent is the present one, or the one given.
class ScopeGuard {
public:
    explicit ScopeGuard(Renderer& renderer) : ScopeGuard(renderer, renderer.m_scope) {}
    ScopeGuard(Renderer& renderer, Scope* parent);
    ~ScopeGuard();
    ScopeGuard(const ScopeGuard&) = delete;
    ScopeGuard& operator=(const ScopeGuard&) = delete;

private:
    Renderer& m_renderer;
    Scope* m_before;
};

// Statements write into a text of their own for the lifetime of the object.
class OutputGuard {
public:
    explicit OutputGuard(Renderer& renderer)
        : m_renderer(renderer)
        , m_before(renderer.m_out)
        , m_text(renderer.heap())
    {
        renderer.m_out = &m_text;
    }
    ~OutputGuard() { end(); }
    OutputGuard(const OutputGuard&) = delete;
    OutputGuard& operator=(const OutputGuard&) = delete;
    Value take() { return m_text.take(); }
    void end() { m_renderer.m_out = m_before; }

private:
    Renderer& m_renderer;
    TextBuilder* m_before;
    TextBuilder m_text;
};

} // namespace lens::jinja
