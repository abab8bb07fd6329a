// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// {% macro %} and {% call %}: pieces of a template that are called like functions.
#pragma once

#include "core/chat_template/call_expressions.h"
#include "core/chat_template/object.h"
#include "core/chat_template/scope.h"
#include "core/chat_template/statement.h"

namespace lens::jinja {

// What the parser knows of a macro. Defaults belong to the last parameters.
struct MacroDefinition {
    std::string name; // empty for the body of a call block
    std::vector<std::pair<Symbol, std::string>> parameters;
    Expressions defaults;
    Statements body;
    Symbol callerSymbol = 0;
    Symbol kwargsSymbol = 0;
    Symbol varargsSymbol = 0;
    // The body looks at these names.
    bool usesCaller = false;
    bool usesKwargs = false;
    bool usesVarargs = false;

    bool hasParameter(std::string_view parameter) const;
};

class Macro : public Object {
public:
    // definition and scope have to outlive this.
    Macro(const MacroDefinition& definition, Scope* scope) : m_definition(definition), m_scope(scope) {}

    std::string typeName() const override { return "Macro"; }
    std::string repr(Renderer& renderer) const override;
    std::optional<Value> attribute(Renderer& renderer, std::string_view name) override;
    bool isCallable() const override { return true; }
    Value call(Renderer& renderer, Arguments& arguments) override;

    // The body as if called without arguments, written where the statements around it write.
    void runInPlace(Renderer& renderer) const;

private:
    // The parameters given, by name; absent ones stay empty.
    std::vector<std::optional<Value>> bind(Renderer& renderer, Arguments& arguments) const;
    void bindSpecial(Renderer& renderer, Arguments& arguments, bool foundCaller) const;
    void setParameters(Renderer& renderer, const std::vector<std::optional<Value>>& given) const;

    const MacroDefinition& m_definition;
    Scope* m_scope;
};

// Keeps this scope and those around it alive until the rendering ends.
void captureScopes(Scope& scope);

class MacroStatement : public Statement {
public:
    MacroStatement(Symbol symbol, MacroDefinition definition)
        : m_symbol(symbol)
        , m_definition(std::move(definition))
    {
    }
    Flow run(Renderer& renderer) const override;

private:
    Symbol m_symbol;
    MacroDefinition m_definition;
};

class CallBlockStatement : public Statement {
public:
    CallBlockStatement(std::unique_ptr<const CallExpression> call, MacroDefinition body)
        : m_call(std::move(call))
        , m_body(std::move(body))
    {
    }
    Flow run(Renderer& renderer) const override;

private:
    std::unique_ptr<const CallExpression> m_call;
    MacroDefinition m_body;
};

// {% generation %}: what it writes is what the assistant said. transformers makes it as a call block.
class GenerationStatement : public Statement {
public:
    explicit GenerationStatement(MacroDefinition body) : m_body(std::move(body)) {}
    Flow run(Renderer& renderer) const override;

private:
    MacroDefinition m_body;
};

} // namespace lens::jinja
