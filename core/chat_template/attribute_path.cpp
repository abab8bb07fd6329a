// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/attribute_path.h"

#include "core/chat_template/attributes.h"
#include "core/chat_template/number_text.h"
#include "core/chat_template/renderer.h"
#include "core/chat_template/text_case.h"

namespace lens::jinja {

AttributePath::AttributePath(Renderer& renderer, const Value& attribute, Value fallback)
    : m_fallback(std::move(fallback))
{
    if (attribute.isNone())
        return;
    if (!attribute.isString()) {
        m_parts.push_back(attribute);
        return;
    }
    std::string_view rest = attribute.bytes();
    while (true) {
        const std::size_t dot = rest.find('.');
        const std::string_view part = rest.substr(0, dot);
        const bool number = !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
        m_parts.push_back(number ? Value(integerFromText(part, 10))
                                 : renderer.heap().text(std::string(part)));
        if (dot == std::string_view::npos)
            return;
        rest = rest.substr(dot + 1);
    }
}

Value AttributePath::of(Renderer& renderer, const Value& item) const
{
    Value value = item;
    for (const Value& part : m_parts) {
        value = itemOf(renderer, value, part);
        if (value.isUndefined() && !m_fallback.isNone())
            value = m_fallback;
    }
    return value;
}

Value AttributePath::keyOf(Renderer& renderer, const Value& item, bool caseSensitive) const
{
    return ignoringCase(renderer, of(renderer, item), caseSensitive);
}

Value ignoringCase(Renderer& renderer, const Value& value, bool caseSensitive)
{
    return value.isString() && !caseSensitive ? lowerText(renderer, value) : value;
}

} // namespace lens::jinja
