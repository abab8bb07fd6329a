// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/chat_template/object.h"

#include "core/chat_template/failure.h"

namespace lens::jinja {

std::string Object::repr(Renderer&) const
{
    return "<" + typeName() + ">";
}

std::optional<Value> Object::attribute(Renderer&, std::string_view)
{
    return std::nullopt;
}

Value Object::call(Renderer&, Arguments&)
{
    typeError("'" + typeName() + "' object is not callable");
}

std::optional<std::int64_t> Object::length(Renderer&)
{
    return std::nullopt;
}

std::unique_ptr<Cursor> Object::iterate(Renderer&)
{
    return nullptr;
}

bool Object::isTrue(Renderer& renderer)
{
    const std::optional<std::int64_t> size = length(renderer);
    return !size || *size != 0;
}

} // namespace lens::jinja
