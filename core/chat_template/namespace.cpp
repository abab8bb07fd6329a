// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/namespace.h"

#include "core/chat_template/renderer.h"

namespace lens::jinja {

std::string Namespace::repr(Renderer& renderer) const
{
    TextBuilder out(renderer.heap());
    reprTo(renderer, out, Value(std::shared_ptr<const Dict>(m_fields)));
    return "<Namespace " + out.takeBytes() + ">";
}

std::optional<Value> Namespace::attribute(Renderer&, std::string_view name)
{
    const Value* value = m_fields->find(name);
    return value ? std::optional(*value) : std::nullopt;
}

} // namespace lens::jinja
