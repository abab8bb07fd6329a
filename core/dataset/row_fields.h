// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Fields of a row of data, and what is said of those that are not as they must be.
#pragma once

#include "core/base/json.h"
#include "core/dataset/row_problems.h"

#include <optional>
#include <string>
#include <string_view>

namespace lens {

bool isBlank(std::string_view text);

// The field of an object; null where it is missing or null.
const Json* presentField(const Json& object, const char* key);

// "is not a string but number".
std::string notA(const char* kind, const Json& value);

// A text that is JSON is read; anything else stays as it is.
Json jsonOrText(const Json& value);

enum class TextField { MayBeEmpty, NotEmpty };

// The text of a field; a problem if it is missing, no string, or blank where it must not be.
std::optional<std::string> textField(const Json& object, const char* key, TextField kind,
                                     const std::string& where, RowProblems& problems);

} // namespace lens
