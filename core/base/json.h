// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// JSON values and their careful reading. Key order is kept, so that what users wrote is written back as they
// wrote it. All files are untrusted: size and depth are bounded, and a syntax error names file and line.
#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace lens {

using Json = nlohmann::ordered_json;

inline constexpr int kMaxJsonDepth = 100;

// Parses one JSON text. `where` names the text in errors ("path" or "path:line").
// `comments` allows // and /* */. Bare NaN and Infinity, as Python writes them, are read as numbers.
// Throws Error on a syntax error (with line), too deep nesting, or trailing text.
Json parseJson(std::string_view text, const std::string& where, bool comments = false);

// Reads and parses a file of at most `maxBytes`.
Json readJsonFile(const std::filesystem::path& path, bool comments = false,
                  std::size_t maxBytes = 256u << 20);

// One line without newline. Non-finite numbers become the strings "NaN", "Infinity", "-Infinity" (strict JSON
// has none); invalid UTF-8 is replaced.
std::string toJsonLine(const Json& value);
// Indented by two spaces, with a final newline.
std::string toJsonText(const Json& value);

// A number as written by toJsonLine: a JSON number or one of the three strings. NaN if it is neither.
double jsonNumber(const Json& value);

} // namespace lens
