// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Python's pprint, for values that fit on one line.
#pragma once

#include "core/chat_template/value.h"

namespace lens::jinja {

class Renderer;

// Keys sorted. Throws Failure(Runtime) for what Python would break into several lines.
Value prettyText(Renderer& renderer, const Value& value);

} // namespace lens::jinja
