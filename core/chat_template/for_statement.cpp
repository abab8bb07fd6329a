// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/for_statement.h"

#include "core/chat_template/iteration.h"
#include "core/chat_template/loop_context.h"
#include "core/chat_template/macro.h"
#include "core/chat_template/renderer.h"

namespace lens::jinja {
namespace {

// Only what passes the loop's own test; looked at one by one, when its turn comes.
class TestedCursor : public Cursor {
public:
    TestedCursor(std::unique_ptr<Cursor> cursor, const Target& target, const Expression& test,
                 Scope* definition)
        : m_cursor(std::move(cursor))
        , m_target(target)
        , m_test(test)
        , m_definition(definition)
    {
    }

    bool next(Renderer& renderer, Value& value) override
    {
        Value item;
        while (m_cursor->next(renderer, item)) {
            const ScopeGuard scope(renderer, m_definition);
            m_target.assign(renderer, item);
            if (!isTrue(renderer, renderer.evaluate(m_test)))
                continue;
            value = m_target.readBack(renderer);
            return true;
        }
        return false;
    }

private:
    std::unique_ptr<Cursor> m_cursor;
    const Target& m_target;
    const Expression& m_test;
    Scope* m_definition;
};

} // namespace

Flow ForStatement::run(Renderer& renderer) const
{
    renderer.setLine(m_parts.line);
    const Value values = renderer.evaluate(*m_parts.over);
    if (!m_parts.recursive)
        return loopOver(renderer, values, &renderer.scope(), 0);
    captureScopes(renderer.scope());
    OutputGuard output(renderer);
    loopOver(renderer, values, &renderer.scope(), 0);
    const Value text = output.take();
    output.end();
    renderer.out().append(text);
    return Flow::Normal;
}

Flow ForStatement::loopOver(Renderer& renderer, const Value& values, Scope* definition,
                            std::int64_t depth) const
{
    const DepthGuard guard(renderer.budget());
    renderer.setLine(m_parts.line);
    std::unique_ptr<Cursor> cursor = iterate(renderer, values);
    if (m_parts.test)
        cursor =
            std::make_unique<TestedCursor>(std::move(cursor), *m_parts.target, *m_parts.test, definition);
    bool any = false;
    Flow flow = Flow::Normal;
    if (m_parts.usesLoop || m_parts.recursive) {
        const auto loop =
            std::make_shared<LoopContext>(values, std::move(cursor), m_parts.test != nullptr,
                                          m_parts.recursive ? this : nullptr, definition, depth);
        flow = runExtended(renderer, loop, definition, any);
    } else {
        flow = runPlain(renderer, *cursor, definition, any);
    }
    if (any)
        return flow;
    const ScopeGuard scope(renderer, definition);
    return runAll(renderer, m_parts.otherwise);
}

Flow ForStatement::runPlain(Renderer& renderer, Cursor& cursor, Scope* definition, bool& any) const
{
    Value item;
    while (cursor.next(renderer, item)) {
        renderer.budget().step();
        const ScopeGuard scope(renderer, definition);
        m_parts.target->assign(renderer, item);
        // As in jinja2, a turn that ended with continue does not keep the else branch from running.
        const Flow flow = runAll(renderer, m_parts.body);
        if (flow == Flow::Break)
            break;
        any = any || flow == Flow::Normal;
    }
    return Flow::Normal;
}

Flow ForStatement::runExtended(Renderer& renderer, const std::shared_ptr<LoopContext>& loop,
                               Scope* definition, bool& any) const
{
    while (loop->advance(renderer)) {
        renderer.budget().step();
        const ScopeGuard scope(renderer, definition);
        renderer.scope().set(m_parts.loopSymbol, Value(std::static_pointer_cast<Object>(loop)));
        m_parts.target->assign(renderer, loop->current());
        // As in jinja2, a turn that ended with continue does not keep the else branch from running.
        const Flow flow = runAll(renderer, m_parts.body);
        if (flow == Flow::Break)
            break;
        any = any || flow == Flow::Normal;
    }
    return Flow::Normal;
}

} // namespace lens::jinja
