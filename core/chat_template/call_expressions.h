// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Calls, filters and tests.
#pragma once

#include "core/chat_template/arguments.h"
#include "core/chat_template/expression.h"
#include "core/chat_template/filters.h"
#include "core/chat_template/value_tests.h"

#include <string>

namespace lens::jinja {

// What stands between the parentheses of a call.
struct ArgumentExpressions {
    Expressions positional;
    std::vector<std::pair<std::string, ExpressionPtr>> named;
    ExpressionPtr more;      // *sequence, may be null
    ExpressionPtr moreNamed; // **mapping, may be null

    Arguments evaluate(Renderer& renderer) const;
};

class CallExpression : public Expression {
public:
    CallExpression(int line, ExpressionPtr callee, ArgumentExpressions arguments);
    Value evaluate(Renderer& renderer) const override;
    // The call with one more named argument, as {% call %} makes it.
    Value evaluateWith(Renderer& renderer, const std::string& name, Value value) const;

private:
    Value run(Renderer& renderer, const Value& callee, Arguments arguments) const;

    ExpressionPtr m_callee;
    const class AttributeExpression* m_attribute; // m_callee if it is one, else null
    ArgumentExpressions m_arguments;
};

class FilterExpression : public Expression {
public:
    // input is null in {% filter %}, where apply is called; filter is null for an unknown name.
    FilterExpression(int line, ExpressionPtr input, std::string name, Filter filter,
                     ArgumentExpressions arguments)
        : Expression(line)
        , m_input(std::move(input))
        , m_name(std::move(name))
        , m_filter(filter)
        , m_arguments(std::move(arguments))
    {
    }
    Value evaluate(Renderer& renderer) const override;
    // The filter chain on a block's text, which stands where there is no input.
    Value apply(Renderer& renderer, const Value& block) const;

private:
    Value run(Renderer& renderer, const Value& input) const;

    ExpressionPtr m_input;
    std::string m_name;
    Filter m_filter;
    ArgumentExpressions m_arguments;
};

class TestExpression : public Expression {
public:
    TestExpression(int line, ExpressionPtr input, std::string name, ValueTest test, bool negated,
                   ArgumentExpressions arguments)
        : Expression(line)
        , m_input(std::move(input))
        , m_name(std::move(name))
        , m_test(test)
        , m_negated(negated)
        , m_arguments(std::move(arguments))
    {
    }
    Value evaluate(Renderer& renderer) const override;

private:
    ExpressionPtr m_input;
    std::string m_name;
    ValueTest m_test;
    bool m_negated;
    ArgumentExpressions m_arguments;
};

} // namespace lens::jinja
