// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Python's arithmetic on two numbers (integers, floats, booleans).
#pragma once

#include "core/chat_template/arithmetic.h"

namespace lens::jinja {

// Throws Failure(ZeroDivision), Failure(Overflow), or Failure(Type) where Python would give a complex number.
Value calculatedNumbers(Operator op, const Value& left, const Value& right);

// round(number, digits): half to even on the exact value. digits may be negative.
double roundedFloat(double number, std::int64_t digits);
std::int64_t roundedInteger(std::int64_t number, std::int64_t digits);

} // namespace lens::jinja
