// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Reads the text of a tokenizer.json. The vocabulary and the merges (hundreds of thousands of strings) go
// into flat lists while parsing; everything else becomes a JSON value. Nothing is judged here but syntax and
// types.
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lens {

struct TokenizerFile {
    Json parts;                                                // without model.vocab and model.merges
    std::vector<std::pair<std::string, std::int64_t>> entries; // model.vocab as an object, in file order
    std::vector<std::pair<std::string, double>> scores;        // model.vocab as a list, by id
    std::vector<std::pair<std::string, std::string>> merges;   // by rank
    bool hasVocabulary = false;                                // an object
    bool hasScores = false;                                    // a list
    bool hasMerges = false;
};

// Throws Error naming the line of a syntax error, or the vocabulary entry or merge that is malformed.
TokenizerFile parseTokenizerFile(std::string_view text, const std::string& where);

} // namespace lens
