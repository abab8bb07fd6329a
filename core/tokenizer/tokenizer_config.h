// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// tokenizer_config.json beside a tokenizer.json: which tokens begin, end and pad a text, further added
// tokens, and the chat template.
#pragma once

#include "core/base/json.h"
#include "core/tokenizer/added_tokens.h"

#include <optional>
#include <string>
#include <vector>

namespace lens {

struct TokenizerConfig {
    std::optional<std::string> bosToken;
    std::optional<std::string> eosToken;
    std::optional<std::string> padToken;
    std::vector<AddedToken> addedTokens; // added_tokens_decoder, with their ids
    std::optional<std::string> chatTemplate;
    // Present for the classes of Llama and Gemma: transformers makes their post-processor anew from these.
    std::optional<bool> addBos;
    std::optional<bool> addEos;
};

// Throws Error naming a field of the wrong type.
TokenizerConfig tokenizerConfigOf(const Json& config, const std::string& where);

} // namespace lens
