// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Unigram language model: of all ways to write a word in pieces, the one with the largest sum of scores
// (Viterbi). Two arithmetics exist that differ in ties: SentencePiece's (float) and that of Hugging Face's
// library (double); each is followed to the bit.
#pragma once

#include "core/tokenizer/byte_trie.h"
#include "core/tokenizer/json_part.h"
#include "core/tokenizer/token_model.h"
#include "core/tokenizer/tokenizer_file.h"

#include <memory>
#include <string>
#include <vector>

namespace lens {

// One entry of a unigram vocabulary; its id is its place.
struct UnigramPiece {
    std::string text;
    double score = 0;
    bool matched = true;      // found in text; not so SentencePiece's control, byte and unused pieces
    bool userDefined = false; // SentencePiece: nearly always chosen
    bool counts = true;       // for the smallest score
};

struct UnigramOptions {
    TokenId unknown = kNoToken;
    bool byteFallback = false;
    bool sentencePiece = false; // its arithmetic, and bytes for every unknown character by itself
};

class UnigramModel final : public TokenModel {
public:
    // Throws Error naming every piece that cannot be.
    UnigramModel(const std::vector<UnigramPiece>& pieces, const UnigramOptions& options,
                 const std::string& where);
    // `model`: the object "model" of a tokenizer.json.
    static std::unique_ptr<UnigramModel> ofJson(const TokenizerFile& file, const JsonPart& model);

    // Throws Error for a character that the vocabulary lacks where it has no unknown token either.
    void encode(std::string_view word, EncodeScratch& scratch) const override;

private:
    double scoreOf(TokenId id, std::size_t length) const;
    void search(std::string_view word, std::vector<ViterbiStep>& steps) const;
    void appendUnknown(std::string_view word, const Symbol& run, std::vector<Symbol>& out) const;

    ByteTrie m_trie;
    std::vector<double> m_scores; // by id
    std::vector<bool> m_userDefined;
    ByteTokens m_bytes;
    double m_unknownScore = 0;
    double m_largestScore = 0;
    UnigramOptions m_options;
};

} // namespace lens
