// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Text, printing, conditions, assignments, scopes.
#pragma once

#include "core/chat_template/call_expressions.h"
#include "core/chat_template/statement.h"
#include "core/chat_template/target.h"

namespace lens::jinja {

class TextStatement : public Statement {
public:
    explicit TextStatement(std::string text) : m_text(std::move(text)) {}
    Flow run(Renderer& renderer) const override;
    const std::string& text() const { return m_text; }

private:
    std::string m_text;
};

// {{ a }} and {% print a, b %}
class PrintStatement : public Statement {
public:
    explicit PrintStatement(Expressions values) : m_values(std::move(values)) {}
    Flow run(Renderer& renderer) const override;

private:
    Expressions m_values;
};

class IfStatement : public Statement {
public:
    struct Branch {
        ExpressionPtr test;
        Statements body;
    };
    IfStatement(std::vector<Branch> branches, Statements otherwise)
        : m_branches(std::move(branches))
        , m_otherwise(std::move(otherwise))
    {
    }
    Flow run(Renderer& renderer) const override;

private:
    std::vector<Branch> m_branches;
    Statements m_otherwise;
};

class SetStatement : public Statement {
public:
    SetStatement(TargetPtr target, ExpressionPtr value)
        : m_target(std::move(target))
        , m_value(std::move(value))
    {
    }
    Flow run(Renderer& renderer) const override;

private:
    TargetPtr m_target;
    ExpressionPtr m_value;
};

// {% set a | filter %} … {% endset %}
class SetBlockStatement : public Statement {
public:
    // filter may be null.
    SetBlockStatement(TargetPtr target, std::unique_ptr<const FilterExpression> filter, Statements body)
        : m_target(std::move(target))
        , m_filter(std::move(filter))
        , m_body(std::move(body))
    {
    }
    Flow run(Renderer& renderer) const override;

private:
    TargetPtr m_target;
    std::unique_ptr<const FilterExpression> m_filter;
    Statements m_body;
};

class FilterBlockStatement : public Statement {
public:
    FilterBlockStatement(std::unique_ptr<const FilterExpression> filter, Statements body)
        : m_filter(std::move(filter))
        , m_body(std::move(body))
    {
    }
    Flow run(Renderer& renderer) const override;

private:
    std::unique_ptr<const FilterExpression> m_filter;
    Statements m_body;
};

class WithStatement : public Statement {
public:
    WithStatement(std::vector<TargetPtr> targets, Expressions values, Statements body)
        : m_targets(std::move(targets))
        , m_values(std::move(values))
        , m_body(std::move(body))
    {
    }
    Flow run(Renderer& renderer) const override;

private:
    std::vector<TargetPtr> m_targets;
    Expressions m_values;
    Statements m_body;
};

// {% block %}: sees the template's own variables; a scoped one also those around it.
class BlockStatement : public Statement {
public:
    BlockStatement(bool scoped, Statements body) : m_scoped(scoped), m_body(std::move(body)) {}
    Flow run(Renderer& renderer) const override;

private:
    bool m_scoped;
    Statements m_body;
};

class FlowStatement : public Statement {
public:
    explicit FlowStatement(Flow flow) : m_flow(flow) {}
    Flow run(Renderer&) const override { return m_flow; }

private:
    Flow m_flow;
};

} // namespace lens::jinja
