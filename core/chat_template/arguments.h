// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What a call, filter or test is given, and the putting of it into named parameters.
#pragma once

#include "core/chat_template/value.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <utility>

namespace lens::jinja {

struct Arguments {
    Values positional;
    std::vector<std::pair<std::string, Value>> named;

    bool empty() const { return positional.empty() && named.empty(); }
    // Takes it out; nothing if there is none of that name.
    std::optional<Value> takeNamed(std::string_view name);
};

// Arguments by parameter. Throws Failure(Type), as Python does, for too many, unknown or doubly given ones.
// Parameters beyond `positionalCount` can only be given by name; without a count all can be given both ways.
class BoundArguments {
public:
    BoundArguments(const char* function, const Arguments& arguments,
                   std::initializer_list<const char*> parameters,
                   std::size_t positionalCount = std::size_t(-1));

    bool has(std::size_t index) const { return m_values[index] != nullptr; }
    // Throws Failure(Type) if it was not given.
    const Value& at(std::size_t index) const;
    const Value& at(std::size_t index, const Value& fallback) const;
    // Absent or none gives nothing.
    const Value* given(std::size_t index) const;

private:
    const char* m_function;
    std::vector<const Value*> m_values;
    std::vector<const char*> m_names;
};

// Methods of Python's built-in types take no names: throws Failure(Type) unless least…most positional ones.
void expectPositional(const char* function, const Arguments& arguments, std::size_t least, std::size_t most);

} // namespace lens::jinja
