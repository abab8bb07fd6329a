// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/primary_expressions.h"

#include "core/chat_template/renderer.h"

namespace lens::jinja {

Value NameExpression::evaluate(Renderer& renderer) const
{
    return renderer.lookUp(m_symbol);
}

Value ItemsExpression::evaluate(Renderer& renderer) const
{
    Values values;
    values.reserve(m_items.size());
    for (const ExpressionPtr& item : m_items)
        values.push_back(renderer.evaluate(*item));
    return m_isList ? renderer.heap().list(std::move(values)) : renderer.heap().tuple(std::move(values));
}

Value DictExpression::evaluate(Renderer& renderer) const
{
    const std::shared_ptr<Dict> dict = renderer.heap().dict();
    for (std::size_t i = 0; i < m_keys.size(); ++i) {
        const Value key = renderer.evaluate(*m_keys[i]);
        dict->set(key, renderer.evaluate(*m_values[i]));
    }
    return Value(std::shared_ptr<const Dict>(dict));
}

} // namespace lens::jinja
