// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// value[index] and value[start:stop:step] on strings (by characters), lists, tuples and ranges.
#pragma once

#include "core/chat_template/value.h"

#include <optional>

namespace lens::jinja {

class Renderer;

struct SliceBounds {
    Value start; // none: from the end the step asks for
    Value stop;
    Value step;
};

// Nothing where Python raises TypeError (value or bounds of the wrong kind). Throws Failure(Value) for step
// 0.
std::optional<Value> slicedValue(Renderer& renderer, const Value& value, const SliceBounds& bounds);
// Nothing where Python raises TypeError or IndexError.
std::optional<Value> elementAt(Renderer& renderer, const Value& value, std::int64_t index);

} // namespace lens::jinja
