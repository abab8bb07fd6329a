// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Changes Jinja templates token by token, so that many of them stay templates: words, literals and whole tags
// inserted (from the dictionary), repeated, removed, exchanged, or wrapped in blocks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lens::fuzz {

// At most `maxSize` bytes. Every fourth time the bytes alone are changed.
std::string mutatedTemplate(std::string_view text, std::size_t maxSize, unsigned seed);

} // namespace lens::fuzz
