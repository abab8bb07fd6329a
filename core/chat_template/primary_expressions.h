// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Literals and names.
#pragma once

#include "core/chat_template/expression.h"
#include "core/chat_template/scope.h"

namespace lens::jinja {

class Constant : public Expression {
public:
    Constant(int line, Value value) : Expression(line), m_value(std::move(value)) {}
    Value evaluate(Renderer&) const override { return m_value; }
    const Value& value() const { return m_value; }

private:
    Value m_value;
};

class NameExpression : public Expression {
public:
    NameExpression(int line, Symbol symbol) : Expression(line), m_symbol(symbol) {}
    Value evaluate(Renderer& renderer) const override;
    Symbol symbol() const { return m_symbol; }

private:
    Symbol m_symbol;
};

// [a, b] and (a, b)
class ItemsExpression : public Expression {
public:
    ItemsExpression(int line, Expressions items, bool isList)
        : Expression(line)
        , m_items(std::move(items))
        , m_isList(isList)
    {
    }
    Value evaluate(Renderer& renderer) const override;
    bool isTuple() const { return !m_isList; }
    const Expressions& items() const { return m_items; }

private:
    Expressions m_items;
    bool m_isList;
};

class DictExpression : public Expression {
public:
    DictExpression(int line, Expressions keys, Expressions values)
        : Expression(line)
        , m_keys(std::move(keys))
        , m_values(std::move(values))
    {
    }
    Value evaluate(Renderer& renderer) const override;

private:
    Expressions m_keys;
    Expressions m_values;
};

} // namespace lens::jinja
