// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/arithmetic.h"

#include "core/chat_template/comparing.h"
#include "core/chat_template/containers.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/html_escape.h"
#include "core/chat_template/number_math.h"
#include "core/chat_template/percent_format.h"
#include "core/chat_template/renderer.h"
#include "core/chat_template/text_builder.h"

namespace lens::jinja {
namespace {

constexpr const char* kSigns[] = {"+", "-", "*", "/", "//", "%", "**"};

[[noreturn]] void unsupported(Operator op, const Value& left, const Value& right)
{
    expectDefined(left);
    expectDefined(right);
    typeError(std::string("unsupported operand types for ") + kSigns[static_cast<int>(op)] + ": '" +
              typeName(left) + "' and '" + typeName(right) + "'");
}

Value added(Renderer& renderer, const Value& left, const Value& right)
{
    if (left.isString() && right.isString())
        return addedTexts(renderer, left, right);
    if (left.isSequence() && right.isSequence() && left.items().isList() == right.items().isList()) {
        Values values = left.items().values();
        values.insert(values.end(), right.items().values().begin(), right.items().values().end());
        return left.items().isList() ? renderer.heap().list(std::move(values))
                                     : renderer.heap().tuple(std::move(values));
    }
    unsupported(Operator::Add, left, right);
}

Value multiplied(Renderer& renderer, const Value& left, const Value& right)
{
    if ((left.isString() || left.isSequence()) && right.isIntegral())
        return repeated(renderer, left, right.asInt());
    if ((right.isString() || right.isSequence()) && left.isIntegral())
        return repeated(renderer, right, left.asInt());
    unsupported(Operator::Multiply, left, right);
}

} // namespace

Value addedTexts(Renderer& renderer, const Value& left, const Value& right)
{
    TextBuilder out(renderer.heap());
    const bool safe = left.isSafe() || right.isSafe();
    out.append(safe ? escapedText(renderer, left) : left);
    out.append(safe ? escapedText(renderer, right) : right);
    return out.take(safe);
}

Value repeated(Renderer& renderer, const Value& value, std::int64_t times)
{
    const auto count = static_cast<std::size_t>(times < 0 ? 0 : times);
    if (value.isString()) {
        TextBuilder out(renderer.heap());
        if (value.source() == kOwn && value.text().marks().empty()) {
            out.appendRepeated(value.bytes(), count);
            return out.take(value.isSafe());
        }
        for (std::size_t i = 0; i < count && !value.bytes().empty(); ++i) {
            renderer.budget().step();
            out.append(value);
        }
        return out.take(value.isSafe());
    }
    const Values& one = value.items().values();
    renderer.budget().checkLength(one.empty() ? 0 : count);
    renderer.budget().checkLength(one.size() * count * sizeof(Value));
    Values all;
    all.reserve(one.empty() ? 0 : one.size() * count);
    for (std::size_t i = 0; i < count && !one.empty(); ++i)
        all.insert(all.end(), one.begin(), one.end());
    return value.items().isList() ? renderer.heap().list(std::move(all))
                                  : renderer.heap().tuple(std::move(all));
}

Value calculated(Renderer& renderer, Operator op, const Value& left, const Value& right)
{
    if (left.isNumber() && right.isNumber())
        return calculatedNumbers(op, left, right);
    if (op == Operator::Add)
        return added(renderer, left, right);
    if (op == Operator::Multiply)
        return multiplied(renderer, left, right);
    if (op == Operator::Modulo && left.isString())
        return percentFormatted(renderer, left, right);
    unsupported(op, left, right);
}

Value negated(const Value& value)
{
    if (value.isFloat())
        return Value(-value.asNumber());
    if (!value.isIntegral()) {
        expectDefined(value);
        typeError("bad operand type for unary -: '" + typeName(value) + "'");
    }
    if (value.asInt() == INT64_MIN)
        overflow("an integer is too large");
    return Value(-value.asInt());
}

Value affirmed(const Value& value)
{
    if (value.isFloat())
        return value;
    if (!value.isIntegral()) {
        expectDefined(value);
        typeError("bad operand type for unary +: '" + typeName(value) + "'");
    }
    return Value(value.asInt());
}

} // namespace lens::jinja
