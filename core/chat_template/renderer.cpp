// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/renderer.h"

#include "core/chat_template/comparing.h"
#include "core/chat_template/expression.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/namespace.h"
#include "core/chat_template/program.h"

#include <algorithm>
#include <ctime>

namespace lens::jinja {

Renderer::Renderer(const Program& program, std::size_t inputBytes, std::optional<std::int64_t> now)
    : m_program(program)
    , m_heap(inputBytes)
    , m_context(program.names.size())
    , m_text(m_heap)
    , m_out(&m_text)
    , m_now(now)
{
}

Renderer::~Renderer()
{
    for (const auto& one : m_namespaces)
        one->fields().clear();
}

void Renderer::setContext(std::string_view name, const std::function<Value()>& make)
{
    const auto found = std::find(m_program.names.begin(), m_program.names.end(), name);
    if (found != m_program.names.end())
        m_context[static_cast<std::size_t>(found - m_program.names.begin())] = make();
}

TextBuilder& Renderer::render()
{
    const ScopeGuard scope(*this, nullptr);
    runAll(*this, m_program.statements);
    return m_text;
}

Value Renderer::evaluate(const Expression& expression)
{
    const DepthGuard guard(budget());
    budget().step();
    return expression.evaluate(*this);
}

Value Renderer::call(const Value& callee, Arguments& arguments)
{
    expectDefined(callee);
    if (!callee.isObject() || !callee.object().isCallable())
        typeError("'" + typeName(callee) + "' object is not callable");
    const DepthGuard guard(budget());
    const std::shared_ptr<Object> alive = callee.sharedObject();
    return alive->call(*this, arguments);
}

Value Renderer::lookUp(Symbol symbol)
{
    for (const Scope* scope = m_scope; scope; scope = scope->parent) {
        if (const Value* value = scope->find(symbol))
            return *value;
    }
    const auto index = static_cast<std::size_t>(symbol);
    if (m_context[index])
        return *m_context[index];
    return Value::undefined("'" + m_program.names[index] + "' is undefined");
}

std::int64_t Renderer::now()
{
    if (!m_now) {
        const std::time_t seconds = std::time(nullptr);
        std::tm local{};
        localtime_r(&seconds, &local);
        m_now = timegm(&local);
    }
    return *m_now;
}

Value Renderer::makeNamespace(std::shared_ptr<Dict> fields)
{
    budget().take(sizeof(Namespace) + 64);
    m_namespaces.push_back(std::make_shared<Namespace>(std::move(fields)));
    return Value(std::static_pointer_cast<Object>(m_namespaces.back()));
}

Scope* Renderer::newScope(Scope* parent)
{
    Scope* scope = nullptr;
    if (m_free.empty()) {
        budget().take(sizeof(Scope) + 64);
        scope = &m_scopes.emplace_back();
    } else {
        scope = m_free.back();
        m_free.pop_back();
    }
    scope->parent = parent;
    return scope;
}

void Renderer::release(Scope* scope)
{
    if (scope->captured)
        return;
    scope->clear();
    m_free.push_back(scope);
}

ScopeGuard::ScopeGuard(Renderer& renderer, Scope* parent) : m_renderer(renderer), m_before(renderer.m_scope)
{
    renderer.m_scope = renderer.newScope(parent);
}

ScopeGuard::~ScopeGuard()
{
    Scope* ended = m_renderer.m_scope;
    m_renderer.m_scope = m_before;
    m_renderer.release(ended);
}

} // namespace lens::jinja
