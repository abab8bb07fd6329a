// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Everything a template can hold that is neither a plain value nor a container: functions, macros, loops,
// namespaces, iterators. Each says what Python's object of that kind would do.
#pragma once

#include "core/chat_template/arguments.h"
#include "core/chat_template/value.h"

#include <optional>
#include <string>

namespace lens::jinja {

class Renderer;

// Goes through something once.
class Cursor {
public:
    Cursor() = default;
    virtual ~Cursor() = default;
    Cursor(const Cursor&) = delete;
    Cursor& operator=(const Cursor&) = delete;
    // False at the end.
    virtual bool next(Renderer& renderer, Value& value) = 0;
};

class Object : public std::enable_shared_from_this<Object> {
public:
    Object() = default;
    virtual ~Object() = default;
    Object(const Object&) = delete;
    Object& operator=(const Object&) = delete;

    virtual std::string typeName() const = 0;
    virtual std::string repr(Renderer& renderer) const;
    // What Python finds as an attribute; nothing if there is none.
    virtual std::optional<Value> attribute(Renderer& renderer, std::string_view name);
    virtual bool isCallable() const { return false; }
    virtual Value call(Renderer& renderer, Arguments& arguments);
    virtual std::optional<std::int64_t> length(Renderer& renderer);
    // Null if it cannot be iterated over.
    virtual std::unique_ptr<Cursor> iterate(Renderer& renderer);
    virtual bool isTrue(Renderer& renderer);
    // Whether it can be a key of a dict.
    virtual bool isHashable() const { return true; }
    virtual bool equals(const Object& other) const { return this == &other; }
    virtual int nesting() const { return 0; }
};

} // namespace lens::jinja
