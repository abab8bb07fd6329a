// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Going through values: what Python's iter() and list() do, and the lazy sequences that filters give.
#pragma once

#include "core/chat_template/object.h"

namespace lens::jinja {

// Null if the value cannot be iterated over.
std::unique_ptr<Cursor> tryIterate(Renderer& renderer, const Value& value);
// Throws Failure(Type) instead.
std::unique_ptr<Cursor> iterate(Renderer& renderer, const Value& value);
// list(value)
Values listed(Renderer& renderer, const Value& value);
// len(value); nothing if it has none.
std::optional<std::int64_t> lengthOf(Renderer& renderer, const Value& value);
// bool(value)
bool isTrue(Renderer& renderer, const Value& value);
// item in container. Throws Failure(Type) where Python does.
bool contains(Renderer& renderer, const Value& container, const Value& item);

// An iterator: goes once through what its cursor gives ("generator", "list_reverseiterator").
class Iterator : public Object {
public:
    Iterator(std::string typeName, std::unique_ptr<Cursor> cursor, int nesting);
    static Value make(std::unique_ptr<Cursor> cursor, const Value& over, const char* typeName = "generator");

    bool next(Renderer& renderer, Value& value);

    std::string typeName() const override { return m_typeName; }
    std::string repr(Renderer& renderer) const override;
    std::unique_ptr<Cursor> iterate(Renderer& renderer) override;
    int nesting() const override { return m_nesting; }

private:
    std::string m_typeName;
    std::unique_ptr<Cursor> m_cursor; // null after the end
    int m_nesting;
};

// Through values that are there already.
class ValuesCursor : public Cursor {
public:
    explicit ValuesCursor(Values values) : m_values(std::move(values)) {}
    bool next(Renderer& renderer, Value& value) override;

private:
    Values m_values;
    std::size_t m_at = 0;
};

} // namespace lens::jinja
