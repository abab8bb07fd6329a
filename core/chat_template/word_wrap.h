// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Python's textwrap.wrap, as the wordwrap filter uses it.
#pragma once

#include "core/chat_template/value.h"

namespace lens::jinja {

class Renderer;

struct WrapForm {
    std::int64_t width = 79; // characters
    bool breakLongWords = true;
    bool breakOnHyphens = true;
};

// The lines of one paragraph. Throws Failure(Value) for a width below 1.
Values wrappedText(Renderer& renderer, const Value& text, const WrapForm& form);

} // namespace lens::jinja
