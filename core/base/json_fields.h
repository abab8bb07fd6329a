// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Reads the fields of one JSON object that somebody else wrote, with kinds and ranges checked, and collects
// every problem instead of stopping at the first.
#pragma once

#include "core/base/error.h"
#include "core/base/json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lens {

class JsonFields {
public:
    // `object` and `problems` must outlive this. `where` names the object in problems ("config.json"). A
    // value that is no object is reported once and read as empty.
    JsonFields(const Json& object, std::string where, std::vector<Problem>& problems);

    // Present and not null.
    bool has(const char* key) const;
    // The value, or null where it is missing.
    const Json& at(const char* key) const;

    // Missing or null gives `fallback`; a wrong kind or a value outside [low, high] is a problem and gives
    // `fallback`. A whole number written as 4.0 counts as an integer.
    std::int64_t integer(const char* key, std::int64_t fallback, std::int64_t low, std::int64_t high) const;
    double number(const char* key, double fallback, double low, double high) const;
    bool boolean(const char* key, bool fallback) const;
    std::string text(const char* key, std::string fallback) const;

    // As above; a missing value is a problem.
    std::int64_t requiredInteger(const char* key, std::int64_t low, std::int64_t high) const;
    double requiredNumber(const char* key, double low, double high) const;
    std::string requiredText(const char* key) const;

    // Null or missing: none; one integer; or a list of integers.
    std::vector<std::int64_t> integerOrList(const char* key) const;
    std::vector<std::string> textList(const char* key) const;

    void problem(const char* key, const std::string& what, const std::string& hint = {}) const;

private:
    bool missing(const char* key) const;

    const Json* m_object;
    std::string m_where;
    std::vector<Problem>* m_problems;
};

// A value as shown in a message: compact JSON, cut after 60 bytes.
std::string shownJson(const Json& value);
// A whole number (also 4.0 and numbers up to 2^63), or nothing.
std::optional<std::int64_t> wholeNumber(const Json& value);

} // namespace lens
