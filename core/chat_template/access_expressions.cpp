// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/access_expressions.h"

#include "core/chat_template/attributes.h"
#include "core/chat_template/comparing.h"
#include "core/chat_template/failure.h"
#include "core/chat_template/renderer.h"
#include "core/chat_template/slicing.h"

namespace lens::jinja {

Value AttributeExpression::evaluate(Renderer& renderer) const
{
    const Value value = renderer.evaluate(*m_value);
    renderer.setLine(line());
    return attributeOf(renderer, value, m_name);
}

Value SubscriptExpression::evaluate(Renderer& renderer) const
{
    const Value value = renderer.evaluate(*m_value);
    const Value key = renderer.evaluate(*m_key);
    renderer.setLine(line());
    return itemOf(renderer, value, key);
}

Value SliceExpression::evaluate(Renderer& renderer) const
{
    const auto bound = [&](const ExpressionPtr& one) { return one ? renderer.evaluate(*one) : Value(); };
    const Value value = renderer.evaluate(*m_value);
    const SliceBounds bounds{bound(m_start), bound(m_stop), bound(m_step)};
    renderer.setLine(line());
    expectDefined(value);
    if (std::optional<Value> sliced = slicedValue(renderer, value, bounds))
        return std::move(*sliced);
    typeError("'" + typeName(value) +
              "' object cannot be sliced like that"); // unlike an index, never undefined
}

} // namespace lens::jinja
