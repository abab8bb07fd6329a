// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/number_math.h"

#include "core/chat_template/failure.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace lens::jinja {
namespace {

[[noreturn]] void tooLarge()
{
    overflow("an integer is too large");
}

[[noreturn]] void zeroDivision()
{
    fail(FailureKind::ZeroDivision, "division by zero");
}

std::int64_t floorQuotient(std::int64_t a, std::int64_t b)
{
    if (b == 0)
        zeroDivision();
    if (b == -1) {
        if (a == INT64_MIN)
            tooLarge();
        return -a;
    }
    const std::int64_t quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

std::int64_t integerPower(std::int64_t base, std::int64_t exponent)
{
    std::int64_t result = 1;
    while (exponent > 0) {
        if ((exponent & 1) && __builtin_mul_overflow(result, base, &result))
            tooLarge();
        exponent >>= 1;
        if (exponent > 0 && __builtin_mul_overflow(base, base, &base))
            tooLarge();
    }
    return result;
}

double floatPower(double base, double exponent)
{
    if (base == 0 && exponent < 0)
        fail(FailureKind::ZeroDivision, "0.0 cannot be raised to a negative power");
    if (base < 0 && std::isfinite(base) && std::isfinite(exponent) && std::trunc(exponent) != exponent)
        typeError("complex numbers are not supported (a negative number to a fractional power)");
    const double result = std::pow(base, exponent);
    if (std::isinf(result) && std::isfinite(base) && std::isfinite(exponent))
        overflow("Numerical result out of range");
    return result;
}

// Python's float_divmod: the remainder has the sign of the divisor.
void floorDivision(double a, double b, double& quotient, double& remainder)
{
    if (b == 0)
        zeroDivision();
    remainder = std::fmod(a, b);
    double division = (a - remainder) / b;
    if (remainder != 0) {
        if ((b < 0) != (remainder < 0)) {
            remainder += b;
            division -= 1;
        }
    } else {
        remainder = std::copysign(0.0, b);
    }
    if (division != 0) {
        quotient = std::floor(division);
        if (division - quotient > 0.5)
            quotient += 1;
    } else {
        quotient = std::copysign(0.0, a / b);
    }
}

Value integers(Operator op, std::int64_t a, std::int64_t b)
{
    std::int64_t result = 0;
    bool large = false;
    switch (op) {
    case Operator::Add:
        large = __builtin_add_overflow(a, b, &result);
        break;
    case Operator::Subtract:
        large = __builtin_sub_overflow(a, b, &result);
        break;
    case Operator::Multiply:
        large = __builtin_mul_overflow(a, b, &result);
        break;
    case Operator::Divide:
        if (b == 0)
            zeroDivision();
        return Value(static_cast<double>(static_cast<long double>(a) / static_cast<long double>(b)));
    case Operator::FloorDivide:
        return Value(floorQuotient(a, b));
    case Operator::Modulo:
        if (b == 0)
            zeroDivision();
        return Value(b == -1 ? std::int64_t(0) : a - floorQuotient(a, b) * b);
    case Operator::Power:
        return b < 0 ? Value(floatPower(static_cast<double>(a), static_cast<double>(b)))
                     : Value(integerPower(a, b));
    }
    if (large)
        tooLarge();
    return Value(result);
}

Value floats(Operator op, double a, double b)
{
    double quotient = 0;
    double remainder = 0;
    switch (op) {
    case Operator::Add:
        return Value(a + b);
    case Operator::Subtract:
        return Value(a - b);
    case Operator::Multiply:
        return Value(a * b);
    case Operator::Divide:
        if (b == 0)
            zeroDivision();
        return Value(a / b);
    case Operator::FloorDivide:
        floorDivision(a, b, quotient, remainder);
        return Value(quotient);
    case Operator::Modulo:
        floorDivision(a, b, quotient, remainder);
        return Value(remainder);
    default:
        return Value(floatPower(a, b));
    }
}

} // namespace

Value calculatedNumbers(Operator op, const Value& left, const Value& right)
{
    if (left.isIntegral() && right.isIntegral())
        return integers(op, left.asInt(), right.asInt());
    return floats(op, left.asNumber(), right.asNumber());
}

double roundedFloat(double number, std::int64_t digits)
{
    if (!std::isfinite(number) || number == 0 || digits > 323)
        return number;
    if (digits < -308)
        return std::copysign(0.0, number);
    char buffer[800];
    if (digits >= 0) {
        std::snprintf(buffer, sizeof buffer, "%.*f", static_cast<int>(digits), number);
        return std::strtod(buffer, nullptr);
    }
    // Digits before the point: to that many significant ones; glibc rounds the exact value, half to even.
    std::snprintf(buffer, sizeof buffer, "%.*e", 17, number);
    const int exponent = std::atoi(std::strchr(buffer, 'e') + 1);
    const std::int64_t kept = exponent + digits;
    if (kept < -1)
        return std::copysign(0.0, number);
    const double unit = std::pow(10.0, static_cast<double>(-digits));
    if (kept == -1)
        return std::copysign(std::fabs(number) > unit / 2 ? unit : 0.0, number);
    std::snprintf(buffer, sizeof buffer, "%.*e", static_cast<int>(kept), number);
    const double rounded = std::strtod(buffer, nullptr);
    if (std::isinf(rounded))
        overflow("rounded value too large to represent");
    return rounded;
}

std::int64_t roundedInteger(std::int64_t number, std::int64_t digits)
{
    if (digits >= 0)
        return number;
    if (digits < -18)
        return 0;
    const std::int64_t unit = integerPower(10, -digits);
    const std::int64_t below = floorQuotient(number, unit) * unit;
    const std::int64_t rest = number - below;
    const bool odd = (below / unit) % 2 != 0;
    const bool up = rest > unit - rest || (rest == unit - rest && odd);
    return up ? integers(Operator::Add, below, unit).asInt() : below;
}

} // namespace lens::jinja
