// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What a template computes with: the nodes that the parser makes of an expression. Immutable after parsing.
#pragma once

#include "core/chat_template/value.h"

#include <memory>

namespace lens::jinja {

class Renderer;

class Expression {
public:
    explicit Expression(int line) : m_line(line) {}
    virtual ~Expression() = default;
    Expression(const Expression&) = delete;
    Expression& operator=(const Expression&) = delete;

    // Called by Renderer::evaluate, which counts steps and depth.
    virtual Value evaluate(Renderer& renderer) const = 0;
    int line() const { return m_line; }

private:
    int m_line;
};

using ExpressionPtr = std::unique_ptr<const Expression>;
using Expressions = std::vector<ExpressionPtr>;

} // namespace lens::jinja
