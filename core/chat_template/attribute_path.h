// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The "attribute" of filters: "address.city" or "items.0", and several with commas for sort.
#pragma once

#include "core/chat_template/value.h"

#include <optional>

namespace lens::jinja {

class Renderer;

class AttributePath {
public:
    // none: the item itself. `fallback` stands for undefined parts where it is not none.
    AttributePath(Renderer& renderer, const Value& attribute, Value fallback = {});

    Value of(Renderer& renderer, const Value& item) const;
    // Strings in lower case unless caseSensitive: what is sorted by.
    Value keyOf(Renderer& renderer, const Value& item, bool caseSensitive) const;

private:
    Values m_parts;
    Value m_fallback;
};

// A string in lower case; others as they are.
Value ignoringCase(Renderer& renderer, const Value& value, bool caseSensitive);

} // namespace lens::jinja
