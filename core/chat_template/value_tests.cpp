// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/value_tests.h"

#include "core/chat_template/arithmetic.h"
#include "core/chat_template/comparing.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/filters.h"
#include "core/chat_template/iteration.h"
#include "core/chat_template/methods.h"
#include "core/chat_template/renderer.h"

namespace lens::jinja {
namespace {

void expectNone(Arguments& arguments)
{
    expectPositional("test", arguments, 0, 0);
}

const Value& only(Arguments& arguments, const char* parameter)
{
    const BoundArguments bound("test", arguments, {parameter});
    return bound.at(0);
}

const Value& operand(Arguments& arguments)
{
    expectPositional("test", arguments, 1, 1);
    return arguments.positional[0];
}

bool remainderIs(Renderer& renderer, const Value& input, const Value& divisor, std::int64_t wanted)
{
    return areEqual(calculated(renderer, Operator::Modulo, input, divisor), Value(wanted));
}

bool odd(Renderer& renderer, const Value& input, Arguments& arguments)
{
    expectNone(arguments);
    return remainderIs(renderer, input, Value(std::int64_t(2)), 1);
}

bool even(Renderer& renderer, const Value& input, Arguments& arguments)
{
    expectNone(arguments);
    return remainderIs(renderer, input, Value(std::int64_t(2)), 0);
}

bool divisibleby(Renderer& renderer, const Value& input, Arguments& arguments)
{
    return remainderIs(renderer, input, only(arguments, "num"), 0);
}

template <bool (*test)(const Value&)>
bool simple(Renderer&, const Value& input, Arguments& arguments)
{
    expectNone(arguments);
    return test(input);
}

bool isDefined(const Value& value)
{
    return !value.isUndefined();
}

bool isUndefined(const Value& value)
{
    return value.isUndefined();
}

bool isNone(const Value& value)
{
    return value.isNone();
}

bool isBoolean(const Value& value)
{
    return value.isBool();
}

bool isFalseItself(const Value& value)
{
    return value.isBool() && !value.asBool();
}

bool isTrueItself(const Value& value)
{
    return value.isBool() && value.asBool();
}

bool isInteger(const Value& value)
{
    return value.isInt();
}

bool isFloat(const Value& value)
{
    return value.isFloat();
}

bool isString(const Value& value)
{
    return value.isString();
}

bool isMapping(const Value& value)
{
    return value.isDict();
}

bool isNumber(const Value& value)
{
    return value.isNumber();
}

bool isEscaped(const Value& value)
{
    return value.isSafe();
}

bool isCallable(const Value& value)
{
    return value.isUndefined() || (value.isObject() && value.object().isCallable());
}

bool isSequence(const Value& value)
{
    const bool hasItems = value.isString() || value.isSequence() || value.isDict() || value.isUndefined();
    return hasItems || (value.isObject() && value.object().typeName() == "range");
}

bool iterable(Renderer& renderer, const Value& input, Arguments& arguments)
{
    expectNone(arguments);
    return tryIterate(renderer, input) != nullptr;
}

bool ofCase(Renderer& renderer, const Value& input, Arguments& arguments, const char* method)
{
    expectNone(arguments);
    const Value text = textOf(renderer, input);
    return methodOf(text, method)(renderer, text, arguments).asBool();
}

bool lower(Renderer& renderer, const Value& input, Arguments& arguments)
{
    return ofCase(renderer, input, arguments, "islower");
}

bool upper(Renderer& renderer, const Value& input, Arguments& arguments)
{
    return ofCase(renderer, input, arguments, "isupper");
}

bool sameas(Renderer&, const Value& input, Arguments& arguments)
{
    return input.isSame(only(arguments, "other"));
}

bool in(Renderer& renderer, const Value& input, Arguments& arguments)
{
    return contains(renderer, only(arguments, "seq"), input);
}

bool filter(Renderer&, const Value& input, Arguments& arguments)
{
    expectNone(arguments);
    hashOf(input);
    return input.isString() && filterNamed(input.bytes()) != nullptr;
}

bool test(Renderer&, const Value& input, Arguments& arguments)
{
    expectNone(arguments);
    hashOf(input);
    return input.isString() && testNamed(input.bytes()) != nullptr;
}

bool equal(Renderer&, const Value& input, Arguments& arguments)
{
    return areEqual(input, operand(arguments));
}

bool notEqual(Renderer&, const Value& input, Arguments& arguments)
{
    return !areEqual(input, operand(arguments));
}

template <Order order>
bool ordered(Renderer&, const Value& input, Arguments& arguments)
{
    return isInOrder(input, operand(arguments), order);
}

struct NamedTest {
    std::string_view name;
    ValueTest test = nullptr;
};

constexpr NamedTest kTests[] = {
    {"defined", &simple<isDefined>},
    {"undefined", &simple<isUndefined>},
    {"none", &simple<isNone>},
    {"string", &simple<isString>},
    {"mapping", &simple<isMapping>},
    {"iterable", &iterable},
    {"sequence", &simple<isSequence>},
    {"number", &simple<isNumber>},
    {"integer", &simple<isInteger>},
    {"float", &simple<isFloat>},
    {"boolean", &simple<isBoolean>},
    {"true", &simple<isTrueItself>},
    {"false", &simple<isFalseItself>},
    {"odd", &odd},
    {"even", &even},
    {"divisibleby", &divisibleby},
    {"lower", &lower},
    {"upper", &upper},
    {"callable", &simple<isCallable>},
    {"escaped", &simple<isEscaped>},
    {"sameas", &sameas},
    {"in", &in},
    {"filter", &filter},
    {"test", &test},
    {"==", &equal},
    {"eq", &equal},
    {"equalto", &equal},
    {"!=", &notEqual},
    {"ne", &notEqual},
    {"<", &ordered<Order::Less>},
    {"lt", &ordered<Order::Less>},
    {"lessthan", &ordered<Order::Less>},
    {"<=", &ordered<Order::LessEqual>},
    {"le", &ordered<Order::LessEqual>},
    {">", &ordered<Order::Greater>},
    {"gt", &ordered<Order::Greater>},
    {"greaterthan", &ordered<Order::Greater>},
    {">=", &ordered<Order::GreaterEqual>},
    {"ge", &ordered<Order::GreaterEqual>},
};

} // namespace

ValueTest testNamed(std::string_view name)
{
    for (const NamedTest& one : kTests) {
        if (one.name == name)
            return one.test;
    }
    return nullptr;
}

bool tested(Renderer& renderer, const Value& name, const Value& input, Arguments& arguments)
{
    const ValueTest test = name.isString() ? testNamed(name.bytes()) : nullptr;
    if (!test)
        fail(FailureKind::Runtime,
             "No test named " + (name.isString() ? "'" + std::string(name.bytes()) + "'" : typeName(name)));
    return test(renderer, input, arguments);
}

} // namespace lens::jinja
