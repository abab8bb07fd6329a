// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/operator_expressions.h"

#include "core/chat_template/comparing.h"
#include "core/chat_template/iteration.h"
#include "core/chat_template/renderer.h"

namespace lens::jinja {
namespace {

using Comparison = CompareExpression::Comparison;

bool compared(Renderer& renderer, Comparison comparison, const Value& left, const Value& right)
{
    switch (comparison) {
    case Comparison::Equal:
        return areEqual(left, right);
    case Comparison::NotEqual:
        return !areEqual(left, right);
    case Comparison::Less:
        return isInOrder(left, right, Order::Less);
    case Comparison::LessEqual:
        return isInOrder(left, right, Order::LessEqual);
    case Comparison::Greater:
        return isInOrder(left, right, Order::Greater);
    case Comparison::GreaterEqual:
        return isInOrder(left, right, Order::GreaterEqual);
    case Comparison::In:
        return contains(renderer, right, left);
    default:
        return !contains(renderer, right, left);
    }
}

// Comparing large values is work.
void chargeFor(Renderer& renderer, const Value& value)
{
    if (value.isString())
        renderer.budget().work(value.bytes().size());
    else if (value.isSequence())
        renderer.budget().step(value.items().size());
    else if (value.isDict())
        renderer.budget().step(value.dict().size());
}

} // namespace

Value ArithmeticExpression::evaluate(Renderer& renderer) const
{
    Value result = renderer.evaluate(*m_first);
    for (const Step& step : m_steps) {
        const Value operand = renderer.evaluate(*step.operand);
        renderer.setLine(step.line);
        result = calculated(renderer, step.op, result, operand);
    }
    return result;
}

Value ConcatExpression::evaluate(Renderer& renderer) const
{
    TextBuilder out(renderer.heap());
    for (const ExpressionPtr& part : m_parts)
        printTo(renderer, out, renderer.evaluate(*part));
    return out.take();
}

Value UnaryExpression::evaluate(Renderer& renderer) const
{
    const Value operand = renderer.evaluate(*m_operand);
    if (m_kind == Kind::Not)
        return Value(!isTrue(renderer, operand));
    renderer.setLine(line());
    return m_kind == Kind::Negate ? negated(operand) : affirmed(operand);
}

Value LogicExpression::evaluate(Renderer& renderer) const
{
    for (std::size_t i = 0; i + 1 < m_operands.size(); ++i) {
        Value operand = renderer.evaluate(*m_operands[i]);
        if (isTrue(renderer, operand) != m_isAnd)
            return operand;
    }
    return renderer.evaluate(*m_operands.back());
}

Value CompareExpression::evaluate(Renderer& renderer) const
{
    Value left = renderer.evaluate(*m_first);
    for (const Step& step : m_steps) {
        Value right = renderer.evaluate(*step.operand);
        renderer.setLine(line());
        chargeFor(renderer, left);
        if (!compared(renderer, step.comparison, left, right))
            return Value(false);
        left = std::move(right);
    }
    return Value(true);
}

Value ConditionalExpression::evaluate(Renderer& renderer) const
{
    if (isTrue(renderer, renderer.evaluate(*m_test)))
        return renderer.evaluate(*m_then);
    if (m_otherwise)
        return renderer.evaluate(*m_otherwise);
    return Value::undefined("the inline if-expression on line " + std::to_string(line()) +
                            " evaluated to false and no else section was defined.");
}

} // namespace lens::jinja
