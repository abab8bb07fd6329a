// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/target.h"

#include "core/chat_template/comparing.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/iteration.h"
#include "core/chat_template/namespace.h"
#include "core/chat_template/renderer.h"

namespace lens::jinja {

void NameTarget::assign(Renderer& renderer, const Value& value) const
{
    renderer.scope().set(m_symbol, value);
}

Value NameTarget::readBack(Renderer& renderer) const
{
    return renderer.lookUp(m_symbol);
}

void FieldTarget::assign(Renderer& renderer, const Value& value) const
{
    const Value owner = renderer.lookUp(m_symbol);
    auto* fields = owner.isObject() ? dynamic_cast<Namespace*>(&owner.object()) : nullptr;
    if (!fields)
        fail(FailureKind::Runtime, "cannot assign attribute on non-namespace object");
    fields->fields().set(renderer.heap().text(m_field), value);
}

Value FieldTarget::readBack(Renderer&) const
{
    return {};
}

void TupleTarget::assign(Renderer& renderer, const Value& value) const
{
    const std::unique_ptr<Cursor> cursor = tryIterate(renderer, value);
    if (!cursor)
        typeError("cannot unpack non-iterable " + typeName(value) + " object");
    Values values;
    Value item;
    while (values.size() <= m_parts.size() && cursor->next(renderer, item))
        values.push_back(item);
    if (values.size() > m_parts.size())
        valueError("too many values to unpack (expected " + std::to_string(m_parts.size()) + ")");
    if (values.size() < m_parts.size())
        valueError("not enough values to unpack (expected " + std::to_string(m_parts.size()) + ", got " +
                   std::to_string(values.size()) + ")");
    for (std::size_t i = 0; i < values.size(); ++i)
        m_parts[i]->assign(renderer, values[i]);
}

Value TupleTarget::readBack(Renderer& renderer) const
{
    Values values;
    for (const TargetPtr& part : m_parts)
        values.push_back(part->readBack(renderer));
    return renderer.heap().tuple(std::move(values));
}

} // namespace lens::jinja
