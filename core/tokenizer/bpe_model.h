// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
// Byte-pair encoding of one word (a stretch that the pre-tokenizer cut out). Two readings of the vocabulary:
// by characters as written, or, where a byte-level pre-tokenizer comes last, by raw bytes (the alphabet of
// byte_alphabet.h undone at load), which is the same and much faster.
#pragma once

#include "core/tokenizer/encode_scratch.h"
#include "core/tokenizer/json_part.h"
#include "core/tokenizer/merge_table.h"
#include "core/tokenizer/token_table.h"
#include "core/tokenizer/tokenizer_file.h"

#include <array>
#include <atomic>
#include <memory>
#include <string>

namespace lens {

class BpeModel {
public:
    // `model`: the object "model" of `file`. byteLevel: words come as plain text, to be read byte by byte.
    // Throws Error naming every merge and entry that cannot be.
    BpeModel(const TokenizerFile& file, const JsonPart& model, bool byteLevel);

    // Replaces scratch.symbols by the word's tokens. Bytes that the vocabulary has no way to write become the
    // unknown token, or vanish where there is none.
    void encode(std::string_view word, EncodeScratch& scratch) const;

    const TokenTable& written() const { return m_written; } // as in the file

private:
    enum class Whole : std::uint8_t { Untried, Yes, No };

    void readOptions(const JsonPart& model);
    void readVocabulary(const TokenizerFile& file, const std::string& where);
    void readMerges(const TokenizerFile& file, const std::string& where);
    void readLetters();
    void findSafeCut();

    void encodeSpelled(std::string_view word, EncodeScratch& scratch) const;
    void encodeCut(std::string_view word, EncodeScratch& scratch) const;
    void encodePart(std::string_view part, std::size_t at, EncodeScratch& scratch) const;
    void appendTokens(std::string_view word, EncodeScratch& scratch) const;
    void merged(std::string_view word, EncodeScratch& scratch, std::vector<Symbol>& out) const;
    void bytesOf(std::string_view word, std::vector<Symbol>& out) const;
    void charactersOf(std::string_view word, std::vector<Symbol>& out) const;
    bool byteTokensOf(std::string_view character, std::size_t at, std::vector<Symbol>& out) const;
    bool isWhole(std::string_view word, TokenId id, EncodeScratch& scratch) const;
    bool writesEveryByte() const;

    TokenTable m_written;
    TokenTable m_raw; // by raw bytes, if m_byteLevel
    MergeTable m_merges;
    std::array<TokenId, 256> m_byteIds{};          // of the single bytes, if m_byteLevel
    std::array<TokenId, 256> m_fallbackIds{};      // of "<0x00>" … "<0xFF>"
    std::unique_ptr<std::atomic<Whole>[]> m_whole; // per id: merging the token's own text gives the token
    std::string m_prefix;                          // continuing_subword_prefix
    std::string m_suffix;                          // end_of_word_suffix
    std::string m_cut; // a word may be cut before this, where something else stands before it; empty: never
    TokenId m_unknown = kNoToken;
    bool m_byteLevel = false;
    bool m_spelled = false; // byte-level, but the bytes are written out in letters first
    bool m_byteFallback = false;
    bool m_fuseUnknown = false;
    bool m_ignoreMerges = false;
};

} // namespace lens
