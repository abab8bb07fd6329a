// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// What a tokenizer consists of, in the order a text goes through it, however it is written in files.
#pragma once

#include "core/tokenizer/added_vocabulary.h"
#include "core/tokenizer/decoder.h"
#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/post_processor.h"
#include "core/tokenizer/pre_tokenizer.h"
#include "core/tokenizer/token_model.h"
#include "core/tokenizer/tokenizer_config.h"

#include <memory>
#include <string>

namespace lens {

struct TokenizerParts {
    AddedVocabulary added;
    Normalizer normalizer;
    PreTokenizer preTokenizer;
    std::unique_ptr<TokenModel> model;
    PostProcessor postProcessor;
    Decoder decoder;

    std::optional<TokenId> idOf(std::string_view token) const;
    bool isToken(TokenId id) const { return added.find(id) != nullptr || model->written().has(id); }
};

// Each throws Error, naming what the file asks for that is not known.
TokenizerParts partsOfJson(std::string_view tokenizerJson, const TokenizerConfig& config,
                           const std::string& where);

// A SentencePiece model. `asTransformers`: with the control tokens and those of `config` as added tokens and
// the text decoded as transformers does; else just what SentencePiece itself does.
TokenizerParts partsOfSentencePiece(std::string_view model, const TokenizerConfig& config,
                                    bool asTransformers, const std::string& where);

// Adds the tokens that the configuration names; none may be added behind them.
void applyConfig(const TokenizerConfig& config, TokenizerParts& parts, const std::string& where);
// The post-processor of the classes of Llama and Gemma: one token before and one behind, as their keys
// add_bos_token and add_eos_token say.
void rebuildPostProcessor(const TokenizerConfig& config, TokenizerParts& parts, const std::string& where);

} // namespace lens
