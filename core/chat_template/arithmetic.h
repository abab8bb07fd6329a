// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The operators + - * / // % ** and unary + -, as Python has them, on 64-bit integers (an overflow is an
// error).
#pragma once

#include "core/chat_template/value.h"

namespace lens::jinja {

class Renderer;

enum class Operator { Add, Subtract, Multiply, Divide, FloorDivide, Modulo, Power };

// Throws Failure(Type) for kinds that have no such operator.
Value calculated(Renderer& renderer, Operator op, const Value& left, const Value& right);
Value negated(const Value& value);
Value affirmed(const Value& value); // unary +

// A string, list or tuple, times times.
Value repeated(Renderer& renderer, const Value& value, std::int64_t times);
// Markup + string: what is not safe is escaped.
Value addedTexts(Renderer& renderer, const Value& left, const Value& right);

} // namespace lens::jinja
