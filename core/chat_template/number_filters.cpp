// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Filters about numbers.
#include "core/chat_template/arithmetic.h"
#include "core/chat_template/attribute_path.h"
#include "core/chat_template/comparing.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/filters.h"
#include "core/chat_template/iteration.h"
#include "core/chat_template/number_math.h"
#include "core/chat_template/number_text.h"
#include "core/chat_template/renderer.h"

#include <cmath>

namespace lens::jinja {
namespace {

// Runs `make`; what Python's TypeError and ValueError stop gives nothing.
template <typename Make>
std::optional<Value> unlessWrong(Make make)
{
    try {
        return make();
    } catch (const Failure& failure) {
        if (failure.kind() != FailureKind::Type && failure.kind() != FailureKind::Value)
            throw;
        return std::nullopt;
    }
}

double asFloat(const Value& value)
{
    expectDefined(value);
    if (value.isString())
        return floatFromText(value.bytes());
    if (!value.isNumber())
        typeError("float() argument must be a string or a real number, not '" + typeName(value) + "'");
    return value.asNumber();
}

Value asInteger(const Value& value, const Value& base)
{
    expectDefined(value);
    if (value.isString()) {
        if (!base.isIntegral())
            typeError("'" + typeName(base) + "' object cannot be interpreted as an integer");
        if (base.asInt() < 0 || base.asInt() > 36)
            valueError("int() base must be >= 2 and <= 36, or 0");
        return Value(integerFromText(value.bytes(), static_cast<int>(base.asInt())));
    }
    if (value.isFloat())
        return Value(integerFromFloat(value.asNumber()));
    if (!value.isIntegral())
        typeError("int() argument must be a string or a real number, not '" + typeName(value) + "'");
    return Value(value.asInt());
}

Value integerFilter(Renderer&, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("int", arguments, {"default", "base"});
    const Value base = bound.at(1, Value(std::int64_t(10)));
    if (std::optional<Value> number = unlessWrong([&] { return asInteger(input, base); }))
        return number->withSource(input.source());
    if (std::optional<Value> number = unlessWrong([&] { return Value(integerFromFloat(asFloat(input))); }))
        return number->withSource(input.source());
    return bound.at(0, Value(std::int64_t(0)));
}

Value floatFilter(Renderer&, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("float", arguments, {"default"});
    if (std::optional<Value> number = unlessWrong([&] { return Value(asFloat(input)); }))
        return number->withSource(input.source());
    return bound.at(0, Value(0.0));
}

Value absolute(Renderer&, const Value& input, Arguments& arguments)
{
    expectPositional("abs", arguments, 0, 0);
    if (input.isFloat())
        return Value(std::fabs(input.asNumber()));
    if (!input.isIntegral())
        typeError("bad operand type for abs(): '" + typeName(input) + "'");
    return input.asInt() < 0 ? negated(input) : Value(input.asInt());
}

Value roundedAs(Renderer& renderer, const Value& input, const Value& precision, bool up)
{
    const Value scale = calculated(renderer, Operator::Power, Value(std::int64_t(10)), precision);
    const Value scaled = calculated(renderer, Operator::Multiply, input, scale);
    if (!scaled.isNumber())
        typeError("must be real number, not " + typeName(scaled));
    Value whole = scaled;
    if (scaled.isFloat())
        whole = Value(integerFromFloat(up ? std::ceil(scaled.asNumber()) : std::floor(scaled.asNumber())));
    return calculated(renderer, Operator::Divide, whole, scale);
}

Value roundFilter(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("round", arguments, {"precision", "method"});
    const Value precision = bound.at(0, Value(std::int64_t(0)));
    const Value method = bound.at(1, renderer.heap().text("common"));
    const std::string name = method.isString() ? std::string(method.bytes()) : std::string();
    if (name != "common" && name != "ceil" && name != "floor")
        fail(FailureKind::Runtime, "method must be common, ceil or floor");
    if (name != "common")
        return roundedAs(renderer, input, precision, name == "ceil");
    if (!input.isNumber())
        typeError("type " + typeName(input) + " doesn't define __round__ method");
    if (precision.isNone())
        return input.isFloat() ? Value(integerFromFloat(std::nearbyint(input.asNumber())))
                               : Value(input.asInt());
    if (!precision.isIntegral())
        typeError("'" + typeName(precision) + "' object cannot be interpreted as an integer");
    if (input.isFloat())
        return Value(roundedFloat(input.asNumber(), precision.asInt()));
    return Value(roundedInteger(input.asInt(), precision.asInt()));
}

Value sum(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("sum", arguments, {"attribute", "start"});
    const AttributePath path(renderer, bound.at(0, Value()));
    Value total = bound.at(1, Value(std::int64_t(0)));
    const std::unique_ptr<Cursor> cursor = iterate(renderer, input);
    if (total.isString())
        typeError("sum() can't sum strings [use ''.join(seq) instead]");
    Value item;
    while (cursor->next(renderer, item)) {
        renderer.budget().step();
        total = calculated(renderer, Operator::Add, total, path.of(renderer, item));
    }
    return total;
}

Value filesizeformat(Renderer& renderer, const Value& input, Arguments& arguments)
{
    const BoundArguments bound("filesizeformat", arguments, {"binary"});
    const bool binary = bound.has(0) && isTrue(renderer, bound.at(0));
    const double bytes = asFloat(input);
    const double base = binary ? 1024 : 1000;
    if (bytes == 1)
        return renderer.heap().text("1 Byte");
    if (bytes < base)
        return renderer.heap().text(std::to_string(integerFromFloat(bytes)) + " Bytes");
    constexpr std::string_view kLetters = "kMGTPEZY";
    double unit = base;
    std::size_t i = 0;
    do
        unit *= base;
    while (bytes >= unit && ++i < kLetters.size());
    i = std::min(i, kLetters.size() - 1);
    unit = std::pow(base, static_cast<double>(i + 2));
    const char letter = binary && i == 0 ? 'K' : kLetters[i];
    return renderer.heap().text(formattedFloat(base * bytes / unit, 'f', 1, false) + " " + letter +
                                (binary ? "iB" : "B"));
}

constexpr NamedFilter kFilters[] = {
    {"int", &integerFilter}, {"float", &floatFilter}, {"abs", &absolute},
    {"round", &roundFilter}, {"sum", &sum},           {"filesizeformat", &filesizeformat},
};

} // namespace

Filter numberFilter(std::string_view name)
{
    for (const NamedFilter& one : kFilters) {
        if (one.name == name)
            return one.filter;
    }
    return nullptr;
}

} // namespace lens::jinja
