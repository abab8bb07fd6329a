// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The filters of jinja2, and tojson as transformers has it.
#pragma once

#include "core/chat_template/object.h"

namespace lens::jinja {

using Filter = Value (*)(Renderer& renderer, const Value& input, Arguments& arguments);

struct NamedFilter {
    std::string_view name;
    Filter filter = nullptr;
};

// Null for an unknown name.
Filter filterNamed(std::string_view name);
// Throws Failure(Runtime) for an unknown name.
Value filtered(Renderer& renderer, const Value& name, const Value& input, Arguments& arguments);

// By what they work on.
Filter textFilter(std::string_view name);
Filter htmlFilter(std::string_view name);
Filter numberFilter(std::string_view name);
Filter sequenceFilter(std::string_view name);
Filter orderFilter(std::string_view name);  // sort, groupby, unique, min …
Filter selectFilter(std::string_view name); // map, select, reject …

} // namespace lens::jinja
