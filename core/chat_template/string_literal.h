// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What stands between the quotes of a string in a template.
#pragma once

#include <string>
#include <string_view>

namespace lens::jinja {

// Python's escapes resolved (\n, \x41, \u00e9 …; unknown ones stay as they are). Throws Failure(Value).
std::string unescaped(std::string_view text);

} // namespace lens::jinja
