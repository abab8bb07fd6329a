// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Byte-pair encoding of one word (a stretch that the pre-tokenizer cut out). Two readings of the vocabulary:
// by characters as written, or, where a byte-level pre-tokenizer comes last, by raw bytes (the alphabet of
// byte_alphabet.h undone at load), which is the same and much faster.
#pragma once

#include "core/tokenizer/json_part.h"
#include "core/tokenizer/merge_table.h"
#include "core/tokenizer/token_model.h"
#include "core/tokenizer/tokenizer_file.h"

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace lens {

struct BpeOptions {
    std::string prefix; // continuing_subword_prefix
    std::string suffix; // end_of_word_suffix
    TokenId unknown = kNoToken;
    bool byteLevel = false; // words come as plain text, to be read byte by byte
    bool byteFallback = false;
    bool fuseUnknown = false;
    bool ignoreMerges = false;
    // Single characters that merges know but the vocabulary does not have as tokens (SentencePiece merges
    // texts, not tokens), with ids of their own above the vocabulary's; and tokens that text never gives by
    // itself.
    TokenTable loneCharacters;
    std::vector<TokenId> hidden; // sorted
    bool sentencePiece = false;  // unknown characters are told after merging
};

class BpeModel final : public TokenModel {
public:
    BpeModel(TokenTable vocabulary, MergeTable merges, BpeOptions options);
    // `model`: the object "model" of `file`. Throws Error naming every merge and entry that cannot be.
    static std::unique_ptr<BpeModel> ofJson(const TokenizerFile& file, const JsonPart& model, bool byteLevel);

    // Bytes that the vocabulary has no way to write become the unknown token, or vanish where there is none.
    void encode(std::string_view word, EncodeScratch& scratch) const override;

private:
    enum class Whole : std::uint8_t { Untried, Yes, No };

    void readLetters();
    void findSafeCut();

    void encodeSpelled(std::string_view word, EncodeScratch& scratch) const;
    void encodeCut(std::string_view word, EncodeScratch& scratch) const;
    void encodePart(std::string_view part, std::size_t at, EncodeScratch& scratch) const;
    void appendTokens(std::string_view word, EncodeScratch& scratch) const;
    void merged(std::string_view word, EncodeScratch& scratch, std::vector<Symbol>& out) const;
    void bytesOf(std::string_view word, std::vector<Symbol>& out) const;
    void charactersOf(std::string_view word, std::vector<Symbol>& out) const;
    void anyCharactersOf(std::string_view word, std::vector<Symbol>& out) const;
    void tellUnknown(std::string_view word, std::vector<Symbol>& symbols) const;
    bool isWhole(std::string_view word, TokenId id, EncodeScratch& scratch) const;
    bool writesEveryByte() const;
    bool isHidden(TokenId id) const;

    BpeOptions m_options;
    TokenTable m_raw; // by raw bytes, if byte-level
    MergeTable m_merges;
    std::array<TokenId, 256> m_byteIds{};          // of the single bytes, if byte-level
    ByteTokens m_bytes;                            // of "<0x00>" … "<0xFF>"
    std::unique_ptr<std::atomic<Whole>[]> m_whole; // per id: merging the token's own text gives the token
    std::string m_cut; // a word may be cut before this, where something else stands before it; empty: never
    bool m_spelled = false; // byte-level, but the bytes are written out in letters first
};

} // namespace lens
