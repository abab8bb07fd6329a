// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/iteration.h"

#include "core/chat_template/characters.h"
#include "core/chat_template/comparing.h"
#include "core/chat_template/containers.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/range.h"
#include "core/chat_template/renderer.h"
#include "core/chat_template/substring.h"

#include <algorithm>

namespace lens::jinja {
namespace {

class ItemsCursor : public Cursor {
public:
    explicit ItemsCursor(std::shared_ptr<const Items> items) : m_items(std::move(items)) {}

    bool next(Renderer&, Value& value) override
    {
        if (m_at == m_items->size())
            return false;
        value = m_items->values()[m_at++];
        return true;
    }

private:
    std::shared_ptr<const Items> m_items;
    std::size_t m_at = 0;
};

class CharactersCursor : public Cursor {
public:
    explicit CharactersCursor(Value text) : m_text(std::move(text)) {}

    bool next(Renderer& renderer, Value& value) override
    {
        const std::string_view bytes = m_text.bytes();
        if (m_at >= bytes.size())
            return false;
        const std::size_t end = std::min(m_at + characterLength(bytes[m_at]), bytes.size());
        value = plainText(renderer.heap(), slicedText(renderer.heap(), m_text, m_at, end));
        m_at = end;
        return true;
    }

private:
    Value m_text;
    std::size_t m_at = 0;
};

class KeysCursor : public Cursor {
public:
    explicit KeysCursor(std::shared_ptr<const Dict> dict) : m_dict(std::move(dict)) {}

    bool next(Renderer&, Value& value) override
    {
        if (m_at == m_dict->size())
            return false;
        value = m_dict->entries()[m_at++].first;
        return true;
    }

private:
    std::shared_ptr<const Dict> m_dict;
    std::size_t m_at = 0;
};

class SharedCursor : public Cursor {
public:
    explicit SharedCursor(std::shared_ptr<Object> iterator) : m_iterator(std::move(iterator)) {}
    bool next(Renderer& renderer, Value& value) override
    {
        return static_cast<Iterator&>(*m_iterator).next(renderer, value);
    }

private:
    std::shared_ptr<Object> m_iterator;
};

} // namespace

bool ValuesCursor::next(Renderer&, Value& value)
{
    if (m_at == m_values.size())
        return false;
    value = m_values[m_at++];
    return true;
}

Iterator::Iterator(std::string typeName, std::unique_ptr<Cursor> cursor, int nesting)
    : m_typeName(std::move(typeName))
    , m_cursor(std::move(cursor))
    , m_nesting(nesting)
{
    if (m_nesting > kMaxNesting)
        fail(FailureKind::Limit, "lazy sequences lie too deeply in each other");
}

Value Iterator::make(std::unique_ptr<Cursor> cursor, const Value& over, const char* typeName)
{
    return Value(std::make_shared<Iterator>(typeName, std::move(cursor), over.nesting() + 1));
}

bool Iterator::next(Renderer& renderer, Value& value)
{
    const DepthGuard guard(renderer.budget());
    renderer.budget().step();
    if (!m_cursor)
        return false;
    if (m_cursor->next(renderer, value))
        return true;
    m_cursor.reset();
    return false;
}

std::string Iterator::repr(Renderer&) const
{
    return "<" + m_typeName + " object>";
}

std::unique_ptr<Cursor> Iterator::iterate(Renderer&)
{
    return std::make_unique<SharedCursor>(shared_from_this());
}

std::unique_ptr<Cursor> tryIterate(Renderer& renderer, const Value& value)
{
    if (value.isSequence())
        return std::make_unique<ItemsCursor>(value.sharedItems());
    if (value.isString())
        return std::make_unique<CharactersCursor>(value);
    if (value.isDict())
        return std::make_unique<KeysCursor>(value.sharedDict());
    if (value.isUndefined())
        return std::make_unique<ValuesCursor>(Values());
    return value.isObject() ? value.object().iterate(renderer) : nullptr;
}

std::unique_ptr<Cursor> iterate(Renderer& renderer, const Value& value)
{
    std::unique_ptr<Cursor> cursor = tryIterate(renderer, value);
    if (!cursor)
        typeError("'" + typeName(value) + "' object is not iterable");
    return cursor;
}

Values listed(Renderer& renderer, const Value& value)
{
    if (value.isSequence())
        return value.items().values();
    const std::unique_ptr<Cursor> cursor = iterate(renderer, value);
    Values values;
    Value item;
    while (cursor->next(renderer, item)) {
        renderer.budget().step();
        renderer.budget().checkLength(values.size() * sizeof(Value));
        values.push_back(item);
    }
    return values;
}

std::optional<std::int64_t> lengthOf(Renderer& renderer, const Value& value)
{
    if (value.isSequence())
        return static_cast<std::int64_t>(value.items().size());
    if (value.isDict())
        return static_cast<std::int64_t>(value.dict().size());
    if (value.isString()) {
        renderer.budget().work(value.bytes().size());
        return static_cast<std::int64_t>(countCharacters(value.bytes()));
    }
    if (value.isUndefined())
        return 0;
    return value.isObject() ? value.object().length(renderer) : std::nullopt;
}

bool isTrue(Renderer& renderer, const Value& value)
{
    switch (value.kind()) {
    case Kind::None:
    case Kind::Undefined:
        return false;
    case Kind::Bool:
        return value.asBool();
    case Kind::Int:
        return value.asInt() != 0;
    case Kind::Float:
        return value.asNumber() != 0;
    case Kind::String:
        return !value.bytes().empty();
    case Kind::Object:
        return value.object().isTrue(renderer);
    default:
        return *lengthOf(renderer, value) != 0;
    }
}

bool contains(Renderer& renderer, const Value& container, const Value& item)
{
    if (container.isString()) {
        if (!item.isString())
            typeError("'in <string>' requires string as left operand, not " + typeName(item));
        renderer.budget().work(container.bytes().size());
        return findText(container.bytes(), item.bytes()) != std::string_view::npos;
    }
    if (container.isDict())
        return container.dict().find(item) != nullptr;
    const auto* range = container.isObject() ? dynamic_cast<const Range*>(&container.object()) : nullptr;
    if (range)
        return range->contains(item);
    const std::unique_ptr<Cursor> cursor = tryIterate(renderer, container);
    if (!cursor)
        typeError("argument of type '" + typeName(container) + "' is not iterable");
    Value value;
    while (cursor->next(renderer, value)) {
        renderer.budget().step();
        if (value.isSame(item) || areEqual(value, item))
            return true;
    }
    return false;
}

} // namespace lens::jinja
