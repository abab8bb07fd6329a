// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Python's json.dumps, as transformers' tojson calls it.
#pragma once

#include "core/chat_template/text_builder.h"

#include <optional>

namespace lens::jinja {

class Renderer;

struct JsonForm {
    bool ensureAscii = false;
    bool sortKeys = false;
    std::optional<std::string> indent; // one level; nothing: all on one line
    std::string itemSeparator = ", ";
    std::string keySeparator = ": ";
};

// Throws Failure(Type) for what JSON has not (undefined, functions).
Value jsonText(Renderer& renderer, const Value& value, const JsonForm& form);

} // namespace lens::jinja
