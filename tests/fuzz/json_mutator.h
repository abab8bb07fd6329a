// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Changes JSON texts so that most of them stay JSON: values exchanged by type, members renamed to words of
// the dictionary, inserted, copied, given twice, nested deeply. The words are those of the file behind -dict=
// ("word" lines; escapes \\ \" \xAB).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lens::fuzz {

// Changes the bytes in `buffer`, of which `maxSize` may become used, and returns how many are then. The text
// may consist of several parts with `separator` between them (lines, or files behind '\0'); one of them is
// changed.
std::size_t mutateJson(unsigned char* buffer, std::size_t size, std::size_t maxSize, unsigned seed,
                       char separator = '\0');

// The text alone, at most `maxSize` bytes. What is no JSON is changed byte by byte.
std::string mutatedJson(std::string_view text, std::size_t maxSize, unsigned seed);

// libFuzzer's own change of a text.
std::string mutatedBytes(std::string text, std::size_t maxSize);

// An entry of the dictionary.
std::string dictionaryWord(unsigned seed);

} // namespace lens::fuzz
