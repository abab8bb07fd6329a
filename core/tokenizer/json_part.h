// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Fields of the parts of tokenizer.json, each missing or wrong one refused with its path.
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace lens {

// A JSON object and its path: "tokenizer.json: " for a whole file, "tokenizer.json: pre_tokenizer" for a
// part.
struct JsonPart {
    const Json& value;
    std::string where;

    // Throw Error if the field is missing or of another type.
    std::string text(const char* key) const;
    std::int64_t integer(const char* key) const;
    JsonPart object(const char* key) const;
    // Each element of a list.
    std::vector<JsonPart> list(const char* key) const;

    // Absent or null: the second argument. Throw Error if it is of another type.
    bool flag(const char* key, bool otherwise) const;
    std::string text(const char* key, const std::string& otherwise) const;

    bool has(const char* key) const; // present and not null
    // The value of "type".
    std::string type() const { return text("type"); }
    std::string path(const std::string& key) const { return where + (where.ends_with(' ') ? "" : ".") + key; }
};

// What a file asks for is not known: names it and lists what is.
[[noreturn]] void refuseUnknown(const std::string& kind, const std::string& name, const std::string& where,
                                std::initializer_list<const char*> known);

} // namespace lens
