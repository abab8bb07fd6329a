// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// HTML taken off a text.
#pragma once

#include "core/chat_template/value.h"

namespace lens::jinja {

class Renderer;

// Markup.striptags: no comments and tags, white space as single blanks, entities as characters. Throws
// Failure(Runtime) for named entities beyond the common ones.
Value withoutTags(Renderer& renderer, const Value& text);

} // namespace lens::jinja
