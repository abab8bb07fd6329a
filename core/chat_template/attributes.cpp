// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/attributes.h"

#include "core/chat_template/comparing.h"
#include "core/chat_template/containers.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/methods.h"
#include "core/chat_template/renderer.h"
#include "core/chat_template/slicing.h"

#include <algorithm>
#include <array>

namespace lens::jinja {
namespace {

// What every Python object has; the sandbox hides it.
bool isObjectName(std::string_view name)
{
    constexpr std::array<std::string_view, 23> kNames{
        "__class__", "__delattr__",      "__dir__",    "__doc__",  "__eq__",          "__format__",
        "__ge__",    "__getattribute__", "__gt__",     "__hash__", "__init__",        "__init_subclass__",
        "__le__",    "__lt__",           "__ne__",     "__new__",  "__reduce__",      "__reduce_ex__",
        "__repr__",  "__setattr__",      "__sizeof__", "__str__",  "__subclasshook__"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// Methods that change a list or a mapping.
bool changesValue(const Value& value, std::string_view name)
{
    constexpr std::array<std::string_view, 8> kOfLists{"append", "clear",  "extend",  "insert",
                                                       "pop",    "remove", "reverse", "sort"};
    constexpr std::array<std::string_view, 5> kOfDicts{"clear", "pop", "popitem", "setdefault", "update"};
    if (value.isDict())
        return std::find(kOfDicts.begin(), kOfDicts.end(), name) != kOfDicts.end();
    return value.kind() == Kind::List && std::find(kOfLists.begin(), kOfLists.end(), name) != kOfLists.end();
}

Value forbidden(const Value& value, std::string_view name)
{
    return Value::undefined("access to attribute '" + std::string(name) + "' of '" + typeName(value) +
                                "' object is unsafe.",
                            true);
}

Value noAttribute(const Value& value, std::string_view name)
{
    const std::string owner = value.isNone() ? "None" : typeName(value) + " object";
    return Value::undefined("'" + owner + "' has no attribute '" + std::string(name) + "'");
}

// The number's own parts, which Python has as attributes.
std::optional<Value> numberAttribute(const Value& value, std::string_view name)
{
    if (name == "real")
        return value.isBool() ? Value(value.asInt()) : value;
    if (name == "imag")
        return value.isFloat() ? Value(0.0) : Value(std::int64_t(0));
    if (value.isIntegral() && name == "numerator")
        return Value(value.asInt());
    if (value.isIntegral() && name == "denominator")
        return Value(std::int64_t(1));
    return std::nullopt;
}

std::optional<Value> groupAttribute(const Value& value, std::string_view name)
{
    if (value.items().form() != Items::Form::Group || (name != "grouper" && name != "list"))
        return std::nullopt;
    return value.items().values()[name == "list" ? 1 : 0];
}

} // namespace

std::optional<Value> pythonAttribute(Renderer& renderer, const Value& value, std::string_view name)
{
    if (changesValue(value, name) || isObjectName(name))
        return forbidden(value, name);
    if (value.isObject())
        return value.object().attribute(renderer, name);
    if (const Method method = methodOf(value, name))
        return boundMethod(value, name, method);
    if (value.isNumber())
        return numberAttribute(value, name);
    return value.isSequence() ? groupAttribute(value, name) : std::nullopt;
}

Value attributeOf(Renderer& renderer, const Value& value, std::string_view name)
{
    expectDefined(value);
    if (std::optional<Value> attribute = pythonAttribute(renderer, value, name))
        return std::move(*attribute);
    if (value.isDict()) {
        if (const Value* found = value.dict().find(name))
            return *found;
    }
    return noAttribute(value, name);
}

Value itemOf(Renderer& renderer, const Value& value, const Value& key)
{
    expectDefined(value);
    if (value.isDict()) {
        const bool possible = !key.isDict() && key.kind() != Kind::List;
        if (const Value* found = possible ? value.dict().find(key) : nullptr)
            return *found;
    } else if (key.isIntegral()) {
        if (std::optional<Value> element = elementAt(renderer, value, key.asInt()))
            return std::move(*element);
    }
    if (key.isString()) {
        if (std::optional<Value> attribute = pythonAttribute(renderer, value, key.bytes()))
            return std::move(*attribute);
        return noAttribute(value, key.bytes());
    }
    return Value::undefined(typeName(value) + " object has no element " + shownRepr(renderer, key));
}

} // namespace lens::jinja
