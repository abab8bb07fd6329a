// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// The tests of jinja2 ("is defined", "is string", …).
#pragma once

#include "core/chat_template/object.h"

namespace lens::jinja {

using ValueTest = bool (*)(Renderer& renderer, const Value& input, Arguments& arguments);

// Null for an unknown name.
ValueTest testNamed(std::string_view name);
// Throws Failure(Runtime) for an unknown name.
bool tested(Renderer& renderer, const Value& name, const Value& input, Arguments& arguments);

} // namespace lens::jinja
