// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// {% for %}, with filter, else, unpacking and recursion.
#pragma once

#include "core/chat_template/expression.h"
#include "core/chat_template/statement.h"
#include "core/chat_template/target.h"

namespace lens::jinja {

class LoopContext;

class ForStatement : public Statement {
public:
    struct Parts {
        TargetPtr target;
        ExpressionPtr over;
        ExpressionPtr test; // may be null
        Statements body;
        Statements otherwise;
        Symbol loopSymbol = 0;
        bool usesLoop = false; // the body looks at "loop"
        bool recursive = false;
        int line = 0;
    };
    explicit ForStatement(Parts parts) : m_parts(std::move(parts)) {}
    Flow run(Renderer& renderer) const override;
    // One loop over the values, as loop(values) asks for it; definition: the scope around the statement.
    Flow loopOver(Renderer& renderer, const Value& values, Scope* definition, std::int64_t depth) const;

private:
    Flow runPlain(Renderer& renderer, class Cursor& cursor, Scope* definition, bool& any) const;
    Flow runExtended(Renderer& renderer, const std::shared_ptr<LoopContext>& loop, Scope* definition,
                     bool& any) const;

    Parts m_parts;
};

} // namespace lens::jinja
