// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Operators. What stands left of left-associative operators is kept as one chain, so that long sums do not
// lie deep.
#pragma once

#include "core/chat_template/arithmetic.h"
#include "core/chat_template/expression.h"

namespace lens::jinja {

// a + b - c …, operators of one rank
class ArithmeticExpression : public Expression {
public:
    struct Step {
        Operator op;
        ExpressionPtr operand;
        int line;
    };
    ArithmeticExpression(int line, ExpressionPtr first, std::vector<Step> steps)
        : Expression(line)
        , m_first(std::move(first))
        , m_steps(std::move(steps))
    {
    }
    Value evaluate(Renderer& renderer) const override;

private:
    ExpressionPtr m_first;
    std::vector<Step> m_steps;
};

// a ~ b ~ c
class ConcatExpression : public Expression {
public:
    ConcatExpression(int line, Expressions parts) : Expression(line), m_parts(std::move(parts)) {}
    Value evaluate(Renderer& renderer) const override;

private:
    Expressions m_parts;
};

class UnaryExpression : public Expression {
public:
    enum class Kind { Negate, Affirm, Not };
    UnaryExpression(int line, Kind kind, ExpressionPtr operand)
        : Expression(line)
        , m_kind(kind)
        , m_operand(std::move(operand))
    {
    }
    Value evaluate(Renderer& renderer) const override;

private:
    Kind m_kind;
    ExpressionPtr m_operand;
};

// a and b and c; a or b or c: the operand that decides
class LogicExpression : public Expression {
public:
    LogicExpression(int line, bool isAnd, Expressions operands)
        : Expression(line)
        , m_isAnd(isAnd)
        , m_operands(std::move(operands))
    {
    }
    Value evaluate(Renderer& renderer) const override;

private:
    bool m_isAnd;
    Expressions m_operands;
};

// a < b <= c, a in b, a not in b
class CompareExpression : public Expression {
public:
    enum class Comparison { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, In, NotIn };
    struct Step {
        Comparison comparison;
        ExpressionPtr operand;
    };
    CompareExpression(int line, ExpressionPtr first, std::vector<Step> steps)
        : Expression(line)
        , m_first(std::move(first))
        , m_steps(std::move(steps))
    {
    }
    Value evaluate(Renderer& renderer) const override;

private:
    ExpressionPtr m_first;
    std::vector<Step> m_steps;
};

// a if test else b
class ConditionalExpression : public Expression {
public:
    // otherwise may be null: undefined then.
    ConditionalExpression(int line, ExpressionPtr test, ExpressionPtr then, ExpressionPtr otherwise)
        : Expression(line)
        , m_test(std::move(test))
        , m_then(std::move(then))
        , m_otherwise(std::move(otherwise))
    {
    }
    Value evaluate(Renderer& renderer) const override;

private:
    ExpressionPtr m_test;
    ExpressionPtr m_then;
    ExpressionPtr m_otherwise;
};

} // namespace lens::jinja
