// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// str() and repr() of values.
#pragma once

#include "core/chat_template/text_builder.h"

namespace lens::jinja {

class Renderer;

// str(value), as {{ }} writes it.
void printTo(Renderer& renderer, TextBuilder& out, const Value& value);
void reprTo(Renderer& renderer, TextBuilder& out, const Value& value);
// str(value) as a string value; a plain string is returned as it is.
Value textOf(Renderer& renderer, const Value& value);
// jinja2's soft_str: as textOf, but a safe string stays safe.
Value softText(Renderer& renderer, const Value& value);
// For messages.
std::string shownRepr(Renderer& renderer, const Value& value);

} // namespace lens::jinja
