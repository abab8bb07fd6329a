// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Cutting and replacing inside of texts, shared by methods and filters.
#pragma once

#include "core/chat_template/value.h"

namespace lens::jinja {

class Renderer;

// At most `times` occurrences, all if negative.
Value replacedText(Renderer& renderer, const Value& text, const Value& old, const Value& with,
                   std::int64_t times);
// Without the given characters at its ends; null: without white space.
Value strippedText(Renderer& renderer, const Value& text, const Value* characters, bool left, bool right);
// Lines without their ends, or with them.
Values linesOf(Renderer& renderer, const Value& text, bool keepEnds);
// items put together with a separator between; all are strings.
Value joinedTexts(Renderer& renderer, const Value& separator, const Values& items);
// Filled up with spaces to a width in characters.
Value centeredText(Renderer& renderer, const Value& text, std::int64_t width, std::string_view fill);

} // namespace lens::jinja
