// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// value.name and value[key], with the sandbox's rules: names with a leading underscore and whatever would
// change a list or mapping are out of reach.
#pragma once

#include "core/chat_template/value.h"

#include <optional>

namespace lens::jinja {

class Renderer;

// value.name: Python's attribute first, then the key. Undefined if there is neither; throws for an attribute
// of undefined.
Value attributeOf(Renderer& renderer, const Value& value, std::string_view name);
// value[key]: the element first, then the attribute.
Value itemOf(Renderer& renderer, const Value& value, const Value& key);
// Only the attribute, as Python's getattr; nothing if there is none.
std::optional<Value> pythonAttribute(Renderer& renderer, const Value& value, std::string_view name);

} // namespace lens::jinja
