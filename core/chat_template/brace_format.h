// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// str.format and str.format_map: "{0.name!r:>10}".
#pragma once

#include "core/chat_template/arguments.h"

namespace lens::jinja {

class Renderer;

Value braceFormatted(Renderer& renderer, const Value& format, const Arguments& arguments);

} // namespace lens::jinja
