// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Upper and lower case of whole texts, with their marks.
#pragma once

#include "core/chat_template/value.h"

namespace lens::jinja {

class Renderer;

Value upperText(Renderer& renderer, const Value& text);
Value lowerText(Renderer& renderer, const Value& text);
Value foldedText(Renderer& renderer, const Value& text);
Value swappedCaseText(Renderer& renderer, const Value& text);
// First character in title case, the others lower.
Value capitalizedText(Renderer& renderer, const Value& text);
// str.title(): every run of letters.
Value titleText(Renderer& renderer, const Value& text);
// The title filter: words are what stands behind blanks, hyphens and opening brackets.
Value titleWords(Renderer& renderer, const Value& text);

} // namespace lens::jinja
