// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// markupsafe's escape: & < > ' " as HTML entities.
#pragma once

#include "core/chat_template/value.h"

namespace lens::jinja {

class Renderer;

// escape(value): a safe string is returned as it is, everything else becomes text, escaped and safe.
Value escapedText(Renderer& renderer, const Value& value);
// Of any string, safe or not.
Value forceEscapedText(Renderer& renderer, const Value& text);

} // namespace lens::jinja
