// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// tokenizer_config.json beside a tokenizer: which tokens begin, end and pad a text, further added tokens, and
// the chat templates.
#pragma once

#include "core/base/json.h"
#include "core/tokenizer/added_tokens.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lens {

struct TokenizerConfig {
    std::string className; // without "Fast"; empty: not said
    // By attribute name, "bos_token" … "mask_token": what the file names, and what the class has where the
    // file says nothing.
    std::map<std::string, std::string> specialTokens;
    std::map<std::string, std::string> classTokens;
    std::vector<std::string> additionalSpecialTokens;
    std::vector<AddedToken> namedTokens; // all tokens the file names, with their flags; without ids
    std::vector<AddedToken> addedTokens; // added_tokens_decoder, by their ids
    std::map<std::string, std::string> chatTemplates; // by name; "default" is the one for plain conversations
    // Both present for the classes whose post-processor transformers makes anew from these, if one is said.
    std::optional<bool> addBos;
    std::optional<bool> addEos;
    bool legacy = true; // tokenizer.model: the dummy prefix stands before every piece between added tokens
    std::optional<bool> addPrefixSpace; // stands over what the tokenizer's own file says
};

// Throws Error naming a field of the wrong type.
TokenizerConfig tokenizerConfigOf(const Json& config, const std::string& where);

} // namespace lens
