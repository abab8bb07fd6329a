// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// ==, <, in and hashing, as Python has them: 1 == 1.0 == True, strings by code points, containers element by
// element, undefined equal only to undefined.
#pragma once

#include "core/chat_template/value.h"

#include <cstddef>
#include <string_view>

namespace lens::jinja {

bool areEqual(const Value& a, const Value& b);

enum class Order { Less, LessEqual, Greater, GreaterEqual };
// Throws Failure(Type) for kinds that have no order, Failure(Undefined) for undefined ones.
bool isInOrder(const Value& a, const Value& b, Order order);

// Equal values have equal hashes. Throws Failure(Type) for what cannot be a key (lists, dicts).
std::size_t hashOf(const Value& value);
std::size_t hashOfText(std::string_view text);

// How Python calls the class ("str", "list").
std::string typeName(const Value& value);
// Throws the error of an operation that undefined forbids.
[[noreturn]] void useOfUndefined(const Value& value);
inline void expectDefined(const Value& value)
{
    if (value.isUndefined())
        useOfUndefined(value);
}

} // namespace lens::jinja
