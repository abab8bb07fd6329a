// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Python's format(value, spec), and the putting of signs and filling around numbers that the % operator
// shares.
#pragma once

#include "core/chat_template/value.h"

namespace lens::jinja {

class Renderer;

// Throws Failure(Value) for a spec that Python does not know or that does not fit the kind of the value.
Value formattedValue(Renderer& renderer, const Value& value, std::string_view spec);

} // namespace lens::jinja
