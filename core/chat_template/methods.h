// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The methods of Python's str, list, tuple, dict, int and float that a template may call.
#pragma once

#include "core/chat_template/object.h"

namespace lens::jinja {

using Method = Value (*)(Renderer& renderer, const Value& self, Arguments& arguments);

struct NamedMethod {
    std::string_view name;
    Method method = nullptr;
};

// Null if the value has no such method.
Method methodOf(const Value& value, std::string_view name);
// "value.name" without the call.
Value boundMethod(const Value& value, std::string_view name, Method method);

// Of one kind each; sorted by name.
Method caseMethod(std::string_view name);    // upper, title, isalpha …
Method searchMethod(std::string_view name);  // find, replace, startswith …
Method splitMethod(std::string_view name);   // split, strip, join …
Method paddingMethod(std::string_view name); // center, zfill, format …
Method containerMethod(const Value& value, std::string_view name);
Method numberMethod(const Value& value, std::string_view name);

template <std::size_t N>
Method findIn(const NamedMethod (&table)[N], std::string_view name)
{
    for (const NamedMethod& one : table) {
        if (one.name == name)
            return one.method;
    }
    return nullptr;
}

} // namespace lens::jinja
