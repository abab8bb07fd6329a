// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// value.name, value[key], value[a:b:c]
#pragma once

#include "core/chat_template/expression.h"

#include <string>

namespace lens::jinja {

class AttributeExpression : public Expression {
public:
    AttributeExpression(int line, ExpressionPtr value, std::string name)
        : Expression(line)
        , m_value(std::move(value))
        , m_name(std::move(name))
    {
    }
    Value evaluate(Renderer& renderer) const override;
    const Expression& value() const { return *m_value; }
    const std::string& name() const { return m_name; }

private:
    ExpressionPtr m_value;
    std::string m_name;
};

class SubscriptExpression : public Expression {
public:
    SubscriptExpression(int line, ExpressionPtr value, ExpressionPtr key)
        : Expression(line)
        , m_value(std::move(value))
        , m_key(std::move(key))
    {
    }
    Value evaluate(Renderer& renderer) const override;

private:
    ExpressionPtr m_value;
    ExpressionPtr m_key;
};

class SliceExpression : public Expression {
public:
    // Bounds may be null.
    SliceExpression(int line, ExpressionPtr value, ExpressionPtr start, ExpressionPtr stop,
                    ExpressionPtr step)
        : Expression(line)
        , m_value(std::move(value))
        , m_start(std::move(start))
        , m_stop(std::move(stop))
        , m_step(std::move(step))
    {
    }
    Value evaluate(Renderer& renderer) const override;

private:
    ExpressionPtr m_value;
    ExpressionPtr m_start;
    ExpressionPtr m_stop;
    ExpressionPtr m_step;
};

} // namespace lens::jinja
