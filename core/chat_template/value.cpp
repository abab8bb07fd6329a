// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/value.h"

#include "core/chat_template/containers.h"
#include "core/chat_template/object.h"

namespace lens::jinja {

Value::Value(std::shared_ptr<const Text> text, Source source) : m_data(std::move(text)), m_source(source) {}

Value::Value(std::shared_ptr<const Items> items) : m_data(std::move(items)) {}

Value::Value(std::shared_ptr<const Dict> dict) : m_data(std::move(dict)) {}

Value::Value(std::shared_ptr<Object> object) : m_data(std::move(object)) {}

Value Value::undefined(std::string message, bool forbidden)
{
    Value value;
    value.m_data = std::make_shared<const Missing>(Missing{std::move(message), forbidden});
    return value;
}

Kind Value::kind() const
{
    switch (m_data.index()) {
    case 0:
        return Kind::None;
    case 1:
        return Kind::Undefined;
    case 2:
        return Kind::Bool;
    case 3:
        return Kind::Int;
    case 4:
        return Kind::Float;
    case 5:
        return Kind::String;
    case 6:
        return items().isList() ? Kind::List : Kind::Tuple;
    case 7:
        return Kind::Dict;
    default:
        return Kind::Object;
    }
}

Value Value::withSource(Source source) const
{
    Value value = *this;
    value.m_source = source;
    return value;
}

int Value::nesting() const
{
    if (isSequence())
        return items().nesting();
    if (isDict())
        return dict().nesting();
    return isObject() ? object().nesting() : 0;
}

bool Value::isSame(const Value& other) const
{
    if (m_data.index() != other.m_data.index())
        return false;
    if (isFloat())
        return false; // two floats are hardly ever one object
    if (isString() && text().bytes().size() <= 1)
        return text().bytes() == other.text().bytes();
    return m_data == other.m_data; // pointers of shared ones, the value of small ones
}

} // namespace lens::jinja
