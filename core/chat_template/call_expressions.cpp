// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/call_expressions.h"

#include "core/chat_template/access_expressions.h"
#include "core/chat_template/attributes.h"
#include "core/chat_template/comparing.h"
#include "core/chat_template/containers.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/iteration.h"
#include "core/chat_template/methods.h"
#include "core/chat_template/renderer.h"

#include <algorithm>

namespace lens::jinja {
namespace {

void addNamed(Arguments& arguments, std::string name, Value value)
{
    const bool there = std::any_of(arguments.named.begin(), arguments.named.end(),
                                   [&](const auto& one) { return one.first == name; });
    if (there)
        typeError("got multiple values for keyword argument '" + name + "'");
    arguments.named.emplace_back(std::move(name), std::move(value));
}

void addMapping(Arguments& arguments, const Value& mapping)
{
    if (!mapping.isDict()) {
        expectDefined(mapping);
        typeError("argument after ** must be a mapping, not " + typeName(mapping));
    }
    for (const auto& [key, value] : mapping.dict().entries()) {
        if (!key.isString())
            typeError("keywords must be strings");
        addNamed(arguments, std::string(key.bytes()), value);
    }
}

} // namespace

Arguments ArgumentExpressions::evaluate(Renderer& renderer) const
{
    Arguments arguments;
    arguments.positional.reserve(positional.size());
    for (const ExpressionPtr& one : positional)
        arguments.positional.push_back(renderer.evaluate(*one));
    std::vector<std::pair<std::string, Value>> values;
    if (more) {
        for (Value& value : listed(renderer, renderer.evaluate(*more)))
            arguments.positional.push_back(std::move(value));
    }
    for (const auto& [name, expression] : named)
        arguments.named.emplace_back(name, renderer.evaluate(*expression));
    if (moreNamed)
        addMapping(arguments, renderer.evaluate(*moreNamed));
    return arguments;
}

CallExpression::CallExpression(int line, ExpressionPtr callee, ArgumentExpressions arguments)
    : Expression(line)
    , m_callee(std::move(callee))
    , m_attribute(dynamic_cast<const AttributeExpression*>(m_callee.get()))
    , m_arguments(std::move(arguments))
{
}

Value CallExpression::evaluate(Renderer& renderer) const
{
    if (!m_attribute)
        return run(renderer, renderer.evaluate(*m_callee), m_arguments.evaluate(renderer));
    // A method is called without making an object of it first.
    const Value self = renderer.evaluate(m_attribute->value());
    const Method method =
        self.isObject() || self.isUndefined() ? nullptr : methodOf(self, m_attribute->name());
    renderer.setLine(line());
    if (!method)
        return run(renderer, attributeOf(renderer, self, m_attribute->name()),
                   m_arguments.evaluate(renderer));
    Arguments arguments = m_arguments.evaluate(renderer);
    renderer.setLine(line());
    return method(renderer, self, arguments);
}

Value CallExpression::evaluateWith(Renderer& renderer, const std::string& name, Value value) const
{
    const Value callee = renderer.evaluate(*m_callee);
    Arguments arguments = m_arguments.evaluate(renderer);
    addNamed(arguments, name, std::move(value));
    return run(renderer, callee, std::move(arguments));
}

Value CallExpression::run(Renderer& renderer, const Value& callee, Arguments arguments) const
{
    renderer.setLine(line());
    return renderer.call(callee, arguments);
}

Value FilterExpression::evaluate(Renderer& renderer) const
{
    return run(renderer, renderer.evaluate(*m_input));
}

Value FilterExpression::apply(Renderer& renderer, const Value& block) const
{
    const auto* before = dynamic_cast<const FilterExpression*>(m_input.get());
    return run(renderer, before ? before->apply(renderer, block) : block);
}

Value FilterExpression::run(Renderer& renderer, const Value& input) const
{
    if (!m_filter)
        fail(FailureKind::Runtime, "No filter named '" + m_name + "'");
    Arguments arguments = m_arguments.evaluate(renderer);
    renderer.setLine(line());
    return m_filter(renderer, input, arguments);
}

Value TestExpression::evaluate(Renderer& renderer) const
{
    if (!m_test)
        fail(FailureKind::Runtime, "No test named '" + m_name + "'");
    const Value input = renderer.evaluate(*m_input);
    Arguments arguments = m_arguments.evaluate(renderer);
    renderer.setLine(line());
    return Value(m_test(renderer, input, arguments) != m_negated);
}

} // namespace lens::jinja
