// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/comparing.h"

#include "core/chat_template/containers.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/object.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace lens::jinja {
namespace {

constexpr double kTwo63 = 9223372036854775808.0;

// -1, 0, 1; 2 where one is NaN. Exact: an integer is not rounded to compare it.
int compareNumbers(const Value& a, const Value& b)
{
    if (a.isIntegral() && b.isIntegral())
        return a.asInt() < b.asInt() ? -1 : a.asInt() > b.asInt() ? 1 : 0;
    if (a.isFloat() && b.isFloat())
        return a.asNumber() < b.asNumber()    ? -1
               : a.asNumber() > b.asNumber()  ? 1
               : a.asNumber() == b.asNumber() ? 0
                                              : 2;
    if (a.isFloat()) {
        const int swapped = compareNumbers(b, a);
        return swapped == 2 ? 2 : -swapped;
    }
    const double right = b.asNumber();
    if (std::isnan(right))
        return 2;
    if (right >= kTwo63)
        return -1;
    if (right < -kTwo63)
        return 1;
    const auto whole = static_cast<std::int64_t>(right);
    if (a.asInt() != whole)
        return a.asInt() < whole ? -1 : 1;
    const double rest = right - static_cast<double>(whole);
    return rest > 0 ? -1 : rest < 0 ? 1 : 0;
}

// Comparing and hashing go through all there is, and what there is may hold the same thing many times.
void chargeText(const Value& a)
{
    if (Budget* budget = a.text().budget())
        budget->work(a.bytes().size());
}

template <typename Container>
void chargeItems(const Container& a)
{
    if (Budget* budget = a.budget())
        budget->step(a.size() + 1);
}

bool sameTexts(const Value& a, const Value& b)
{
    if (a.bytes().size() != b.bytes().size())
        return false;
    chargeText(a);
    return a.bytes() == b.bytes();
}

bool sameItems(const Items& a, const Items& b)
{
    chargeItems(a);
    return a.isList() == b.isList() && a.size() == b.size() &&
           std::equal(a.values().begin(), a.values().end(), b.values().begin(),
                      [](const Value& x, const Value& y) { return x.isSame(y) || areEqual(x, y); });
}

bool sameDicts(const Dict& a, const Dict& b)
{
    chargeItems(a);
    if (a.size() != b.size())
        return false;
    return std::all_of(a.entries().begin(), a.entries().end(), [&](const auto& entry) {
        const Value* other = b.find(entry.first);
        return other && (entry.second.isSame(*other) || areEqual(entry.second, *other));
    });
}

bool holds(int compared, Order order)
{
    if (compared == 2)
        return false;
    switch (order) {
    case Order::Less:
        return compared < 0;
    case Order::LessEqual:
        return compared <= 0;
    case Order::Greater:
        return compared > 0;
    default:
        return compared >= 0;
    }
}

bool itemsInOrder(const Items& a, const Items& b, Order order)
{
    chargeItems(a);
    const std::size_t common = std::min(a.size(), b.size());
    for (std::size_t i = 0; i < common; ++i) {
        const Value& x = a.values()[i];
        const Value& y = b.values()[i];
        if (!x.isSame(y) && !areEqual(x, y))
            return isInOrder(x, y, order);
    }
    return holds(a.size() < b.size() ? -1 : a.size() > b.size() ? 1 : 0, order);
}

std::size_t mixed(std::size_t seed, std::size_t hash)
{
    return seed ^ (hash + 0x9E3779B97F4A7C15u + (seed << 6) + (seed >> 2));
}

} // namespace

bool areEqual(const Value& a, const Value& b)
{
    if (a.isNumber() && b.isNumber())
        return compareNumbers(a, b) == 0;
    if (a.isString() && b.isString())
        return sameTexts(a, b);
    if (a.isSequence() && b.isSequence())
        return sameItems(a.items(), b.items());
    if (a.isDict() && b.isDict())
        return sameDicts(a.dict(), b.dict());
    if (a.isObject() && b.isObject())
        return a.object().equals(b.object());
    return (a.isNone() && b.isNone()) || (a.isUndefined() && b.isUndefined());
}

bool isInOrder(const Value& a, const Value& b, Order order)
{
    if (a.isNumber() && b.isNumber())
        return holds(compareNumbers(a, b), order);
    if (a.isString() && b.isString()) {
        chargeText(a);
        return holds(a.bytes() < b.bytes() ? -1 : a.bytes() == b.bytes() ? 0 : 1, order);
    }
    if (a.isSequence() && b.isSequence() && a.items().isList() == b.items().isList())
        return itemsInOrder(a.items(), b.items(), order);
    expectDefined(a);
    expectDefined(b);
    typeError("'" + typeName(a) + "' and '" + typeName(b) + "' cannot be ordered");
}

std::size_t hashOfText(std::string_view text)
{
    return std::hash<std::string_view>()(text);
}

std::size_t hashOf(const Value& value)
{
    if (value.isString()) {
        chargeText(value);
        return hashOfText(value.bytes());
    }
    if (value.isFloat()) {
        const double number = value.asNumber();
        const bool whole = number >= -kTwo63 && number < kTwo63 && std::trunc(number) == number;
        return whole ? std::hash<std::int64_t>()(static_cast<std::int64_t>(number))
                     : std::hash<double>()(number);
    }
    if (value.isIntegral())
        return std::hash<std::int64_t>()(value.asInt());
    if (value.isSequence() && !value.items().isList()) {
        chargeItems(value.items());
        std::size_t hash = 1;
        for (const Value& item : value.items().values())
            hash = mixed(hash, hashOf(item));
        return hash;
    }
    if (value.isNone() || value.isUndefined())
        return value.isNone() ? 2 : 3;
    if (value.isObject() && value.object().isHashable())
        return std::hash<std::string>()(value.object().typeName());
    typeError("unhashable type: '" + typeName(value) + "'");
}

std::string typeName(const Value& value)
{
    switch (value.kind()) {
    case Kind::None:
        return "NoneType";
    case Kind::Undefined:
        return "Undefined";
    case Kind::Bool:
        return "bool";
    case Kind::Int:
        return "int";
    case Kind::Float:
        return "float";
    case Kind::String:
        return value.isSafe() ? "Markup" : "str";
    case Kind::List:
        return "list";
    case Kind::Tuple:
        return "tuple";
    case Kind::Dict:
        return "dict";
    default:
        return value.object().typeName();
    }
}

void useOfUndefined(const Value& value)
{
    fail(value.missing().forbidden ? FailureKind::Security : FailureKind::Undefined, value.missing().message);
}

} // namespace lens::jinja
