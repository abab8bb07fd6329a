// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/basic_statements.h"

#include "core/chat_template/iteration.h"
#include "core/chat_template/renderer.h"

namespace lens::jinja {

Flow runAll(Renderer& renderer, const Statements& statements)
{
    for (const StatementPtr& statement : statements) {
        const DepthGuard guard(renderer.budget());
        renderer.budget().step();
        if (const Flow flow = statement->run(renderer); flow != Flow::Normal)
            return flow;
    }
    return Flow::Normal;
}

Flow TextStatement::run(Renderer& renderer) const
{
    renderer.out().append(m_text);
    return Flow::Normal;
}

Flow PrintStatement::run(Renderer& renderer) const
{
    for (const ExpressionPtr& value : m_values) {
        renderer.setLine(value->line());
        printTo(renderer, renderer.out(), renderer.evaluate(*value));
    }
    return Flow::Normal;
}

Flow IfStatement::run(Renderer& renderer) const
{
    for (const Branch& branch : m_branches) {
        renderer.setLine(branch.test->line());
        if (isTrue(renderer, renderer.evaluate(*branch.test)))
            return runAll(renderer, branch.body);
    }
    return runAll(renderer, m_otherwise);
}

Flow SetStatement::run(Renderer& renderer) const
{
    renderer.setLine(m_value->line());
    m_target->assign(renderer, renderer.evaluate(*m_value));
    return Flow::Normal;
}

Flow SetBlockStatement::run(Renderer& renderer) const
{
    Value text;
    {
        OutputGuard output(renderer);
        const ScopeGuard scope(renderer);
        if (const Flow flow = runAll(renderer, m_body); flow != Flow::Normal)
            return flow;
        text = output.take();
        if (m_filter)
            text = m_filter->apply(renderer, text);
    }
    m_target->assign(renderer, text);
    return Flow::Normal;
}

Flow FilterBlockStatement::run(Renderer& renderer) const
{
    Value text;
    {
        OutputGuard output(renderer);
        const ScopeGuard scope(renderer);
        if (const Flow flow = runAll(renderer, m_body); flow != Flow::Normal)
            return flow;
        text = m_filter->apply(renderer, output.take());
    }
    printTo(renderer, renderer.out(), text);
    return Flow::Normal;
}

Flow WithStatement::run(Renderer& renderer) const
{
    Values values;
    for (const ExpressionPtr& value : m_values)
        values.push_back(renderer.evaluate(*value));
    const ScopeGuard scope(renderer);
    for (std::size_t i = 0; i < values.size(); ++i)
        m_targets[i]->assign(renderer, values[i]);
    return runAll(renderer, m_body);
}

Flow BlockStatement::run(Renderer& renderer) const
{
    Scope* parent = &renderer.scope();
    while (!m_scoped && parent->parent)
        parent = parent->parent;
    const ScopeGuard scope(renderer, parent);
    runAll(renderer, m_body);
    return Flow::Normal;
}

} // namespace lens::jinja
